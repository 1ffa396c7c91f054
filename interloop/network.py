"""Keeps a process on this machine: every address but loopback and the host's own is refused.

Imports nothing of the product: the tests arm processes of other rooms with it by file name.
"""

import ipaddress
import socket
import sys
from collections.abc import Callable
from functools import cache, lru_cache

_LOCAL_NAMES = frozenset({"", "localhost", "localhost.localdomain", socket.gethostname()})


class ForeignAddress(PermissionError):
    """The sandbox profile and the tests never leave this machine.

    An `OSError`, so that libraries which try several addresses go on with the next.
    """


@cache
def stay_on_this_machine() -> None:
    """Refuse foreign addresses from now on, in every Python socket and look-up of the process.

    Uses an audit hook (PEP 578): no library can go around it short of C code that opens sockets
    itself, and it cannot be taken off again. Calling it twice is calling it once.
    """
    sys.addaudithook(_watch)


def is_ours(address: str) -> bool:
    """Tell whether an address or name is loopback or belongs to this host."""
    if address in _LOCAL_NAMES:
        return True
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if parsed.is_loopback or parsed.is_unspecified:
        return True
    return not parsed.is_multicast and _is_bindable(address)


@lru_cache(maxsize=256)
def _is_bindable(address: str) -> bool:
    """Tell whether the system lets us bind the address, which it does for its own only."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind((address, 0))
        except OSError:
            return False
    return True


def _refuse_unless_ours(host: object) -> None:
    name = host.decode() if isinstance(host, bytes) else host
    if isinstance(name, str) and not is_ours(name):
        raise ForeignAddress(f"no connection leaves this machine: {name}")


def _of_socket(arguments: tuple[object, ...]) -> None:
    address = arguments[1]
    if isinstance(address, tuple):
        _refuse_unless_ours(address[0])


def _of_lookup(arguments: tuple[object, ...]) -> None:
    _refuse_unless_ours(arguments[0])


_EVENTS: dict[str, Callable[[tuple[object, ...]], None]] = {
    "socket.connect": _of_socket,
    "socket.sendto": _of_socket,
    "socket.sendmsg": _of_socket,
    "socket.getaddrinfo": _of_lookup,
    "socket.gethostbyname": _of_lookup,
}


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    check = _EVENTS.get(event)
    if check is not None:
        check(arguments)

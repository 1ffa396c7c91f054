"""Signing what is told to other systems, and which addresses may be told anything.

Standard Webhooks 1.0.0: `v1,` and the base64 of HMAC-SHA-256 over `id.timestamp.body` with the
bytes behind `whsec_`.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from interloop.domain.errors import Unreadable
from interloop.security.sealing import Box

_PREFIX = "whsec_"
_NAT64 = IPv6Network("64:ff9b::/96")


def new_secret() -> str:
    """Return 256 random bits as the spec writes them."""
    return _PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def secrets_box(org_key: bytes) -> Box:
    """Return the box in which an organisation's webhook secrets lie."""
    return Box(hmac.digest(org_key, b"webhook-secrets", hashlib.sha256))


def signed_headers(
    message_id: str, at: datetime, body: bytes, keys: Iterable[str]
) -> dict[str, str]:
    """Return the three headers; one signature a secret, so that receivers can change over."""
    stamp = str(int(at.timestamp()))
    content = b".".join((message_id.encode(), stamp.encode(), body))
    signatures = (hmac.digest(_bytes(key), content, hashlib.sha256) for key in keys)
    return {
        "webhook-id": message_id,
        "webhook-timestamp": stamp,
        "webhook-signature": " ".join(
            f"v1,{base64.b64encode(signature).decode()}" for signature in signatures
        ),
    }


def _bytes(key: str) -> bytes:
    return base64.b64decode(key.removeprefix(_PREFIX))


def check_url(url: str, *, ours: str) -> None:
    """Raise `Unreadable` for an address that is never told anything, as far as its text says.

    `ours` is the origin of the sandbox's receiver, or empty: the only one that may be plain HTTP
    and on this machine. What a name resolves to is checked again with every try.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise Unreadable("this is no address", code="bad_url") from None
    if not host or parts.username is not None or parts.fragment or port == 0:
        raise Unreadable("this is no address for webhooks", code="bad_url")
    if is_ours(url, ours):
        return
    if parts.scheme != "https":
        raise Unreadable("webhooks go to https addresses only", code="not_https")
    try:
        literal = ip_address(host)
    except ValueError:
        return
    if not is_public(str(literal)):
        raise Unreadable("this address is not on the internet", code="address_refused")


def is_ours(url: str, ours: str) -> bool:
    """Tell whether the address is at the sandbox's own receiver."""
    if not ours:
        return False
    there, here = urlsplit(url), urlsplit(ours)
    return (there.scheme, there.netloc) == (here.scheme, here.netloc)


def is_public(address: str) -> bool:
    """Tell whether an IP address is on the internet.

    Private, loopback, link-local (with the clouds' metadata), shared, reserved and multicast ones
    are not, whatever IPv6 form they are wrapped in.
    """
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address):
        inner = _wrapped(found)
        if inner is not None:
            return is_public(str(inner))
    return found.is_global and not (found.is_multicast or found.is_reserved)


def _wrapped(address: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address inside: mapped, 6to4, Teredo or NAT64."""
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None)

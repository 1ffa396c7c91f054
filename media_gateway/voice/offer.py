"""What an SDP offer may ask of the gateway: few sections, few addresses, none of them inside."""

from ipaddress import IPv4Address, IPv6Address, ip_address

from interloop.domain.errors import Unreadable

MAX_MEDIA = 4
MAX_CANDIDATES = 40
"""Addresses in one media section; a page on a host with many interfaces has about ten."""

_KINDS = ("m=audio ", "m=video ")
_ADDRESS, _TRANSPORT = 4, 2
"""Fields of `a=candidate` (RFC 8839, section 5.1), from 0."""


def check_offer(sdp: str) -> None:
    """Raise `Unreadable` for what no page of ours offers; a data channel is not among it.

    Messages run over the room's socket, so SCTP would only be one more thing to attack.
    """
    lines = sdp.splitlines()
    media = [line for line in lines if line.startswith("m=")]
    candidates = [line for line in lines if line.startswith("a=candidate:")]
    if not sdp.startswith("v=0") or not media:
        raise Unreadable("not an offer", code="bad_offer")
    if not all(line.startswith(_KINDS) for line in media):
        raise Unreadable("offer asks for more than sound and picture", code="bad_offer")
    if len(media) > MAX_MEDIA or len(candidates) > MAX_CANDIDATES * len(media):
        raise Unreadable("offer is too large", code="bad_offer")


def clean(sdp: str, *, inside: bool) -> str:
    """Leave out addresses that the gateway must not call.

    Always: names that would be looked up by multicast, and TCP. Unless `inside`: addresses of
    this host, of its link and of private networks, to which a page could aim our packets.
    """
    kept = [
        line
        for line in sdp.splitlines()
        if not line.startswith("a=candidate:") or _may_be_called(line, inside=inside)
    ]
    return "\r\n".join(kept) + "\r\n"


def _may_be_called(candidate: str, *, inside: bool) -> bool:
    fields = candidate.split()
    if len(fields) <= _ADDRESS or fields[_TRANSPORT].lower() != "udp":
        return False
    try:
        address = ip_address(fields[_ADDRESS])
    except ValueError:
        return False
    return inside or _is_public(address)


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    """Tell whether an address is one of the internet's, also behind an IPv6 disguise."""
    hidden = None
    if isinstance(address, IPv6Address):
        hidden = address.ipv4_mapped or address.sixtofour
    real = hidden or address
    return real.is_global and not real.is_multicast

"""Short-lived credentials of a TURN relay, as coturn's `use-auth-secret` checks them.

Source: draft-uberti-behave-turn-rest-00: the user name is the Unix time at which it ends, a colon
and an opaque id; the password is the base64 of HMAC-SHA1 over that name with the shared secret.
"""

import base64
import hashlib
import hmac
from datetime import datetime, timedelta
from uuid import UUID

from interloop.domain.base import Value

LIFETIME = timedelta(hours=4)
"""Longer than any interview: a relay asks again only when a new allocation is made."""


class IceServer(Value):
    """One entry of a page's RTCConfiguration.iceServers."""

    urls: tuple[str, ...]
    username: str
    credential: str


def ice_servers(
    urls: tuple[str, ...], secret: str, *, about: UUID, now: datetime
) -> tuple[IceServer, ...]:
    """Return the relays for one interview; none without an address or a secret."""
    if not urls or not secret:
        return ()
    username = f"{int((now + LIFETIME).timestamp())}:{about}"
    digest = hmac.new(secret.encode(), username.encode(), hashlib.sha1).digest()
    credential = base64.b64encode(digest).decode()
    return (IceServer(urls=urls, username=username, credential=credential),)

"""A page gets credentials of the relay that end by themselves and name no person."""

import base64
import hashlib
import hmac
from datetime import UTC, datetime
from uuid import UUID

import pytest

from interloop.security.turn import LIFETIME, ice_servers

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ABOUT = UUID("01930000-0000-7000-8000-000000000001")
RELAY = ("turns:relay.example:443?transport=tcp",)


def test_credentials_are_what_a_relay_with_the_same_secret_computes() -> None:
    [server] = ice_servers(RELAY, "shared", about=ABOUT, now=NOW)
    until, _, who = server.username.partition(":")
    assert int(until) == int((NOW + LIFETIME).timestamp())
    assert who == str(ABOUT)
    # What coturn does with `use-auth-secret`.
    expected = hmac.digest(b"shared", server.username.encode(), hashlib.sha1)
    assert base64.b64decode(server.credential) == expected
    assert server.urls == RELAY


@pytest.mark.parametrize(("urls", "secret"), [((), "shared"), (RELAY, "")])
def test_without_a_relay_or_its_secret_none_is_named(urls: tuple[str, ...], secret: str) -> None:
    assert ice_servers(urls, secret, about=ABOUT, now=NOW) == ()

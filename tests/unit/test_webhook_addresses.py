"""What is signed, and which addresses are never told anything."""

from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks import Webhook
from standardwebhooks.webhooks import WebhookVerificationError

from interloop.domain.errors import Unreadable
from interloop.domain.webhooks import PAUSES
from interloop.security.webhooks import check_url, is_public, new_secret, signed_headers

INSIDE = [
    *("127.0.0.1", "127.9.9.9", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1"),
    *("169.254.169.254", "100.64.0.1", "100.100.100.200", "192.0.2.1", "198.18.0.1"),
    *("224.0.0.1", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1"),
    *("::ffff:127.0.0.1", "::ffff:169.254.169.254", "::ffff:10.0.0.1"),
    *("64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2002:a9fe:a9fe::1"),
    *("2001:0:4136:e378:8000:63bf:5601:5601", "2001:db8::1"),
]
OUTSIDE = ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "64:ff9b::101:101", "::ffff:1.1.1.1"]
RECEIVER = "http://127.0.0.1:8025"


@pytest.mark.parametrize("address", INSIDE)
def test_nothing_goes_to_an_address_inside(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", OUTSIDE)
def test_an_address_on_the_internet_is_told(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://example.test/hooks", "not_https"),
        ("ftp://example.test/", "not_https"),
        ("file:///etc/passwd", "bad_url"),
        ("https://", "bad_url"),
        ("https://user:secret@example.test/", "bad_url"),
        ("https://example.test/#part", "bad_url"),
        ("https://[::1/", "bad_url"),
        ("https://example.test:99999/", "bad_url"),
        ("https://127.0.0.1/", "address_refused"),
        ("https://[::ffff:10.0.0.1]/", "address_refused"),
        ("https://169.254.169.254/latest/meta-data", "address_refused"),
        ("http://127.0.0.1:8026/hooks", "not_https"),
        ("http://127.0.0.1:8025.example.test/", "bad_url"),
        ("http://localhost:8025/hooks", "not_https"),
    ],
)
def test_an_address_that_is_none_is_refused_by_its_text(url: str, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        check_url(url, ours=RECEIVER)
    assert refused.value.code == code


def test_only_the_sandboxs_own_receiver_is_told_on_this_machine() -> None:
    check_url(f"{RECEIVER}/hooks/careers", ours=RECEIVER)
    check_url("https://example.test/hooks", ours="")
    with pytest.raises(Unreadable):
        check_url(f"{RECEIVER}/hooks/careers", ours="")


def test_the_reference_implementation_verifies_what_we_sign() -> None:
    body, old, new = b'{"type":"webhook.test"}', new_secret(), new_secret()
    headers = signed_headers("msg_1", datetime.now(UTC), body, [new, old])
    for secret in (new, old):
        assert Webhook(secret).verify(body, headers) == {"type": "webhook.test"}
    with pytest.raises(WebhookVerificationError):
        Webhook(new_secret()).verify(body, headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(new).verify(body + b" ", headers)


def test_the_schedule_is_the_specs() -> None:
    assert len(PAUSES) == 10
    assert list(PAUSES) == sorted(PAUSES)
    assert sum(PAUSES, timedelta()) > timedelta(days=3)

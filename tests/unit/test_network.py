"""No process of a sandbox run or a test leaves the machine."""

import socket
import subprocess
import sys

import pytest

from interloop.network import is_ours

ELSEWHERE = "203.0.113.7"


def test_a_connection_to_another_machine_is_refused() -> None:
    with socket.socket() as line, pytest.raises(PermissionError, match=ELSEWHERE):
        line.connect((ELSEWHERE, 80))


def test_a_datagram_to_another_machine_is_refused() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as line, pytest.raises(PermissionError):
        line.sendto(b"x", (ELSEWHERE, 9))


def test_a_foreign_name_is_not_looked_up() -> None:
    with pytest.raises(PermissionError):
        socket.getaddrinfo("interloop.example", 443)


def test_a_process_started_by_a_test_is_refused_too() -> None:
    code = f"import socket; socket.create_connection(('{ELSEWHERE}', 80), timeout=1)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "ForeignAddress" in done.stderr


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "localhost", "127.8.9.10", "0.0.0.0"])
def test_loopback_is_ours(address: str) -> None:
    assert is_ours(address)


@pytest.mark.parametrize("address", [ELSEWHERE, "224.0.0.251", "2001:db8::1", "example.org"])
def test_other_addresses_are_not_ours(address: str) -> None:
    assert not is_ours(address)


def test_an_address_of_this_host_is_ours() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as probe:
        probe.bind(("", 0))
        assert is_ours(probe.getsockname()[0])

"""A local run finds ports for all its listeners, and says which of the usual ones were taken."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from interloop.supervisor import runfile
from interloop.supervisor.block import block
from interloop.supervisor.ports import PortBook, is_free


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def test_a_taken_port_is_replaced_and_named(taken: int) -> None:
    book = PortBook()
    port = book.pick("the app", taken)
    assert port != taken
    assert is_free(port)
    assert book.moved == [f"Port {taken} is taken: the app listens on {port}."]


def test_a_free_usual_port_is_used_without_a_word(taken: int) -> None:
    first = PortBook().pick("the app", taken)
    book = PortBook()
    assert book.pick("the app", first) == first
    assert book.moved == []


def test_no_port_is_given_twice(taken: int) -> None:
    book = PortBook()
    ports = [book.pick("something", taken) for _ in range(20)]
    assert len(set(ports)) == len(ports)


def test_the_block_tells_addresses_and_sign_ins(tmp_path: Path) -> None:
    demo = tmp_path / "demo.json"
    user = {"role": "recruiter", "email": "rae@demo.example", "password": "correct-horse"}
    demo.write_text(json.dumps([user]))
    addresses = {
        "app": "http://app",
        "inbox": "http://inbox",
        "temporal_web": "http://app/temporal",
    }
    text = block(addresses, demo)
    assert all(word in text for word in (*addresses.values(), *user.values(), "Ctrl-C"))


def test_the_run_file_is_replaced_whole(tmp_path: Path) -> None:
    runfile.write(tmp_path, {"app": "http://app"}, {"worker": 7}, ready=False)
    assert json.loads((tmp_path / "run.json").read_text())["pids"]["worker"] == 7
    assert not (tmp_path / "run.json.new").exists()
    runfile.remove(tmp_path)
    assert not (tmp_path / "run.json").exists()

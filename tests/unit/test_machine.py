"""What a machine lacks is told in one sentence."""

from collections.abc import Callable
from pathlib import Path

import pytest

from scripts import machine
from scripts.install import digest, is_fresh, pip_progress
from scripts.machine import Missing, Node, is_new_enough


@pytest.mark.parametrize(
    ("check", "hint"),
    [
        (lambda: machine.check_python((3, 9)), "python3.11"),
        (lambda: machine.check_python((3, 14)), "python3.11"),
        (lambda: machine.check_venv(has=False), "apt-get install python3-venv"),
        (lambda: machine.check_space(Path("/"), 1e9), "GB free"),
    ],
)
def test_what_is_missing_is_told_in_one_sentence(check: Callable[[], None], hint: str) -> None:
    with pytest.raises(Missing) as told:
        check()
    sentence = str(told.value)
    assert hint in sentence
    assert "\n" not in sentence


def test_a_machine_that_has_all_is_not_bothered() -> None:
    machine.check_python((3, 11))
    machine.check_venv(has=True)
    machine.check_space(Path("/"), 0)


@pytest.mark.parametrize(
    ("log", "hint"),
    [
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("error: command 'gcc' failed: No such file or directory", "build-essential"),
    ],
)
def test_an_installer_that_fails_for_a_known_reason_is_explained(log: str, hint: str) -> None:
    assert hint in str(machine.why(log))


def test_an_unknown_failure_is_not_explained_away() -> None:
    assert machine.why("THESE PACKAGES DO NOT MATCH THE HASHES") is None


@pytest.mark.parametrize("version", ["v20.19.0", "v20.20.2", "v22.12.0", "v24.19.0", "v26.1.0"])
def test_a_new_node_is_used(version: str) -> None:
    assert is_new_enough(version)


@pytest.mark.parametrize("version", ["v18.20.4", "v20.18.3", "v21.7.0", "v22.11.0", "", "what"])
def test_an_old_node_is_not_used(version: str) -> None:
    assert not is_new_enough(version)


def test_scripts_find_our_node_first(tmp_path: Path) -> None:
    node = Node(tmp_path / "bin" / "node", ("npm",), "v24.0.0")
    assert node.env()["PATH"].startswith(f"{tmp_path / 'bin'}:")


def test_the_progress_of_pip_is_counted() -> None:
    assert pip_progress("Collecting a==1\nCollecting b==2\n", 9) == "2 of 9 fetched"
    assert pip_progress("Collecting a==1\nInstalling collected packages: a\n", 9) == "installing"


def test_a_step_is_done_again_only_when_its_inputs_changed(tmp_path: Path) -> None:
    source = machine.ROOT / "requirements-node.in"
    stamp = tmp_path / "stamp"
    assert not is_fresh(stamp, digest([source]))
    stamp.write_text(digest([source]))
    assert is_fresh(stamp, digest([source]))
    assert not is_fresh(stamp, digest([source], "another Python"))

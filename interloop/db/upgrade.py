"""Brings the tables to the newest shape, and tells whether models and migrations agree."""

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine

from interloop.db.tables import Base

_HERE = Path(__file__).parent / "migrations"


def _sync_url(url: str) -> str:
    return url.replace("sqlite+aiosqlite:", "sqlite:")


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_HERE))
    config.attributes["connection"] = connection
    return config


def upgrade(url: str, *, app_role: str | None = None) -> None:
    """Run every missing migration as the owner role at `url`.

    On PostgreSQL `app_role`, which is neither owner nor superuser, may read and write afterwards.
    """
    engine = create_engine(_sync_url(url))
    with engine.begin() as connection:
        command.upgrade(_config(connection), "head")
        if app_role is not None and app_role != engine.url.username:
            _grant(connection, app_role)
    engine.dispose()


def _grant(connection: Connection, role: str) -> None:
    quoted = connection.dialect.identifier_preparer.quote(role)
    for right in (
        f"usage on schema public to {quoted}",
        f"select, insert, update, delete on all tables in schema public to {quoted}",
    ):
        connection.exec_driver_sql(f"grant {right}")


def downgrade(url: str, revision: str = "base") -> None:
    """Undo migrations down to `revision`; for tests and for emergencies."""
    engine = create_engine(_sync_url(url))
    with engine.begin() as connection:
        command.downgrade(_config(connection), revision)
    engine.dispose()


def differences(url: str) -> list[str]:
    """Return what differs between the models and the database; empty when they agree."""
    engine = create_engine(_sync_url(url))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = [str(each) for each in compare_metadata(context, Base.metadata)]
    engine.dispose()
    return found


def head() -> str:
    """Return the newest revision's id."""
    newest = ScriptDirectory.from_config(_config()).get_current_head()
    assert newest is not None
    return newest


def revise(url: str, message: str) -> None:
    """Write a new migration from the difference between models and database (developers)."""
    engine = create_engine(_sync_url(url))
    with engine.begin() as connection:
        command.revision(_config(connection), message, autogenerate=True)
    engine.dispose()

"""Alembic's entry: run the migrations on the owner's connection handed over by `db.upgrade`."""

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection

from interloop.db.tables import Base
from interloop.db.types import UTCDateTime, ValueColumn


def _plain(kind: str, item: object, _context: AutogenContext) -> str | Literal[False]:
    """Write our own column types as what the database sees, so that old migrations stand alone."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, ValueColumn):
        return "sa.JSON()"
    return False


def run(connection: Connection) -> None:
    """Run the migrations on this connection."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        render_item=_plain,
    )
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])

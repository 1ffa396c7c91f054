"""The declarative base, and what every row of one organisation has."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, MetaData, UniqueConstraint, Uuid
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from interloop.db.types import UTCDateTime
from interloop.domain.ids import new_id

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every table of the data store."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UTCDateTime(), UUID: Uuid()}


class Tenant:
    """Mixin of every row that belongs to one organisation; `db.scope` keeps it there."""

    org_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    created_at: Mapped[datetime]


def tenant_args(*more: Any, **parents: str) -> tuple[Any, ...]:
    """Return table arguments: `(org_id, id)` unique, and composite keys to each parent.

    `parents` maps a column to its parent table; the key `(org_id, column)` makes a reference
    into a foreign organisation impossible in the database itself, on SQLite too.
    """
    keys = [
        ForeignKeyConstraint(["org_id", column], [f"{table}.org_id", f"{table}.id"])
        for column, table in parents.items()
    ]
    return (UniqueConstraint("org_id", "id"), *keys, *more)

"""Row-level security, grants and the append-only triggers, as steps for migrations."""

from collections.abc import Iterable

from alembic import op
from sqlalchemy import text

_ORG = "nullif(current_setting('app.org_id', true), '')::uuid"
_LOOKUP = "nullif(current_setting('app.lookup', true), '') is not null"


def _on_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def wall_in(tables: Iterable[str], *, column: str = "org_id", lookup: bool = False) -> None:
    """Let a session see rows of its own organisation only; PostgreSQL, owner included (FORCE).

    Look-up tables are also open to a session that announced a look-up (`Database.unscoped`).
    """
    if not _on_postgresql():
        return
    mine = f"{column} = {_ORG}"
    rule = f"({mine} or {_LOOKUP})" if lookup else f"({mine})"
    for table in tables:
        op.execute(text(f"alter table {table} enable row level security"))
        op.execute(text(f"alter table {table} force row level security"))
        op.execute(text(f"create policy own_rows on {table} using {rule} with check {rule}"))


def append_only(tables: Iterable[str]) -> None:
    """Refuse UPDATE and DELETE on these tables, for everybody, in the database itself."""
    if _on_postgresql():
        op.execute(
            text(
                "create or replace function refuse_change() returns trigger language plpgsql as "
                "$$ begin raise exception 'append-only'; end $$"
            )
        )
    for table in tables:
        for verb in ("update", "delete"):
            op.execute(text(_trigger(table, verb)))


def _trigger(table: str, verb: str) -> str:
    if _on_postgresql():
        return (
            f"create trigger {table}_no_{verb} before {verb} on {table} "
            "for each row execute function refuse_change()"
        )
    return (
        f"create trigger {table}_no_{verb} before {verb} on {table} "
        "begin select raise(abort, 'append-only'); end"
    )

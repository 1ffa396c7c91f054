"""Uploads of many resumes."""

import sqlalchemy as sa
from alembic import op

from interloop.db.migrations.walls import wall_in

revision = "bulk"
down_revision = "history_erasure"
branch_labels = None
depends_on = None


def _states(name: str, *states: str) -> sa.Enum:
    return sa.Enum(*states, name=name, native_enum=False, create_constraint=True, length=32)


def _parents(table: str, **parents: str) -> list[sa.ForeignKeyConstraint]:
    keys = [
        sa.ForeignKeyConstraint(
            ["org_id", column],
            [f"{parent}.org_id", f"{parent}.id"],
            name=op.f(f"fk_{table}_org_id_{column}"),
        )
        for column, parent in parents.items()
    ]
    own = sa.ForeignKeyConstraint(["org_id"], ["organization.id"], name=op.f(f"fk_{table}_org_id"))
    return [*keys, own]


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "bulk_upload",
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("started_by", sa.Uuid(), nullable=False),
        sa.Column("state", _states("bulkstate", "reading", "done"), nullable=False),
        sa.Column("run_id", sa.String(length=64), nullable=True),
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        *_parents("bulk_upload", job_id="job", started_by="user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_upload")),
        sa.UniqueConstraint("org_id", "id", name=op.f("uq_bulk_upload_org_id_id")),
    )
    op.create_index("ix_bulk_upload_job", "bulk_upload", ["job_id"], unique=False)
    op.create_table(
        "bulk_item",
        sa.Column("bulk_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("object_key", sa.String(length=200), nullable=True),
        sa.Column(
            "state",
            _states("itemstate", "waiting", "added", "already_there", "refused"),
            nullable=False,
        ),
        sa.Column("code", sa.String(length=64), nullable=True),
        sa.Column("application_id", sa.Uuid(), nullable=True),
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        *_parents("bulk_item", bulk_id="bulk_upload", application_id="application"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_item")),
        sa.UniqueConstraint("bulk_id", "seq", name=op.f("uq_bulk_item_bulk_id_seq")),
        sa.UniqueConstraint("org_id", "id", name=op.f("uq_bulk_item_org_id_id")),
    )
    wall_in(["bulk_upload", "bulk_item"])


def downgrade() -> None:
    """Undo."""
    op.drop_table("bulk_item")
    op.drop_index("ix_bulk_upload_job", table_name="bulk_upload")
    op.drop_table("bulk_upload")

"""Receipts for histories that were taken out of the workflow engine."""

import sqlalchemy as sa
from alembic import op

from interloop.db.migrations.walls import wall_in

revision = "history_erasure"
down_revision = "human_review"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "history_erasure",
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("workflows", sa.Integer(), nullable=False),
        sa.Column("runs", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "application_id"],
            ["application.org_id", "application.id"],
            name=op.f("fk_history_erasure_org_id_application_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organization.id"], name=op.f("fk_history_erasure_org_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history_erasure")),
        sa.UniqueConstraint("org_id", "id", name=op.f("uq_history_erasure_org_id_id")),
    )
    op.create_index(
        op.f("ix_history_erasure_application_id"), "history_erasure", ["application_id"]
    )
    wall_in(["history_erasure"])


def downgrade() -> None:
    """Undo."""
    op.drop_table("history_erasure")

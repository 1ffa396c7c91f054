"""Erasing of histories: who asked, since when they are gone, and why nothing was erased."""

import sqlalchemy as sa
from alembic import op

revision = "erasing"
down_revision = "meet_person"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("history_erasure", schema=None) as batch_op:
        batch_op.add_column(sa.Column("asked_by", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("refused", sa.String(length=64), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_history_erasure_org_id_asked_by"),
            "user_account",
            ["org_id", "asked_by"],
            ["org_id", "id"],
        )
    # Until now a row was written once everything was gone.
    receipt = sa.table("history_erasure", sa.column("gone_at"), sa.column("created_at"))
    op.execute(receipt.update().values(gone_at=receipt.c.created_at))


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("history_erasure", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("fk_history_erasure_org_id_asked_by"), type_="foreignkey")
        batch_op.drop_column("refused")
        batch_op.drop_column("gone_at")
        batch_op.drop_column("asked_by")

"""Pieces of a candidate's device: how far their clock may be off."""

import sqlalchemy as sa
from alembic import op

revision = "0005_healing"
down_revision = "waiting"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("segment", sa.Column("clock_error_ms", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("segment") as batch:
        batch.drop_column("clock_error_ms")

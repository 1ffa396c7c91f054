"""What was generated beside what was heard, and the live model's newest handle."""

import sqlalchemy as sa
from alembic import op

revision = "heard_and_generated"
down_revision = "0002_recordings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("turn", sa.Column("generated_sealed", sa.LargeBinary(), nullable=True))
    op.add_column("interview", sa.Column("live_handle_sealed", sa.LargeBinary(), nullable=True))
    op.add_column(
        "interview", sa.Column("live_handle_at", sa.DateTime(timezone=True), nullable=True)
    )


def downgrade() -> None:
    """Undo."""
    op.drop_column("interview", "live_handle_at")
    op.drop_column("interview", "live_handle_sealed")
    op.drop_column("turn", "generated_sealed")

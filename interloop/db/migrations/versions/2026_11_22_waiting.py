"""The line before full gateways."""

import sqlalchemy as sa
from alembic import op

revision = "waiting"
down_revision = "heard_and_generated"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply. No wall: a place in line belongs to the installation and names nobody."""
    op.create_table(
        "waiting",
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("interview_id", name=op.f("pk_waiting")),
    )
    op.create_index(op.f("ix_waiting_since"), "waiting", ["since"])


def downgrade() -> None:
    """Undo."""
    op.drop_table("waiting")

"""Meetings with a person: where they take place."""

import sqlalchemy as sa
from alembic import op

revision = "meeting_place"
down_revision = "erasing"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("job", sa.Column("meeting_place", sa.String(length=300), nullable=True))
    op.add_column("appointment", sa.Column("place", sa.String(length=300), nullable=True))
    op.add_column(
        "appointment", sa.Column("place_changes", sa.Integer(), server_default="0", nullable=False)
    )


def downgrade() -> None:
    """Undo."""
    op.drop_column("appointment", "place_changes")
    op.drop_column("appointment", "place")
    op.drop_column("job", "meeting_place")

"""Mails: an invitation to speak with a person."""

import sqlalchemy as sa
from alembic import op

revision = "meet_person"
down_revision = "lists"
branch_labels = None
depends_on = None

_BEFORE = (
    *("invite", "human_interview", "advance", "rejection", "offer"),
    *("reminder", "booked", "rescheduled", "cancelled_time", "next_step"),
    *("proposed_time", "missed_time", "review_receipt", "review_upheld", "review_reopened"),
)


def upgrade() -> None:
    """Apply."""
    _allow(*_BEFORE, "meet_person")


def downgrade() -> None:
    """Undo; refused while there are such mails."""
    _allow(*_BEFORE)


def _allow(*kinds: str) -> None:
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_message_messagekind"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_message_messagekind"), sa.column("kind").in_(list(kinds))
        )

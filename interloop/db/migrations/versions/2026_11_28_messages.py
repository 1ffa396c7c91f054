"""Mails: more kinds, languages, and drafts of templates."""

import sqlalchemy as sa
from alembic import op
from alembic.operations.base import BatchOperations

revision = "messages"
down_revision = "webhooks"
branch_labels = None
depends_on = None

_BEFORE = ("invite", "human_interview", "advance", "rejection", "offer")
_NEW = (
    *("reminder", "booked", "rescheduled", "cancelled_time", "next_step"),
    *("proposed_time", "missed_time", "review_receipt", "review_upheld", "review_reopened"),
)


def _allow(batch_op: BatchOperations, *kinds: str) -> None:
    batch_op.drop_constraint(op.f("ck_message_messagekind"), type_="check")
    batch_op.create_check_constraint(
        op.f("ck_message_messagekind"), sa.column("kind").in_(list(kinds))
    )


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("organization", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("language", sa.String(length=16), server_default="en", nullable=False)
        )
    with op.batch_alter_table("candidate", schema=None) as batch_op:
        batch_op.add_column(sa.Column("language", sa.String(length=16), nullable=True))
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("language", sa.String(length=16), server_default="en", nullable=False)
        )
        _allow(batch_op, *_BEFORE, *_NEW)
    with op.batch_alter_table("template_version", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "state",
                sa.Enum(
                    "draft",
                    "published",
                    name="versionstate",
                    native_enum=False,
                    create_constraint=True,
                    length=32,
                ),
                server_default="published",
                nullable=False,
            )
        )
        batch_op.add_column(sa.Column("revision", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("published_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("published_by", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_template_version_org_id_published_by"),
            "user_account",
            ["org_id", "published_by"],
            ["org_id", "id"],
        )


def downgrade() -> None:
    """Undo; refused while there are mails of the newer kinds."""
    with op.batch_alter_table("template_version", schema=None) as batch_op:
        batch_op.drop_constraint(
            op.f("fk_template_version_org_id_published_by"), type_="foreignkey"
        )
        batch_op.drop_constraint(op.f("ck_template_version_versionstate"), type_="check")
        for column in ("published_by", "published_at", "revision", "state"):
            batch_op.drop_column(column)
    with op.batch_alter_table("message", schema=None) as batch_op:
        _allow(batch_op, *_BEFORE)
        batch_op.drop_column("language")
    with op.batch_alter_table("candidate", schema=None) as batch_op:
        batch_op.drop_column("language")
    with op.batch_alter_table("organization", schema=None) as batch_op:
        batch_op.drop_column("language")

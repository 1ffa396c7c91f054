"""Reviews of rejections by another person, and their tasks."""

import sqlalchemy as sa
from alembic import op

from interloop.db.migrations.walls import wall_in

revision = "human_review"
down_revision = "messages"
branch_labels = None
depends_on = None

_TASKS = (
    *("human_interview", "expired_invitation", "unreadable_resume", "missing_email"),
    *("review", "message_failed", "not_scored", "no_show", "technical_failure", "no_time"),
    *("report_interview", "scorecard_due"),
)


def _allow(*kinds: str) -> None:
    check = op.f("ck_task_taskkind")
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_constraint(check, type_="check")
        batch_op.create_check_constraint(check, sa.column("kind").in_(list(kinds)))


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "human_review",
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "upheld",
                "reopened",
                name="reviewstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("answer_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("run_id", sa.String(length=64), nullable=True),
        sa.Column("assignee_id", sa.Uuid(), nullable=True),
        sa.Column("receipt_id", sa.Uuid(), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("escalated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("reply_id", sa.Uuid(), nullable=True),
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                ["org_id", column],
                [f"{table}.org_id", f"{table}.id"],
                name=op.f(f"fk_human_review_org_id_{column}"),
            )
            for column, table in (
                ("answered_by", "user_account"),
                ("application_id", "application"),
                ("assignee_id", "user_account"),
                ("decision_id", "decision"),
            )
        ),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organization.id"], name=op.f("fk_human_review_org_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_human_review")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_human_review_decision_id")),
        sa.UniqueConstraint("org_id", "id", name=op.f("uq_human_review_org_id_id")),
    )
    wall_in(["human_review"])
    _allow(*_TASKS, "human_review")


def downgrade() -> None:
    """Undo; refused while there are tasks of the newer kind."""
    _allow(*_TASKS)
    op.drop_table("human_review")

"""Calendars of interviewers: how we get there, and what we wrote."""

import sqlalchemy as sa
from alembic import op

from interloop.db.migrations.walls import wall_in

revision = "calendars"
down_revision = "bulk"
branch_labels = None
depends_on = None

_TASKS = (
    *("human_interview", "expired_invitation", "unreadable_resume", "missing_email"),
    *("review", "message_failed", "not_scored"),
    *("no_show", "technical_failure", "no_time", "report_interview", "scorecard_due"),
    "human_review",
)


def upgrade() -> None:
    """Apply."""
    _connections()
    _entries()
    wall_in(["calendar_connection", "calendar_entry"])
    _allow(*_TASKS, "calendar_access")


def _allow(*kinds: str) -> None:
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_task_taskkind"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_task_taskkind"), sa.column("kind").in_(list(kinds))
        )


def _kind(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def _connections() -> None:
    op.create_table(
        "calendar_connection",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("provider", _kind("calendarprovider", "google"), nullable=False),
        sa.Column("account_id", sa.String(length=320), nullable=False),
        sa.Column("state", _kind("accessstate", "ok", "revoked"), nullable=False),
        sa.Column("credentials_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("invites_guests", sa.Boolean(), nullable=False),
        sa.Column("last_success_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failure_code", sa.String(length=64), nullable=True),
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "user_id"],
            ["user_account.org_id", "user_account.id"],
            name=op.f("fk_calendar_connection_org_id_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organization.id"], name=op.f("fk_calendar_connection_org_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_connection")),
        sa.UniqueConstraint("org_id", "id", name=op.f("uq_calendar_connection_org_id_id")),
        sa.UniqueConstraint("user_id", name=op.f("uq_calendar_connection_user_id")),
    )


def _entries() -> None:
    states = _kind("entrystate", "pending", "written", "removed", "failed")
    op.create_table(
        "calendar_entry",
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("placing", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("state", states, nullable=False),
        sa.Column("failure_code", sa.String(length=64), nullable=True),
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "appointment_id"],
            ["appointment.org_id", "appointment.id"],
            name=op.f("fk_calendar_entry_org_id_appointment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "user_id"],
            ["user_account.org_id", "user_account.id"],
            name=op.f("fk_calendar_entry_org_id_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organization.id"], name=op.f("fk_calendar_entry_org_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_entry")),
        sa.UniqueConstraint(
            "appointment_id", "placing", name=op.f("uq_calendar_entry_appointment_id_placing")
        ),
        sa.UniqueConstraint("org_id", "id", name=op.f("uq_calendar_entry_org_id_id")),
    )
    with op.batch_alter_table("calendar_entry", schema=None) as batch_op:
        batch_op.create_index("ix_calendar_entry_state", ["state"], unique=False)


def downgrade() -> None:
    """Undo."""
    _allow(*_TASKS)
    op.drop_table("calendar_entry")
    op.drop_table("calendar_connection")

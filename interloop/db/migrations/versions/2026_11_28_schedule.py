"""Scheduling: policies of jobs, bookable hours, appointments, and the tasks about them."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from alembic.operations.base import BatchOperations

from interloop.db.migrations.walls import wall_in

revision = "schedule"
down_revision = "0005_healing"
branch_labels = None
depends_on = None

_TASKS = (
    *("human_interview", "expired_invitation", "unreadable_resume", "missing_email"),
    *("review", "message_failed", "not_scored"),
)
_NEW_TASKS = ("no_show", "technical_failure", "no_time", "report_interview", "scorecard_due")
_TAKES_TIME = sa.text("state = 'held' OR state = 'booked'")


def _allow(batch_op: BatchOperations, *kinds: str) -> None:
    batch_op.drop_constraint(op.f("ck_task_taskkind"), type_="check")
    batch_op.create_check_constraint(op.f("ck_task_taskkind"), sa.column("kind").in_(list(kinds)))


def _states(name: str, *states: str) -> sa.Enum:
    return sa.Enum(*states, name=name, native_enum=False, create_constraint=True, length=32)


def _tenant() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    )


def upgrade() -> None:
    """Apply."""
    _availability()
    _appointment()
    wall_in(["availability", "appointment"])
    op.add_column("candidate", sa.Column("zone", sa.String(length=64), nullable=True))
    op.add_column("interview", sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("job", sa.Column("policy", sa.JSON(), server_default="{}", nullable=False))
    op.add_column(
        "job_member",
        sa.Column("interviews", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    with op.batch_alter_table("task", schema=None) as batch_op:
        _allow(batch_op, *_TASKS, *_NEW_TASKS)


def _availability() -> None:
    op.create_table(
        "availability",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("hours", sa.JSON(), nullable=False),
        *_tenant(),
        sa.ForeignKeyConstraint(
            ["org_id", "user_id"],
            ["user_account.org_id", "user_account.id"],
            name=op.f("fk_availability_org_id_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organization.id"], name=op.f("fk_availability_org_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_availability")),
        sa.UniqueConstraint("org_id", "id", name=op.f("uq_availability_org_id_id")),
        sa.UniqueConstraint("user_id", name=op.f("uq_availability_user_id")),
    )


def _appointment() -> None:
    op.create_table(
        "appointment",
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("interviewer_id", sa.Uuid(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column(
            "state",
            _states("appointmentstate", "held", "booked", "cancelled", "kept", "missed"),
            nullable=False,
        ),
        sa.Column("hold_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("proposed", sa.Boolean(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=100), nullable=False),
        sa.Column(
            "calendar_state",
            _states("calendarstate", "none", "pending", "written", "failed"),
            nullable=False,
        ),
        sa.Column("external_id", sa.String(length=1024), nullable=True),
        *_tenant(),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_appointment_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["org_id", "interview_id"],
            ["interview.org_id", "interview.id"],
            name=op.f("fk_appointment_org_id_interview_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "interviewer_id"],
            ["user_account.org_id", "user_account.id"],
            name=op.f("fk_appointment_org_id_interviewer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organization.id"], name=op.f("fk_appointment_org_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
        sa.UniqueConstraint("org_id", "id", name=op.f("uq_appointment_org_id_id")),
    )
    op.create_index(op.f("ix_appointment_interview_id"), "appointment", ["interview_id"])
    op.create_index(
        "uq_appointment_start",
        "appointment",
        ["interviewer_id", "starts_at"],
        unique=True,
        sqlite_where=_TAKES_TIME,
        postgresql_where=_TAKES_TIME,
    )


def downgrade() -> None:
    """Undo; refused while there are tasks of the newer kinds."""
    with op.batch_alter_table("task", schema=None) as batch_op:
        _allow(batch_op, *_TASKS)
    for table, column in (
        ("job_member", "interviews"),
        ("job", "policy"),
        ("interview", "tried_at"),
        ("candidate", "zone"),
    ):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column(column)
    op.drop_table("appointment")
    op.drop_table("availability")

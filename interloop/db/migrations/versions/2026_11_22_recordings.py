"""Recordings: who recorded a segment, what is missing, and files to take away."""

import sqlalchemy as sa
from alembic import op

from interloop.db.migrations.walls import wall_in

revision = "0002_recordings"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "recording_export",
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column(
            "format",
            sa.Enum(
                "ogg",
                "webm",
                "mp4",
                name="exportformat",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "queued",
                "making",
                "ready",
                "failed",
                "expired",
                name="exportstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("object_key", sa.String(length=200), nullable=True),
        sa.Column("media_type", sa.String(length=64), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("failure", sa.String(length=64), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "asked_by"],
            ["user_account.org_id", "user_account.id"],
            name=op.f("fk_recording_export_org_id_asked_by"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "interview_id"],
            ["interview.org_id", "interview.id"],
            name=op.f("fk_recording_export_org_id_interview_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organization.id"], name=op.f("fk_recording_export_org_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recording_export")),
        sa.UniqueConstraint("org_id", "id", name=op.f("uq_recording_export_org_id_id")),
    )
    with op.batch_alter_table("recording_export", schema=None) as batch_op:
        batch_op.create_index("ix_recording_export_interview", ["interview_id"], unique=False)

    with op.batch_alter_table("recording", schema=None) as batch_op:
        batch_op.add_column(sa.Column("manifest", sa.JSON(), nullable=True))

    with op.batch_alter_table("segment", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "kind",
                sa.Enum(
                    "gateway",
                    "device",
                    name="segmentkind",
                    native_enum=False,
                    create_constraint=True,
                    length=32,
                ),
                server_default="gateway",
                nullable=False,
            )
        )
    wall_in(["recording_export"])


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("segment", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_segment_segmentkind"), type_="check")
        batch_op.drop_column("kind")

    with op.batch_alter_table("recording", schema=None) as batch_op:
        batch_op.drop_column("manifest")

    with op.batch_alter_table("recording_export", schema=None) as batch_op:
        batch_op.drop_index("ix_recording_export_interview")

    op.drop_table("recording_export")

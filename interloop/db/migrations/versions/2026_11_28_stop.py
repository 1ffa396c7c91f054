"""The stop switch of an organisation."""

import sqlalchemy as sa
from alembic import op

from interloop.db.migrations.walls import wall_in

revision = "stop"
down_revision = "api_keys"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column(
        "organization", sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.create_table(
        "stop",
        sa.Column("stopped_by", sa.Uuid(), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "stopped_by"],
            ["user_account.org_id", "user_account.id"],
            name=op.f("fk_stop_org_id_stopped_by"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "ended_by"],
            ["user_account.org_id", "user_account.id"],
            name=op.f("fk_stop_org_id_ended_by"),
        ),
        sa.ForeignKeyConstraint(["org_id"], ["organization.id"], name=op.f("fk_stop_org_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stop")),
        sa.UniqueConstraint("org_id", "id", name=op.f("uq_stop_org_id_id")),
    )
    wall_in(["stop"])


def downgrade() -> None:
    """Undo."""
    op.drop_table("stop")
    with op.batch_alter_table("organization") as batch:
        batch.drop_column("stopped_at")

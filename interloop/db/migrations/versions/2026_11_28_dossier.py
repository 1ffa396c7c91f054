"""What a rejection rested on, written once."""

import sqlalchemy as sa
from alembic import op

from interloop.db.migrations.walls import append_only, wall_in

revision = "dossier"
down_revision = "second_opinion"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "dossier",
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "application_id"],
            ["application.org_id", "application.id"],
            name=op.f("fk_dossier_org_id_application_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "decision_id"],
            ["decision.org_id", "decision.id"],
            name=op.f("fk_dossier_org_id_decision_id"),
        ),
        sa.ForeignKeyConstraint(["org_id"], ["organization.id"], name=op.f("fk_dossier_org_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_dossier_decision_id")),
        sa.UniqueConstraint("org_id", "id", name=op.f("uq_dossier_org_id_id")),
    )
    wall_in(["dossier"])
    append_only(["dossier"])


def downgrade() -> None:
    """Undo."""
    op.drop_table("dossier")

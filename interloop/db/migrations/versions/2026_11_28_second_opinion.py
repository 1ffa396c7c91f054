"""The second pair of eyes: states of decisions, and what was said to them."""

import sqlalchemy as sa
from alembic import op

from interloop.db.migrations.walls import wall_in

revision = "second_opinion"
down_revision = "stop"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "second_opinion",
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("given_by", sa.Uuid(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(
                "confirm",
                "object",
                name="verdict",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "decision_id"],
            ["decision.org_id", "decision.id"],
            name=op.f("fk_second_opinion_org_id_decision_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "given_by"],
            ["user_account.org_id", "user_account.id"],
            name=op.f("fk_second_opinion_org_id_given_by"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organization.id"], name=op.f("fk_second_opinion_org_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_opinion")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_second_opinion_decision_id")),
        sa.UniqueConstraint("org_id", "id", name=op.f("uq_second_opinion_org_id_id")),
    )
    wall_in(["second_opinion"])
    with op.batch_alter_table("decision", schema=None) as batch_op:
        # Decisions that were made before this waited for nobody but the journey.
        batch_op.add_column(
            sa.Column("state", _states(), server_default="confirmed", nullable=False)
        )
    _settle_older()
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.alter_column("state", server_default=None, existing_type=_states())


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_decision_decisionstate"), type_="check")
        batch_op.drop_column("state")
    op.drop_table("second_opinion")


def _states() -> sa.Enum:
    return sa.Enum(
        "proposed",
        "confirmed",
        "applied",
        "objected",
        "refused",
        name="decisionstate",
        native_enum=False,
        create_constraint=True,
        length=32,
    )


def _settle_older() -> None:
    """Say of older decisions what became of them; the owner sees every row for that moment."""
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    if on_postgresql:
        op.execute(sa.text("alter table decision no force row level security"))
    op.execute(sa.text("update decision set state = 'applied' where applied_at is not null"))
    op.execute(sa.text("update decision set state = 'refused' where refused_code is not null"))
    if on_postgresql:
        op.execute(sa.text("alter table decision force row level security"))

"""Keys of other systems, idempotent requests, and counts of attempts."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from interloop.db.migrations.walls import wall_in

revision = "api_keys"
down_revision = "schedule"
branch_labels = None
depends_on = None


def _tenant() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    )


def upgrade() -> None:
    """Apply. Counts of attempts belong to the installation and name nobody: no wall."""
    op.create_table(
        "rate_window",
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("window_no", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", "window_no", name=op.f("pk_rate_window")),
    )
    op.create_index(op.f("ix_rate_window_expires_at"), "rate_window", ["expires_at"])
    op.create_table(
        "api_key",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("prefix", sa.String(length=16), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by", sa.Uuid(), nullable=True),
        *_tenant(),
        sa.ForeignKeyConstraint(
            ["org_id", "created_by"],
            ["user_account.org_id", "user_account.id"],
            name=op.f("fk_api_key_org_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "revoked_by"],
            ["user_account.org_id", "user_account.id"],
            name=op.f("fk_api_key_org_id_revoked_by"),
        ),
        sa.ForeignKeyConstraint(["org_id"], ["organization.id"], name=op.f("fk_api_key_org_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_key")),
        sa.UniqueConstraint("org_id", "id", name=op.f("uq_api_key_org_id_id")),
        sa.UniqueConstraint("prefix", name=op.f("uq_api_key_prefix")),
    )
    op.create_table(
        "idempotent_request",
        sa.Column("api_key_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(length=16), nullable=False),
        sa.Column("lease", sa.Uuid(), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        *_tenant(),
        sa.ForeignKeyConstraint(
            ["org_id", "api_key_id"],
            ["api_key.org_id", "api_key.id"],
            name=op.f("fk_idempotent_request_org_id_api_key_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organization.id"], name=op.f("fk_idempotent_request_org_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idempotent_request")),
        sa.UniqueConstraint("api_key_id", "key", name=op.f("uq_idempotent_request_api_key_id_key")),
        sa.UniqueConstraint("org_id", "id", name=op.f("uq_idempotent_request_org_id_id")),
    )
    op.create_index(op.f("ix_idempotent_request_expires_at"), "idempotent_request", ["expires_at"])
    wall_in(["api_key"], lookup=True)
    wall_in(["idempotent_request"])


def downgrade() -> None:
    """Undo."""
    op.drop_table("idempotent_request")
    op.drop_table("api_key")
    op.drop_table("rate_window")

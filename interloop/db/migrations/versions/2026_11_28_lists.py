"""Lists of people: rows without a file, sent once, and what other systems call the people."""

import sqlalchemy as sa
from alembic import op

revision = "lists"
down_revision = "calendars"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("bulk_upload", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("kind", _kinds(), server_default="resumes", nullable=False),
        )
        batch_op.add_column(sa.Column("sent_as", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("digest_index", sa.LargeBinary(length=16), nullable=True))
    with op.batch_alter_table("bulk_upload", schema=None) as batch_op:
        batch_op.alter_column("kind", server_default=None, existing_type=_kinds())
    op.create_index("ix_bulk_upload_sent_as", "bulk_upload", ["job_id", "sent_as"], unique=True)
    op.add_column("bulk_item", sa.Column("row_sealed", sa.LargeBinary(), nullable=True))
    op.add_column("application", sa.Column("reference_sealed", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    """Undo."""
    op.drop_column("application", "reference_sealed")
    op.drop_column("bulk_item", "row_sealed")
    op.drop_index("ix_bulk_upload_sent_as", table_name="bulk_upload")
    with op.batch_alter_table("bulk_upload", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_bulk_upload_bulkkind"), type_="check")
        batch_op.drop_column("kind")
        batch_op.drop_column("digest_index")
        batch_op.drop_column("sent_as")


def _kinds() -> sa.Enum:
    return sa.Enum(
        "resumes", "people", name="bulkkind", native_enum=False, create_constraint=True, length=32
    )

"""The first tables, walled in by organisation; audit and changes only grow."""

import sqlalchemy as sa
from alembic import op

from interloop.db.migrations.walls import append_only, wall_in

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "organization",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organization")),
    )
    op.create_table(
        "signing_key",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(length=32), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_key")),
    )
    op.create_table(
        "audit_entry",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("actor_kind", sa.String(length=32), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("noun", sa.String(length=32), nullable=False),
        sa.Column("noun_id", sa.Uuid(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("prev_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organization.id"], name=op.f("fk_audit_entry_org_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
        sa.UniqueConstraint("org_id", "id", name=op.f("uq_audit_entry_org_id_id")),
        sa.UniqueConstraint("org_id", "seq", name=op.f("uq_audit_entry_org_id_seq")),
    )
    op.create_table(
        "candidate",
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("email_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("email_index", sa.LargeBinary(length=16), nullable=True),
        sa.Column("place", sa.JSON(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["org_id"], ["organization.id"], name=op.f("fk_candidate_org_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate")),
        sa.UniqueConstraint("org_id", "email_index", name=op.f("uq_candidate_org_id_email_index")),
        sa.UniqueConstraint("org_id", "id", name=op.f("uq_candidate_org_id_id")),
    )
    op.create_table(
        "change",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("noun", sa.String(length=32), nullable=False),
        sa.Column("noun_id", sa.Uuid(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=True),
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["org_id"], ["organization.id"], name=op.f("fk_change_org_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
        sa.UniqueConstraint("org_id", "id", name=op.f("uq_change_org_id_id")),
        sa.UniqueConstraint("org_id", "seq", name=op.f("uq_change_org_id_seq")),
    )
    op.create_table(
        "notice_version",
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organization.id"], name=op.f("fk_notice_version_org_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_version")),
        sa.UniqueConstraint("org_id", "id", name=op.f("uq_notice_version_org_id_id")),
        sa.UniqueConstraint(
            "org_id", "language", "version", name=op.f("uq_notice_version_org_id_language_version")
        ),
    )
    op.create_table(
        "template_version",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organization.id"], name=op.f("fk_template_version_org_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_template_version")),
        sa.UniqueConstraint("org_id", "id", name=op.f("uq_template_version_org_id_id")),
        sa.UniqueConstraint(
            "org_id",
            "name",
            "language",
            "version",
            name=op.f("uq_template_version_org_id_name_language_version"),
        ),
    )
    op.create_table(
        "trail_head",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("audit_seq", sa.Integer(), nullable=False),
        sa.Column("audit_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("change_seq", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["org_id"], ["organization.id"], name=op.f("fk_trail_head_org_id")),
        sa.PrimaryKeyConstraint("org_id", name=op.f("pk_trail_head")),
    )
    op.create_table(
        "user_account",
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "admin",
                "recruiter",
                "hiring_manager",
                "interviewer",
                "hr_ops",
                "auditor",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("password_hash", sa.String(length=300), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organization.id"], name=op.f("fk_user_account_org_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_account")),
        sa.UniqueConstraint("email", name=op.f("uq_user_account_email")),
        sa.UniqueConstraint("org_id", "id", name=op.f("uq_user_account_org_id_id")),
    )
    op.create_table(
        "job",
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("requirements", sa.JSON(), nullable=False),
        sa.Column("place", sa.JSON(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "created_by"],
            ["user_account.org_id", "user_account.id"],
            name=op.f("fk_job_org_id_created_by"),
        ),
        sa.ForeignKeyConstraint(["org_id"], ["organization.id"], name=op.f("fk_job_org_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("org_id", "id", name=op.f("uq_job_org_id_id")),
    )
    op.create_table(
        "name_token",
        sa.Column("candidate_id", sa.Uuid(), nullable=False),
        sa.Column("token", sa.LargeBinary(length=16), nullable=False),
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "candidate_id"],
            ["candidate.org_id", "candidate.id"],
            name=op.f("fk_name_token_org_id_candidate_id"),
        ),
        sa.ForeignKeyConstraint(["org_id"], ["organization.id"], name=op.f("fk_name_token_org_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_name_token")),
        sa.UniqueConstraint("org_id", "id", name=op.f("uq_name_token_org_id_id")),
    )
    with op.batch_alter_table("name_token", schema=None) as batch_op:
        batch_op.create_index("ix_name_token_lookup", ["org_id", "token"], unique=False)

    op.create_table(
        "refresh_token",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "user_id"],
            ["user_account.org_id", "user_account.id"],
            name=op.f("fk_refresh_token_org_id_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organization.id"], name=op.f("fk_refresh_token_org_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refresh_token")),
        sa.UniqueConstraint("org_id", "id", name=op.f("uq_refresh_token_org_id_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_refresh_token_token_hash")),
    )
    with op.batch_alter_table("refresh_token", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_refresh_token_family_id"), ["family_id"], unique=False)

    op.create_table(
        "resume",
        sa.Column("candidate_id", sa.Uuid(), nullable=False),
        sa.Column("filename_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("object_key", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest_index", sa.LargeBinary(length=16), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "ok",
                "not_a_document",
                "empty",
                "no_text",
                "encrypted",
                "corrupt",
                "too_large",
                "too_many_pages",
                "timed_out",
                name="readstatus",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("contact_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("has_hidden_text", sa.Boolean(), nullable=False),
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "candidate_id"],
            ["candidate.org_id", "candidate.id"],
            name=op.f("fk_resume_org_id_candidate_id"),
        ),
        sa.ForeignKeyConstraint(["org_id"], ["organization.id"], name=op.f("fk_resume_org_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resume")),
        sa.UniqueConstraint("org_id", "id", name=op.f("uq_resume_org_id_id")),
    )
    op.create_table(
        "application",
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("candidate_id", sa.Uuid(), nullable=False),
        sa.Column("resume_id", sa.Uuid(), nullable=True),
        sa.Column(
            "stage",
            sa.Enum(
                "screening",
                "invited",
                "scheduled",
                "interviewing",
                "scoring",
                "in_review",
                "decided",
                "closed",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("stage_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "hired",
                "rejected",
                "withdrawn",
                "expired",
                "no_show",
                "human_interview",
                "erased",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "waiting_on",
            sa.Enum(
                "candidate",
                "recruiter",
                "hiring_manager",
                "system",
                name="waitingon",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_step", sa.String(length=64), nullable=False),
        sa.Column("run_id", sa.String(length=64), nullable=True),
        sa.Column("match_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("match_supported", sa.Integer(), nullable=True),
        sa.Column("match_total", sa.Integer(), nullable=True),
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "candidate_id"],
            ["candidate.org_id", "candidate.id"],
            name=op.f("fk_application_org_id_candidate_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "job_id"],
            ["job.org_id", "job.id"],
            name=op.f("fk_application_org_id_job_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "resume_id"],
            ["resume.org_id", "resume.id"],
            name=op.f("fk_application_org_id_resume_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organization.id"], name=op.f("fk_application_org_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        sa.UniqueConstraint(
            "job_id", "candidate_id", name=op.f("uq_application_job_id_candidate_id")
        ),
        sa.UniqueConstraint("org_id", "id", name=op.f("uq_application_org_id_id")),
    )
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.create_index("ix_application_board", ["org_id", "job_id", "stage"], unique=False)

    op.create_table(
        "job_member",
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "admin",
                "recruiter",
                "hiring_manager",
                "interviewer",
                "hr_ops",
                "auditor",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "job_id"], ["job.org_id", "job.id"], name=op.f("fk_job_member_org_id_job_id")
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "user_id"],
            ["user_account.org_id", "user_account.id"],
            name=op.f("fk_job_member_org_id_user_id"),
        ),
        sa.ForeignKeyConstraint(["org_id"], ["organization.id"], name=op.f("fk_job_member_org_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_member")),
        sa.UniqueConstraint("job_id", "user_id", name=op.f("uq_job_member_job_id_user_id")),
        sa.UniqueConstraint("org_id", "id", name=op.f("uq_job_member_org_id_id")),
    )
    op.create_table(
        "persona_version",
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "job_id"],
            ["job.org_id", "job.id"],
            name=op.f("fk_persona_version_org_id_job_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organization.id"], name=op.f("fk_persona_version_org_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_persona_version")),
        sa.UniqueConstraint("job_id", "version", name=op.f("uq_persona_version_job_id_version")),
        sa.UniqueConstraint("org_id", "id", name=op.f("uq_persona_version_org_id_id")),
    )
    op.create_table(
        "rubric_version",
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "job_id"],
            ["job.org_id", "job.id"],
            name=op.f("fk_rubric_version_org_id_job_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organization.id"], name=op.f("fk_rubric_version_org_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rubric_version")),
        sa.UniqueConstraint("job_id", "version", name=op.f("uq_rubric_version_job_id_version")),
        sa.UniqueConstraint("org_id", "id", name=op.f("uq_rubric_version_org_id_id")),
    )
    op.create_table(
        "accommodation",
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "application_id"],
            ["application.org_id", "application.id"],
            name=op.f("fk_accommodation_org_id_application_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organization.id"], name=op.f("fk_accommodation_org_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accommodation")),
        sa.UniqueConstraint("org_id", "id", name=op.f("uq_accommodation_org_id_id")),
    )
    op.create_table(
        "candidate_link",
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "application_id"],
            ["application.org_id", "application.id"],
            name=op.f("fk_candidate_link_org_id_application_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organization.id"], name=op.f("fk_candidate_link_org_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate_link")),
        sa.UniqueConstraint("org_id", "id", name=op.f("uq_candidate_link_org_id_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_candidate_link_token_hash")),
    )
    op.create_table(
        "candidate_session",
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "application_id"],
            ["application.org_id", "application.id"],
            name=op.f("fk_candidate_session_org_id_application_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organization.id"], name=op.f("fk_candidate_session_org_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate_session")),
        sa.UniqueConstraint("org_id", "id", name=op.f("uq_candidate_session_org_id_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_candidate_session_token_hash")),
    )
    op.create_table(
        "message",
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "invite",
                "human_interview",
                "advance",
                "rejection",
                "offer",
                name="messagekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("template_version_id", sa.Uuid(), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "pending",
                "sending",
                "sent",
                "ambiguous",
                "confirmed",
                "failed",
                name="messagestate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("subject_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("html_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failure_code", sa.String(length=64), nullable=True),
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "application_id"],
            ["application.org_id", "application.id"],
            name=op.f("fk_message_org_id_application_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "created_by"],
            ["user_account.org_id", "user_account.id"],
            name=op.f("fk_message_org_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "template_version_id"],
            ["template_version.org_id", "template_version.id"],
            name=op.f("fk_message_org_id_template_version_id"),
        ),
        sa.ForeignKeyConstraint(["org_id"], ["organization.id"], name=op.f("fk_message_org_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("org_id", "id", name=op.f("uq_message_org_id_id")),
    )
    op.create_table(
        "notice_receipt",
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("notice_version_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "application_id"],
            ["application.org_id", "application.id"],
            name=op.f("fk_notice_receipt_org_id_application_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "notice_version_id"],
            ["notice_version.org_id", "notice_version.id"],
            name=op.f("fk_notice_receipt_org_id_notice_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organization.id"], name=op.f("fk_notice_receipt_org_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_receipt")),
        sa.UniqueConstraint("org_id", "id", name=op.f("uq_notice_receipt_org_id_id")),
    )
    op.create_table(
        "plan_version",
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
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
            nullable=False,
        ),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("rubric_version_id", sa.Uuid(), nullable=True),
        sa.Column("persona_version_id", sa.Uuid(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "job_id"],
            ["job.org_id", "job.id"],
            name=op.f("fk_plan_version_org_id_job_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "persona_version_id"],
            ["persona_version.org_id", "persona_version.id"],
            name=op.f("fk_plan_version_org_id_persona_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "rubric_version_id"],
            ["rubric_version.org_id", "rubric_version.id"],
            name=op.f("fk_plan_version_org_id_rubric_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organization.id"], name=op.f("fk_plan_version_org_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_version")),
        sa.UniqueConstraint("job_id", "version", name=op.f("uq_plan_version_job_id_version")),
        sa.UniqueConstraint("org_id", "id", name=op.f("uq_plan_version_org_id_id")),
    )
    op.create_table(
        "purpose_consent",
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(length=32), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "application_id"],
            ["application.org_id", "application.id"],
            name=op.f("fk_purpose_consent_org_id_application_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organization.id"], name=op.f("fk_purpose_consent_org_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purpose_consent")),
        sa.UniqueConstraint("org_id", "id", name=op.f("uq_purpose_consent_org_id_id")),
    )
    op.create_table(
        "task",
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "human_interview",
                "expired_invitation",
                "unreadable_resume",
                "missing_email",
                "review",
                "message_failed",
                "not_scored",
                name="taskkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("assignee_id", sa.Uuid(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.Uuid(), nullable=True),
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "application_id"],
            ["application.org_id", "application.id"],
            name=op.f("fk_task_org_id_application_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "assignee_id"],
            ["user_account.org_id", "user_account.id"],
            name=op.f("fk_task_org_id_assignee_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "done_by"],
            ["user_account.org_id", "user_account.id"],
            name=op.f("fk_task_org_id_done_by"),
        ),
        sa.ForeignKeyConstraint(["org_id"], ["organization.id"], name=op.f("fk_task_org_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sa.UniqueConstraint(
            "application_id", "kind", "key", name=op.f("uq_task_application_id_kind_key")
        ),
        sa.UniqueConstraint("org_id", "id", name=op.f("uq_task_org_id_id")),
    )
    op.create_table(
        "decision",
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "advance",
                "reject",
                "hire",
                name="decisionkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=True),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused_code", sa.String(length=64), nullable=True),
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "application_id"],
            ["application.org_id", "application.id"],
            name=op.f("fk_decision_org_id_application_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "decided_by"],
            ["user_account.org_id", "user_account.id"],
            name=op.f("fk_decision_org_id_decided_by"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "message_id"],
            ["message.org_id", "message.id"],
            name=op.f("fk_decision_org_id_message_id"),
        ),
        sa.ForeignKeyConstraint(["org_id"], ["organization.id"], name=op.f("fk_decision_org_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("org_id", "id", name=op.f("uq_decision_org_id_id")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index("ix_decision_application", ["application_id"], unique=False)

    op.create_table(
        "interview",
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("round_no", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "ai",
                "human",
                name="interviewkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "ready",
                "live",
                "paused",
                "finished",
                "cancelled",
                name="interviewstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("plan_version_id", sa.Uuid(), nullable=False),
        sa.Column("rubric_version_id", sa.Uuid(), nullable=False),
        sa.Column("persona_version_id", sa.Uuid(), nullable=False),
        sa.Column("assignee_id", sa.Uuid(), nullable=True),
        sa.Column("open_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("gateway_id", sa.Uuid(), nullable=True),
        sa.Column("gateway_address", sa.String(length=300), nullable=True),
        sa.Column("cursor", sa.JSON(), nullable=False),
        sa.Column("clock_ms", sa.Integer(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "provider",
            sa.Enum(
                "model",
                "sandbox",
                name="provider",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "application_id"],
            ["application.org_id", "application.id"],
            name=op.f("fk_interview_org_id_application_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "assignee_id"],
            ["user_account.org_id", "user_account.id"],
            name=op.f("fk_interview_org_id_assignee_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "persona_version_id"],
            ["persona_version.org_id", "persona_version.id"],
            name=op.f("fk_interview_org_id_persona_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "plan_version_id"],
            ["plan_version.org_id", "plan_version.id"],
            name=op.f("fk_interview_org_id_plan_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "rubric_version_id"],
            ["rubric_version.org_id", "rubric_version.id"],
            name=op.f("fk_interview_org_id_rubric_version_id"),
        ),
        sa.ForeignKeyConstraint(["org_id"], ["organization.id"], name=op.f("fk_interview_org_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview")),
        sa.UniqueConstraint(
            "application_id",
            "round_no",
            "attempt",
            name=op.f("uq_interview_application_id_round_no_attempt"),
        ),
        sa.UniqueConstraint("org_id", "id", name=op.f("uq_interview_org_id_id")),
    )
    op.create_table(
        "mark",
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("rubric_version_id", sa.Uuid(), nullable=False),
        sa.Column("criterion_id", sa.String(length=64), nullable=False),
        sa.Column(
            "provenance",
            sa.Enum(
                "human",
                "model",
                "sandbox",
                name="provenance",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("abstained", sa.Boolean(), nullable=False),
        sa.Column("reason_code", sa.String(length=64), nullable=True),
        sa.Column("spread_low", sa.Integer(), nullable=True),
        sa.Column("spread_high", sa.Integer(), nullable=True),
        sa.Column("samples", sa.Integer(), nullable=False),
        sa.Column("quotes_offered", sa.Integer(), nullable=False),
        sa.Column("quotes_verified", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(length=100), nullable=True),
        sa.Column("prompt_sha256", sa.String(length=64), nullable=True),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("revealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(provenance = 'human') = (user_id IS NOT NULL)", name=op.f("ck_mark_human_has_user")
        ),
        sa.CheckConstraint(
            "level IS NULL OR level BETWEEN 1 AND 5", name=op.f("ck_mark_level_1_to_5")
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "interview_id"],
            ["interview.org_id", "interview.id"],
            name=op.f("fk_mark_org_id_interview_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "rubric_version_id"],
            ["rubric_version.org_id", "rubric_version.id"],
            name=op.f("fk_mark_org_id_rubric_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "user_id"],
            ["user_account.org_id", "user_account.id"],
            name=op.f("fk_mark_org_id_user_id"),
        ),
        sa.ForeignKeyConstraint(["org_id"], ["organization.id"], name=op.f("fk_mark_org_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mark")),
        sa.UniqueConstraint(
            "interview_id",
            "criterion_id",
            "provenance",
            "user_id",
            name=op.f("uq_mark_interview_id_criterion_id_provenance_user_id"),
        ),
        sa.UniqueConstraint("org_id", "id", name=op.f("uq_mark_org_id_id")),
    )
    op.create_table(
        "recording",
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "finalised",
                "erased",
                name="recordingstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("object_key", sa.String(length=200), nullable=True),
        sa.Column("media_type", sa.String(length=64), nullable=False),
        sa.Column("duration_ms", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("gap_ms", sa.Integer(), nullable=False),
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "interview_id"],
            ["interview.org_id", "interview.id"],
            name=op.f("fk_recording_org_id_interview_id"),
        ),
        sa.ForeignKeyConstraint(["org_id"], ["organization.id"], name=op.f("fk_recording_org_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recording")),
        sa.UniqueConstraint("interview_id", name=op.f("uq_recording_interview_id")),
        sa.UniqueConstraint("org_id", "id", name=op.f("uq_recording_org_id_id")),
    )
    op.create_table(
        "scorecard",
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "interview_id"],
            ["interview.org_id", "interview.id"],
            name=op.f("fk_scorecard_org_id_interview_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "user_id"],
            ["user_account.org_id", "user_account.id"],
            name=op.f("fk_scorecard_org_id_user_id"),
        ),
        sa.ForeignKeyConstraint(["org_id"], ["organization.id"], name=op.f("fk_scorecard_org_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scorecard")),
        sa.UniqueConstraint(
            "interview_id", "user_id", name=op.f("uq_scorecard_interview_id_user_id")
        ),
        sa.UniqueConstraint("org_id", "id", name=op.f("uq_scorecard_org_id_id")),
    )
    op.create_table(
        "segment",
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "candidate_audio",
                "interviewer_audio",
                "candidate_video",
                name="segmentsource",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("codec", sa.String(length=32), nullable=False),
        sa.Column("object_key", sa.String(length=200), nullable=False),
        sa.Column("start_ms", sa.Integer(), nullable=False),
        sa.Column("end_ms", sa.Integer(), nullable=False),
        sa.Column("records", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "interview_id"],
            ["interview.org_id", "interview.id"],
            name=op.f("fk_segment_org_id_interview_id"),
        ),
        sa.ForeignKeyConstraint(["org_id"], ["organization.id"], name=op.f("fk_segment_org_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_segment")),
        sa.UniqueConstraint("org_id", "id", name=op.f("uq_segment_org_id_id")),
    )
    with op.batch_alter_table("segment", schema=None) as batch_op:
        batch_op.create_index("ix_segment_interview", ["interview_id", "source"], unique=False)

    op.create_table(
        "ticket",
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "interview_id"],
            ["interview.org_id", "interview.id"],
            name=op.f("fk_ticket_org_id_interview_id"),
        ),
        sa.ForeignKeyConstraint(["org_id"], ["organization.id"], name=op.f("fk_ticket_org_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket")),
        sa.UniqueConstraint("org_id", "id", name=op.f("uq_ticket_org_id_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_ticket_token_hash")),
    )
    op.create_table(
        "turn",
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "speaker",
            sa.Enum(
                "candidate",
                "interviewer",
                name="speaker",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "source",
            sa.Enum(
                "voice",
                "typed",
                "code",
                name="turnsource",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("question_id", sa.String(length=64), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "committed",
                "superseded",
                name="turnstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("start_ms", sa.Integer(), nullable=False),
        sa.Column("end_ms", sa.Integer(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("folded_sealed", sa.LargeBinary(), nullable=True),
        sa.Column(
            "provider",
            sa.Enum(
                "model",
                "sandbox",
                name="provider",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("reliable", sa.Boolean(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer_id", sa.Uuid(), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "interview_id"],
            ["interview.org_id", "interview.id"],
            name=op.f("fk_turn_org_id_interview_id"),
        ),
        sa.ForeignKeyConstraint(["org_id"], ["organization.id"], name=op.f("fk_turn_org_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_turn")),
        sa.UniqueConstraint(
            "interview_id", "answer_id", name=op.f("uq_turn_interview_id_answer_id")
        ),
        sa.UniqueConstraint(
            "interview_id", "seq", "version", name=op.f("uq_turn_interview_id_seq_version")
        ),
        sa.UniqueConstraint("org_id", "id", name=op.f("uq_turn_org_id_id")),
    )
    op.create_table(
        "evidence",
        sa.Column("mark_id", sa.Uuid(), nullable=False),
        sa.Column("turn_id", sa.Uuid(), nullable=False),
        sa.Column("turn_version", sa.Integer(), nullable=False),
        sa.Column("start_char", sa.Integer(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.Column("start_ms", sa.Integer(), nullable=False),
        sa.Column("end_ms", sa.Integer(), nullable=False),
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "mark_id"],
            ["mark.org_id", "mark.id"],
            name=op.f("fk_evidence_org_id_mark_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "turn_id"],
            ["turn.org_id", "turn.id"],
            name=op.f("fk_evidence_org_id_turn_id"),
        ),
        sa.ForeignKeyConstraint(["org_id"], ["organization.id"], name=op.f("fk_evidence_org_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("org_id", "id", name=op.f("uq_evidence_org_id_id")),
    )
    wall_in(
        ["user_account", "refresh_token", "ticket", "candidate_link", "candidate_session"],
        lookup=True,
    )
    wall_in(["organization"], column="id", lookup=True)
    wall_in(
        [
            "accommodation",
            "application",
            "audit_entry",
            "candidate",
            "change",
            "decision",
            "evidence",
            "interview",
            "job",
            "job_member",
            "mark",
            "message",
            "name_token",
            "notice_receipt",
            "notice_version",
            "persona_version",
            "plan_version",
            "purpose_consent",
            "recording",
            "resume",
            "rubric_version",
            "scorecard",
            "segment",
            "task",
            "template_version",
            "trail_head",
            "turn",
        ]
    )
    append_only(["audit_entry", "change"])


def downgrade() -> None:
    """Undo."""
    op.drop_table("evidence")
    op.drop_table("turn")
    op.drop_table("ticket")
    with op.batch_alter_table("segment", schema=None) as batch_op:
        batch_op.drop_index("ix_segment_interview")

    op.drop_table("segment")
    op.drop_table("scorecard")
    op.drop_table("recording")
    op.drop_table("mark")
    op.drop_table("interview")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_index("ix_decision_application")

    op.drop_table("decision")
    op.drop_table("task")
    op.drop_table("purpose_consent")
    op.drop_table("plan_version")
    op.drop_table("notice_receipt")
    op.drop_table("message")
    op.drop_table("candidate_session")
    op.drop_table("candidate_link")
    op.drop_table("accommodation")
    op.drop_table("rubric_version")
    op.drop_table("persona_version")
    op.drop_table("job_member")
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.drop_index("ix_application_board")

    op.drop_table("application")
    op.drop_table("resume")
    with op.batch_alter_table("refresh_token", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_refresh_token_family_id"))

    op.drop_table("refresh_token")
    with op.batch_alter_table("name_token", schema=None) as batch_op:
        batch_op.drop_index("ix_name_token_lookup")

    op.drop_table("name_token")
    op.drop_table("job")
    op.drop_table("user_account")
    op.drop_table("trail_head")
    op.drop_table("template_version")
    op.drop_table("notice_version")
    op.drop_table("change")
    op.drop_table("candidate")
    op.drop_table("audit_entry")
    op.drop_table("signing_key")
    op.drop_table("organization")
    if op.get_bind().dialect.name == "postgresql":
        op.execute(sa.text("drop function refuse_change()"))

"""reports of calls.

Revision: 0033, after 0032
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep reports that are looked at and applied, whom the names in them stand for, and columns of unknown ones."""
    op.create_table(
        "call_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("cohort_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("sent_by", sa.Uuid(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("erase_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("file_digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_call_report_cohort_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_call_report_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_report")),
        sa.UniqueConstraint("meeting_id", "digest", name=op.f("uq_call_report_meeting_id_digest")),
    )
    op.create_index(op.f("ix_call_report_cohort_id"), "call_report", ["cohort_id"])
    op.create_index(op.f("ix_call_report_erase_at"), "call_report", ["erase_at"])
    op.create_table(
        "call_alias",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cohort_id", sa.Uuid(), nullable=False),
        sa.Column("token", sa.String(length=24), nullable=False),
        sa.Column("shown", sa.String(length=120), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_call_alias_cohort_id")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_call_alias_enrolment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_alias")),
        sa.UniqueConstraint("cohort_id", "token", name=op.f("uq_call_alias_cohort_id_token")),
    )
    op.create_index(op.f("ix_call_alias_enrolment_id"), "call_alias", ["enrolment_id"])
    op.create_table(
        "call_columns",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("heading", sa.String(length=64), nullable=False),
        sa.Column("columns", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_call_columns_programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_columns")),
        sa.UniqueConstraint("programme_id", "heading", name=op.f("uq_call_columns_programme_id_heading")),
    )


def downgrade() -> None:
    """Forget them; the marks stay."""
    op.drop_table("call_columns")
    op.drop_table("call_alias")
    op.drop_table("call_report")

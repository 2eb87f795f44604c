"""sheets of signatures on paper.

Revision: 0031, after 0030
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep whose each row of a printed sheet is, and the picture of the signed one."""
    op.create_table(
        "paper_sheet",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("prepared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("prepared_by", sa.Uuid(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("scan_id", sa.Uuid(), nullable=True),
        sa.Column("scan_digest", sa.String(length=64), nullable=False),
        sa.Column("scan_format", sa.String(length=10), nullable=False),
        sa.Column("scanned_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_paper_sheet_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_sheet")),
        sa.UniqueConstraint("meeting_id", "code", name=op.f("uq_paper_sheet_meeting_id_code")),
    )
    op.create_table(
        "paper_row",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sheet_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_paper_row_enrolment_id")),
        sa.ForeignKeyConstraint(["sheet_id"], ["paper_sheet.id"], name=op.f("fk_paper_row_sheet_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_row")),
        sa.UniqueConstraint("sheet_id", "number", name=op.f("uq_paper_row_sheet_id_number")),
    )
    with op.batch_alter_table("paper_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_row_enrolment_id"), ["enrolment_id"], unique=False)


def downgrade() -> None:
    """Forget them; the marks stay."""
    with op.batch_alter_table("paper_row", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_paper_row_enrolment_id"))

    op.drop_table("paper_row")
    op.drop_table("paper_sheet")

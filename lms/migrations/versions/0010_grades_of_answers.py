"""grades that persons give to answers.

Revision: 0010, after 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep what a person says of an answer that no rule can grade."""
    op.create_table(
        "answer_grade",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("answer_id", sa.Uuid(), nullable=False),
        sa.Column("fraction", sa.String(length=60), nullable=False),
        sa.Column("levels", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("graded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("graded_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["answer_id"], ["answer.id"], name=op.f("fk_answer_grade_answer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_grade")),
        sa.UniqueConstraint("answer_id", name=op.f("uq_answer_grade_answer_id")),
    )


def downgrade() -> None:
    """Forget what persons said of answers."""
    op.drop_table("answer_grade")

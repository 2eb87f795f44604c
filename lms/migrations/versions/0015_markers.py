"""second markers of answers, and phrases for comments.

Revision: 0015, after 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep what each of two markers said, where two are asked for, and phrases that are used again."""
    op.create_table(
        "double_marking",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cohort_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_double_marking_cohort_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_double_marking_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_double_marking")),
        sa.UniqueConstraint("cohort_id", "unit_id", name=op.f("uq_double_marking_cohort_id_unit_id")),
    )
    op.create_table(
        "answer_mark",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("answer_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("fraction", sa.String(length=60), nullable=False),
        sa.Column("levels", sa.JSON(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("marked_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["answer_id"], ["answer.id"], name=op.f("fk_answer_mark_answer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_mark")),
        sa.UniqueConstraint("answer_id", "place", name=op.f("uq_answer_mark_answer_id_place")),
    )
    op.create_table(
        "grading_phrase",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("cohort_id", sa.Uuid(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_grading_phrase_cohort_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_grading_phrase_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grading_phrase")),
    )
    with op.batch_alter_table("grading_phrase", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_grading_phrase_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_grading_phrase_cohort_id"), ["cohort_id"], unique=False)


def downgrade() -> None:
    """Forget markers and phrases."""
    for table in ("grading_phrase", "answer_mark", "double_marking"):
        op.drop_table(table)

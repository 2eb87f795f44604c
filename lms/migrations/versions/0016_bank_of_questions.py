"""bank of questions, made from releases.

Revision: 0016, after 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep what each question said and where it is asked; ``lms questions index`` fills it from older releases."""
    op.create_table(
        "question_revision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.String(length=120), nullable=False),
        sa.Column("revision", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("level", sa.String(length=10), nullable=False),
        sa.Column("module", sa.Integer(), nullable=False),
        sa.Column("sector", sa.String(length=40), nullable=False),
        sa.Column("country", sa.String(length=10), nullable=False),
        sa.Column("objective", sa.String(length=120), nullable=False),
        sa.Column("tags", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("labels", sa.Text(), nullable=False),
        sa.Column("is_retired", sa.Boolean(), nullable=False),
        sa.Column("stem", sa.Text(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_question_revision_course_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_revision")),
        sa.UniqueConstraint(
            "course_id",
            "question_id",
            "revision",
            name=op.f("uq_question_revision_course_id_question_id_revision"),
        ),
    )
    op.create_table(
        "question_use",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["question_revision.id"], name=op.f("fk_question_use_revision_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_question_use_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_use")),
        sa.UniqueConstraint("revision_id", "unit_id", name=op.f("uq_question_use_revision_id_unit_id")),
    )
    with op.batch_alter_table("question_use", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_question_use_unit_id"), ["unit_id"], unique=False)


def downgrade() -> None:
    """Forget the bank, which the releases can make again."""
    op.drop_table("question_use")
    op.drop_table("question_revision")

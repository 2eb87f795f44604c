"""the survey about what people use of a course.

Revision: 0017, after 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep when each programme asks, who was asked, what was answered and who wants no letters."""
    op.create_table(
        "follow_up_refusal",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_follow_up_refusal")),
    )
    op.create_table(
        "follow_up_setting",
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_follow_up_setting_programme_id")
        ),
        sa.PrimaryKeyConstraint("programme_id", name=op.f("pk_follow_up_setting")),
    )
    op.create_table(
        "follow_up",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("completion_id", sa.Uuid(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("superior_name", sa.String(length=160), server_default="", nullable=False),
        sa.Column("superior_email", sa.String(length=254), server_default="", nullable=False),
        sa.Column("superior_asked_on", sa.Date(), nullable=True),
        sa.Column("superior_reminded_on", sa.Date(), nullable=True),
        sa.Column("superior_answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["completion_id"], ["completion.id"], name=op.f("fk_follow_up_completion_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
        sa.UniqueConstraint("completion_id", name=op.f("uq_follow_up_completion_id")),
    )
    with op.batch_alter_table("follow_up", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_follow_up_closes_on"), ["closes_on"], unique=False)

    op.create_table(
        "follow_up_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("follow_up_id", sa.Uuid(), nullable=False),
        sa.Column(
            "respondent",
            sa.Enum("self", "superior", name="respondent", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["follow_up_id"], ["follow_up.id"], name=op.f("fk_follow_up_answer_follow_up_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up_answer")),
        sa.UniqueConstraint(
            "follow_up_id",
            "respondent",
            "question",
            name=op.f("uq_follow_up_answer_follow_up_id_respondent_question"),
        ),
    )


def downgrade() -> None:
    """Forget the survey."""
    op.drop_table("follow_up_answer")
    op.drop_table("follow_up")
    op.drop_table("follow_up_setting")
    op.drop_table("follow_up_refusal")

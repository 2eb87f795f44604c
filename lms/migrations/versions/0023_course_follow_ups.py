"""what a course itself asks months later: replies to its own survey, and invitations to its quizzes.

Revision: 0023, after 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep what is answered to a course's own survey, and who was told of a quiz of the follow-up."""
    op.create_table(
        "follow_up_reply",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("follow_up_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.String(length=80), nullable=False),
        sa.Column("chosen", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["follow_up_id"], ["follow_up.id"], name=op.f("fk_follow_up_reply_follow_up_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_follow_up_reply_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up_reply")),
        sa.UniqueConstraint(
            "follow_up_id",
            "unit_id",
            "question_id",
            name=op.f("uq_follow_up_reply_follow_up_id_unit_id_question_id"),
        ),
    )
    with op.batch_alter_table("follow_up_reply", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_follow_up_reply_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "follow_up_measure",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("completion_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["completion_id"], ["completion.id"], name=op.f("fk_follow_up_measure_completion_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_follow_up_measure_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up_measure")),
        sa.UniqueConstraint(
            "completion_id", "unit_id", name=op.f("uq_follow_up_measure_completion_id_unit_id")
        ),
    )
    with op.batch_alter_table("follow_up_measure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_follow_up_measure_unit_id"), ["unit_id"], unique=False)


def downgrade() -> None:
    """Forget them."""
    with op.batch_alter_table("follow_up_measure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_follow_up_measure_unit_id"))

    op.drop_table("follow_up_measure")
    with op.batch_alter_table("follow_up_reply", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_follow_up_reply_unit_id"))

    op.drop_table("follow_up_reply")

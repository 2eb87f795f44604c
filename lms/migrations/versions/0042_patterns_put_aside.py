"""What was said of patterns in attempts, put aside.

Revision: 0042, after 0041
"""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    op.create_table(
        "pattern_review",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.String(length=20), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("note", sa.String(length=250), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reviewed_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_pattern_review_enrolment_id")
        ),
        sa.ForeignKeyConstraint(["other_id"], ["enrolment.id"], name=op.f("fk_pattern_review_other_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_pattern_review_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pattern_review")),
        sa.UniqueConstraint(
            "unit_id",
            "rule",
            "enrolment_id",
            "other_id",
            name=op.f("uq_pattern_review_unit_id_rule_enrolment_id_other_id"),
        ),
    )
    with op.batch_alter_table("pattern_review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pattern_review_enrolment_id"), ["enrolment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pattern_review_other_id"), ["other_id"], unique=False)


def downgrade() -> None:
    """Go one step down."""
    with op.batch_alter_table("pattern_review", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pattern_review_other_id"))
        batch_op.drop_index(batch_op.f("ix_pattern_review_enrolment_id"))

    op.drop_table("pattern_review")

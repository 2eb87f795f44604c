"""agreements of cohorts.

Revision: 0040, after 0039
"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let a cohort name the agreement under which it runs; those that are there name none."""
    with op.batch_alter_table("cohort", schema=None) as batch_op:
        batch_op.add_column(sa.Column("agreement_id", sa.Uuid(), nullable=True))
        batch_op.create_index(batch_op.f("ix_cohort_agreement_id"), ["agreement_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_cohort_agreement_id"), "agreement", ["agreement_id"], ["id"]
        )


def downgrade() -> None:
    """Forget the agreements of cohorts."""
    with op.batch_alter_table("cohort", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_cohort_agreement_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_cohort_agreement_id"))
        batch_op.drop_column("agreement_id")

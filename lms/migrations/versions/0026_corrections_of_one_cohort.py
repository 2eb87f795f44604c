"""corrections of one cohort: what holds only where a cohort brought it from its earlier release.

Revision: 0026, after 0025
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep which cohort a correction is limited to; those there are hold for all."""
    with op.batch_alter_table("regrade", schema=None) as batch_op:
        batch_op.add_column(sa.Column("cohort_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_regrade_cohort_id"), "cohort", ["cohort_id"], ["id"])


def downgrade() -> None:
    """Forget it: what one cohort brought with it is no correction of all the others."""
    op.execute(
        "DELETE FROM regraded_attempt WHERE regrade_id IN (SELECT id FROM regrade WHERE cohort_id IS NOT NULL)"
    )
    op.execute("DELETE FROM regrade WHERE cohort_id IS NOT NULL")
    with op.batch_alter_table("regrade", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_regrade_cohort_id"), type_="foreignkey")
        batch_op.drop_column("cohort_id")

"""corrections of one person.

Revision: 0035, after 0034
"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let a correction hold for one enrolment, which brought it from the cohort it had before."""
    with op.batch_alter_table("regrade", schema=None) as batch_op:
        batch_op.add_column(sa.Column("enrolment_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_regrade_enrolment_id"), "enrolment", ["enrolment_id"], ["id"]
        )
        batch_op.create_index(batch_op.f("ix_regrade_enrolment_id"), ["enrolment_id"])


def downgrade() -> None:
    """Forget it: what one person brought with them is no correction of all the others."""
    op.execute(
        "DELETE FROM regraded_attempt WHERE regrade_id IN (SELECT id FROM regrade WHERE enrolment_id IS NOT NULL)"
    )
    op.execute("DELETE FROM regrade WHERE enrolment_id IS NOT NULL")
    with op.batch_alter_table("regrade", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_regrade_enrolment_id"))
        batch_op.drop_constraint(batch_op.f("fk_regrade_enrolment_id"), type_="foreignkey")
        batch_op.drop_column("enrolment_id")

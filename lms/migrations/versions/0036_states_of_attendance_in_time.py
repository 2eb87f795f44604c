"""states of attendance in time.

Revision: 0036, after 0035
"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep what states were worth at earlier meetings, their key of the roll call, and since when one is retired."""
    with op.batch_alter_table("attendance_state", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("earlier", sa.JSON(none_as_null=True), server_default="[]", nullable=False)
        )
        batch_op.add_column(sa.Column("letter", sa.String(length=1), server_default="", nullable=False))
        batch_op.add_column(sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Forget it: what a state is worth now holds for all meetings."""
    with op.batch_alter_table("attendance_state", schema=None) as batch_op:
        batch_op.drop_column("retired_at")
        batch_op.drop_column("letter")
        batch_op.drop_column("earlier")

"""how each revision of a question performed, for the list of the bank.

Revision: 0021, after 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep figures beside each revision; the nightly job fills them."""
    with op.batch_alter_table("question_revision", schema=None) as batch_op:
        batch_op.add_column(sa.Column("people", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("facility", sa.Double(), nullable=True))
        batch_op.add_column(sa.Column("discrimination", sa.Double(), nullable=True))
        batch_op.add_column(sa.Column("advice", sa.String(length=10), server_default="", nullable=False))


def downgrade() -> None:
    """Forget the figures."""
    with op.batch_alter_table("question_revision", schema=None) as batch_op:
        batch_op.drop_column("advice")
        batch_op.drop_column("discrimination")
        batch_op.drop_column("facility")
        batch_op.drop_column("people")

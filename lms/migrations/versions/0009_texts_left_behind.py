"""Texts left behind.

Revision: 0009, after 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Note which texts the history of a draft no longer names, so that their bytes can go."""
    op.create_table(
        "draft_leftover",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_draft_leftover")),
    )
    with op.batch_alter_table("draft_leftover", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draft_leftover_since"), ["since"], unique=False)


def downgrade() -> None:
    """Forget which they are; their bytes stay in the storage."""
    op.drop_table("draft_leftover")

"""Booklets.

Revision: 0007, after 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep the PDF of a course by what it was made of."""
    op.create_table(
        "booklet",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("stamp", sa.String(length=64), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booklet")),
        sa.UniqueConstraint("stamp", name=op.f("uq_booklet_stamp")),
    )


def downgrade() -> None:
    """Forget the booklets; their files stay in the storage."""
    op.drop_table("booklet")

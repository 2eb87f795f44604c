"""The version of the figures, so that workers may keep what they made of them.

Revision: 0045, after 0044
"""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    op.create_table(
        "report_figures_version",
        sa.Column("about", sa.String(length=32), nullable=False),
        sa.Column("slot", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("token", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("about", "slot", name=op.f("pk_report_figures_version")),
    )


def downgrade() -> None:
    """Go one step down."""
    op.drop_table("report_figures_version")

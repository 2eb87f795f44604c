"""Keep the address by which a meeting that is online is joined.

Revision: 0061, after 0060
"""

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    op.add_column("meeting", sa.Column("link", sa.String(500), nullable=False, server_default=""))


def downgrade() -> None:
    """Go one step down."""
    op.drop_column("meeting", "link")

"""Index the few records that became part of others apart, so that lists of the others go by name.

Revision: 0058, after 0057
"""

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None
GONE = sa.text("merged_into_id IS NOT NULL")


def upgrade() -> None:
    """Go one step up."""
    op.drop_index("ix_person_merged_into_id", table_name="person")
    op.create_index(
        "ix_person_merged", "person", ["merged_into_id"], sqlite_where=GONE, postgresql_where=GONE
    )


def downgrade() -> None:
    """Go one step down."""
    op.drop_index("ix_person_merged", table_name="person")
    op.create_index("ix_person_merged_into_id", "person", ["merged_into_id"])

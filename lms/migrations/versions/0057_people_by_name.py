"""List people by name from an index of those who stand, instead of sorting all of them at each page.

Revision: 0057, after 0056
"""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    op.create_index(
        "ix_person_by_name",
        "person",
        ["search_text", "id"],
        sqlite_where=sa.text("merged_into_id IS NULL"),
        postgresql_where=sa.text("merged_into_id IS NULL"),
    )
    op.drop_index("ix_person_search_text", table_name="person")


def downgrade() -> None:
    """Go one step down."""
    op.create_index("ix_person_search_text", "person", ["search_text"])
    op.drop_index("ix_person_by_name", table_name="person")

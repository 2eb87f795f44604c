"""Find the few people who only try things out without reading all others.

Revision: 0055, after 0054
"""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    op.create_index(
        "ix_person_test",
        "person",
        ["id"],
        sqlite_where=sa.text("is_test = 1"),
        postgresql_where=sa.text("is_test"),
    )


def downgrade() -> None:
    """Go one step down."""
    op.drop_index("ix_person_test", table_name="person")

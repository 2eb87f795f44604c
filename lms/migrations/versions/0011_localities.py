"""Localities below the first-level units.

Revision: 0011, after 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make room for the code of a locality, such as PE-PUN-DESAGUADERO."""
    for table in ("contact", "release_route"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.alter_column(
                "place",
                existing_type=sa.String(length=10),
                type_=sa.String(length=40),
                existing_nullable=False,
            )


def downgrade() -> None:
    """Go back to the codes of countries and units; no locality may be left."""
    for table in ("release_route", "contact"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.alter_column(
                "place",
                existing_type=sa.String(length=40),
                type_=sa.String(length=10),
                existing_nullable=False,
            )

"""The minutes that closed hours add up to, beside their lines.

Revision: 0054, after 0053
"""

import sqlalchemy as sa
from alembic import op

from lms.attendance.hours.records import from_json

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None

LEDGER = sa.table(
    "hours_ledger",
    sa.column("id", sa.Uuid()),
    sa.column("lines", sa.JSON()),
    sa.column("minutes", sa.Integer()),
)


def upgrade() -> None:
    """Go one step up, and add up the lines of what was closed already."""
    op.add_column("hours_ledger", sa.Column("minutes", sa.Integer(), server_default="0", nullable=False))
    connection = op.get_bind()
    rows = connection.execute(sa.select(LEDGER.c.id, LEDGER.c.lines)).all()
    values = [{"key": key, "sum": from_json(lines).minutes()} for key, lines in rows]
    if values:
        statement = sa.update(LEDGER).where(LEDGER.c.id == sa.bindparam("key"))
        connection.execute(statement.values(minutes=sa.bindparam("sum")), values)


def downgrade() -> None:
    """Go one step down."""
    op.drop_column("hours_ledger", "minutes")

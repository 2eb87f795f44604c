"""Let SQLite keep figures in the order of their keys, so that those of a period lie beside each other on the disk.

Revision: 0060, after 0059
"""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None
INDEX = "ix_report_tally_completed_by_month"
OF_A_MONTH = sa.text("month <> ''")


def upgrade() -> None:
    """Go one step up."""
    _rebuild(with_rowid=False)


def downgrade() -> None:
    """Go one step down."""
    _rebuild(with_rowid=True)


def _rebuild(*, with_rowid: bool) -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    op.drop_index(INDEX, table_name="report_tally")
    for table in ("report_tally", "report_learned"):
        with op.batch_alter_table(table, recreate="always", table_kwargs={"sqlite_with_rowid": with_rowid}):
            pass
    op.create_index(
        INDEX,
        "report_tally",
        ["programme_id", "basis", "period", "sector", "month", "completed"],
        sqlite_where=OF_A_MONTH,
    )

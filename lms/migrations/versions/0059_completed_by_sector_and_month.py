"""Index who completed by sector and month: the curves add up rows of every institution and read nothing else of them.

Revision: 0059, after 0058
"""

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None
NAME = "ix_report_tally_completed_by_month"
OF_A_MONTH = sa.text("month <> ''")


def upgrade() -> None:
    """Go one step up."""
    op.create_index(
        NAME,
        "report_tally",
        ["programme_id", "basis", "period", "sector", "month", "completed"],
        sqlite_where=OF_A_MONTH,
        postgresql_where=OF_A_MONTH,
    )


def downgrade() -> None:
    """Go one step down."""
    op.drop_index(NAME, table_name="report_tally")

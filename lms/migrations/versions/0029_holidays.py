"""days on which a programme holds no meetings.

Revision: 0029, after 0028
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep the days that series of meetings skip."""
    op.create_table(
        "holiday",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_holiday_programme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holiday")),
        sa.UniqueConstraint("programme_id", "day", name=op.f("uq_holiday_programme_id_day")),
    )


def downgrade() -> None:
    """Forget them; no meeting moves."""
    op.drop_table("holiday")

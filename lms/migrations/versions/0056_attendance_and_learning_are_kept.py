"""Keep what people attended and learned as the table of progress is kept, and spans of months of a programme's own.

What was counted before holds nothing of it: each programme is counted anew, by the daily check or by
``lms reports recount``; until then its pages count from the facts.

Revision: 0056, after 0055
"""

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    op.create_table(
        "report_learned",
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("basis", sa.String(length=4), nullable=False),
        sa.Column("period", sa.String(length=15), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("sector", sa.String(length=20), nullable=False),
        sa.Column("attended", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.BigInteger(), nullable=False),
        sa.Column("closed", sa.Integer(), nullable=False),
        sa.Column("credited", sa.BigInteger(), nullable=False),
        sa.Column("before", sa.Integer(), nullable=False),
        sa.Column("both", sa.Integer(), nullable=False),
        sa.Column("gain", sa.BigInteger(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("opinion", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name="fk_report_learned_institution_id"
        ),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name="fk_report_learned_programme_id"),
        sa.PrimaryKeyConstraint(
            "programme_id", "basis", "period", "month", "institution_id", "sector", name="pk_report_learned"
        ),
    )
    op.create_table(
        "report_span",
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=15), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name="fk_report_span_programme_id"),
        sa.PrimaryKeyConstraint("programme_id", "name", name="pk_report_span"),
    )
    with op.batch_alter_table("report_tally") as batch_op:
        batch_op.alter_column(
            "period", existing_type=sa.String(length=7), type_=sa.String(length=15), existing_nullable=False
        )
    with op.batch_alter_table("report_figures_version") as batch_op:
        batch_op.alter_column(
            "about", existing_type=sa.String(length=32), type_=sa.String(length=33), existing_nullable=False
        )
    op.execute("DELETE FROM report_counted_programme")


def downgrade() -> None:
    """Go one step down."""
    op.execute("DELETE FROM report_tally WHERE length(period) > 7")
    op.execute("DELETE FROM report_figures_version WHERE length(about) > 32")
    op.execute("DELETE FROM report_counted_programme")
    with op.batch_alter_table("report_figures_version") as batch_op:
        batch_op.alter_column(
            "about", existing_type=sa.String(length=33), type_=sa.String(length=32), existing_nullable=False
        )
    with op.batch_alter_table("report_tally") as batch_op:
        batch_op.alter_column(
            "period", existing_type=sa.String(length=15), type_=sa.String(length=7), existing_nullable=False
        )
    op.drop_table("report_span")
    op.drop_table("report_learned")

"""kept figures.

Revision: 0039, after 0038
"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

MEASURES = ("enrolled", "started", "halfway", "completed", "certified", "minutes", "days")


def upgrade() -> None:
    """Keep the figures of each programme, and what each person added to them."""
    op.create_table(
        "report_tally",
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("basis", sa.String(length=4), nullable=False),
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("sector", sa.String(length=20), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in MEASURES),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_report_tally_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_report_tally_programme_id")
        ),
        sa.PrimaryKeyConstraint(
            "programme_id",
            "basis",
            "period",
            "month",
            "institution_id",
            "sector",
            name=op.f("pk_report_tally"),
        ),
    )
    op.create_table(
        "report_standing",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("counted", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_report_standing_person_id")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_report_standing_programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_standing")),
        sa.UniqueConstraint(
            "programme_id", "person_id", name=op.f("uq_report_standing_programme_id_person_id")
        ),
    )
    op.create_index(op.f("ix_report_standing_person_id"), "report_standing", ["person_id"])
    op.create_table(
        "report_counted_programme",
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_report_counted_programme_programme_id")
        ),
        sa.PrimaryKeyConstraint("programme_id", name=op.f("pk_report_counted_programme")),
    )


def downgrade() -> None:
    """Count from the facts alone."""
    for table in ("report_counted_programme", "report_standing", "report_tally"):
        op.drop_table(table)

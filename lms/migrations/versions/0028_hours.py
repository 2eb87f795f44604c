"""written policies about hours, and the hours that were closed.

Revision: 0028, after 0027
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep what each programme writes down about hours, and the hours of whoever completed a course."""
    op.create_table(
        "hours_policy",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("minimum_stay", sa.String(length=60), nullable=False),
        sa.Column("credits_excused", sa.Boolean(), nullable=False),
        sa.Column("credits_online", sa.Boolean(), nullable=False),
        sa.Column("online_share", sa.String(length=60), nullable=False),
        sa.Column("online_seconds", sa.Integer(), nullable=True),
        sa.Column("day_seconds", sa.Integer(), nullable=True),
        sa.Column("asked_seconds", sa.Integer(), nullable=True),
        sa.Column("prints_hours", sa.Boolean(), nullable=False),
        sa.Column("states", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_hours_policy_programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hours_policy")),
        sa.UniqueConstraint("programme_id", "version", name=op.f("uq_hours_policy_programme_id_version")),
    )
    op.create_table(
        "hours_ledger",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("asked_seconds", sa.Integer(), nullable=True),
        sa.Column("prints_hours", sa.Boolean(), nullable=False),
        sa.Column("lines", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_hours_ledger_enrolment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hours_ledger")),
        sa.UniqueConstraint("enrolment_id", name=op.f("uq_hours_ledger_enrolment_id")),
    )


def downgrade() -> None:
    """Forget both; what they were counted from stays."""
    op.drop_table("hours_ledger")
    op.drop_table("hours_policy")

"""quarterly reports.

Revision: 0043, after 0042
"""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep quarterly reports with their versions, who gets them, and the counter of their folios."""
    op.create_table(
        "report_counter",
        sa.Column("authority", sa.String(length=12), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("authority", "year", name=op.f("pk_report_counter")),
    )
    op.create_table(
        "quarterly_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("folio", sa.String(length=40), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_quarterly_report_programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarterly_report")),
        sa.UniqueConstraint("folio", name=op.f("uq_quarterly_report_folio")),
        sa.UniqueConstraint("programme_id", "period", name=op.f("uq_quarterly_report_programme_id_period")),
    )
    with op.batch_alter_table("quarterly_report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quarterly_report_programme_id"), ["programme_id"], unique=False)

    op.create_table(
        "report_recipient",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("is_approver", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_report_recipient_person_id")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_report_recipient_programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_recipient")),
        sa.UniqueConstraint("programme_id", "address", name=op.f("uq_report_recipient_programme_id_address")),
    )
    with op.batch_alter_table("report_recipient", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_recipient_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_report_recipient_programme_id"), ["programme_id"], unique=False)

    op.create_table(
        "report_settings",
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("days_after", sa.Integer(), nullable=True),
        sa.Column("sends_itself", sa.Boolean(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("licence", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_report_settings_programme_id")
        ),
        sa.PrimaryKeyConstraint("programme_id", name=op.f("pk_report_settings")),
    )
    op.create_table(
        "report_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("draft", "making", "issued", name="versionstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("cut_off", sa.DateTime(timezone=True), nullable=False),
        sa.Column("data", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("sends_itself", sa.Boolean(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("files", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["quarterly_report.id"], name=op.f("fk_report_version_report_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_version")),
        sa.UniqueConstraint("report_id", "number", name=op.f("uq_report_version_report_id_number")),
    )
    with op.batch_alter_table("report_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_version_report_id"), ["report_id"], unique=False)

    op.create_table(
        "report_delivery",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("recipient_id", sa.Uuid(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("has_file", sa.Boolean(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recipient_id"], ["report_recipient.id"], name=op.f("fk_report_delivery_recipient_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["report_version.id"], name=op.f("fk_report_delivery_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_delivery")),
    )
    with op.batch_alter_table("report_delivery", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_delivery_recipient_id"), ["recipient_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_report_delivery_version_id"), ["version_id"], unique=False)


def downgrade() -> None:
    """Forget them: the files stay in the storage."""
    with op.batch_alter_table("report_delivery", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_delivery_version_id"))
        batch_op.drop_index(batch_op.f("ix_report_delivery_recipient_id"))

    op.drop_table("report_delivery")
    with op.batch_alter_table("report_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_version_report_id"))

    op.drop_table("report_version")
    op.drop_table("report_settings")
    with op.batch_alter_table("report_recipient", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_recipient_programme_id"))
        batch_op.drop_index(batch_op.f("ix_report_recipient_person_id"))

    op.drop_table("report_recipient")
    with op.batch_alter_table("quarterly_report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quarterly_report_programme_id"))

    op.drop_table("quarterly_report")
    op.drop_table("report_counter")

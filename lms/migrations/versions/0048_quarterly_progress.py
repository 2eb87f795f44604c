"""The plan of a commission, its reporting periods, and what each member reports of them.

Revision: 0048, after 0047
"""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    op.create_table(
        "progress_indicator",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("objective", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=250), nullable=False),
        sa.Column("definition", sa.String(length=2000), nullable=False),
        sa.Column("unit", sa.String(length=60), nullable=False),
        sa.Column("source", sa.String(length=250), nullable=False),
        sa.Column(
            "joining",
            sa.Enum("sum", "average", "none", name="joining", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("is_automatic", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_progress_indicator_programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress_indicator")),
        sa.UniqueConstraint("programme_id", "number", name=op.f("uq_progress_indicator_programme_id_number")),
    )
    op.create_table(
        "reporting_period",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=7), nullable=False),
        sa.Column("members_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_reporting_period_programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reporting_period")),
        sa.UniqueConstraint("programme_id", "name", name=op.f("uq_reporting_period_programme_id_name")),
    )
    op.create_table(
        "progress_responsible",
        sa.Column("indicator_id", sa.Uuid(), nullable=False),
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["progress_indicator.id"], name=op.f("fk_progress_responsible_indicator_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_progress_responsible_institution_id")
        ),
        sa.PrimaryKeyConstraint("indicator_id", "institution_id", name=op.f("pk_progress_responsible")),
    )
    op.create_table(
        "progress_submission",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("period_id", sa.Uuid(), nullable=False),
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "returned",
                "accepted",
                name="submissionstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_progress_submission_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["period_id"], ["reporting_period.id"], name=op.f("fk_progress_submission_period_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress_submission")),
        sa.UniqueConstraint(
            "period_id", "institution_id", name=op.f("uq_progress_submission_period_id_institution_id")
        ),
    )
    with op.batch_alter_table("progress_submission", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_progress_submission_institution_id"), ["institution_id"], unique=False
        )

    op.create_table(
        "progress_target",
        sa.Column("indicator_id", sa.Uuid(), nullable=False),
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["progress_indicator.id"], name=op.f("fk_progress_target_indicator_id")
        ),
        sa.PrimaryKeyConstraint("indicator_id", "period", name=op.f("pk_progress_target")),
    )
    op.create_table(
        "progress_reminder",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("mark", sa.String(length=20), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("letters", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_progress_reminder_person_id")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["progress_submission.id"], name=op.f("fk_progress_reminder_submission_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress_reminder")),
        sa.UniqueConstraint("submission_id", "mark", name=op.f("uq_progress_reminder_submission_id_mark")),
    )
    with op.batch_alter_table("progress_reminder", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_progress_reminder_person_id"), ["person_id"], unique=False)

    op.create_table(
        "progress_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "opened",
                "saved",
                "submitted",
                "returned",
                "accepted",
                name="stepkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "returned",
                "accepted",
                name="submissionstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("content", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_progress_step_person_id")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["progress_submission.id"], name=op.f("fk_progress_step_submission_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress_step")),
        sa.UniqueConstraint("submission_id", "number", name=op.f("uq_progress_step_submission_id_number")),
    )
    with op.batch_alter_table("progress_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_progress_step_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    """Go one step down."""
    with op.batch_alter_table("progress_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_progress_step_person_id"))

    op.drop_table("progress_step")
    with op.batch_alter_table("progress_reminder", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_progress_reminder_person_id"))

    op.drop_table("progress_reminder")
    op.drop_table("progress_target")
    with op.batch_alter_table("progress_submission", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_progress_submission_institution_id"))

    op.drop_table("progress_submission")
    op.drop_table("progress_responsible")
    op.drop_table("reporting_period")
    op.drop_table("progress_indicator")

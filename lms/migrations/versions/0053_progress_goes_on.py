"""Progress that goes on with another institution, terms of periods, drafts of minutes.

Revision: 0053, after 0052
"""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    op.create_table(
        "period_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("period_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("deadline", "closed", "reopened", name="periodchangekind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("was_due_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["period_id"], ["reporting_period.id"], name=op.f("fk_period_change_period_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_period_change")),
        sa.UniqueConstraint("period_id", "number", name=op.f("uq_period_change_period_id_number")),
    )
    with op.batch_alter_table("progress_step", schema=None) as batch_op:
        batch_op.add_column(sa.Column("heir_id", sa.Uuid(), nullable=True))
        batch_op.create_index(batch_op.f("ix_progress_step_heir_id"), ["heir_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_progress_step_heir_id"), "institution", ["heir_id"], ["id"]
        )

    with op.batch_alter_table("progress_submission", schema=None) as batch_op:
        batch_op.add_column(sa.Column("heir_id", sa.Uuid(), nullable=True))
        batch_op.create_index(batch_op.f("ix_progress_submission_heir_id"), ["heir_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_progress_submission_heir_id"), "institution", ["heir_id"], ["id"]
        )

    with op.batch_alter_table("reporting_period", schema=None) as batch_op:
        batch_op.add_column(sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("sitting", schema=None) as batch_op:
        batch_op.add_column(sa.Column("draft_pdf", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("draft_of", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("draft_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("sitting_presence", schema=None) as batch_op:
        batch_op.add_column(sa.Column("noted_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("succession", schema=None) as batch_op:
        batch_op.add_column(sa.Column("handed", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    """Go one step down."""
    with op.batch_alter_table("succession", schema=None) as batch_op:
        batch_op.drop_column("handed")

    with op.batch_alter_table("sitting_presence", schema=None) as batch_op:
        batch_op.drop_column("noted_at")

    with op.batch_alter_table("sitting", schema=None) as batch_op:
        batch_op.drop_column("draft_at")
        batch_op.drop_column("draft_of")
        batch_op.drop_column("draft_pdf")

    with op.batch_alter_table("reporting_period", schema=None) as batch_op:
        batch_op.drop_column("closed_at")

    with op.batch_alter_table("progress_submission", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_progress_submission_heir_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_progress_submission_heir_id"))
        batch_op.drop_column("heir_id")

    with op.batch_alter_table("progress_step", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_progress_step_heir_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_progress_step_heir_id"))
        batch_op.drop_column("heir_id")

    op.drop_table("period_change")

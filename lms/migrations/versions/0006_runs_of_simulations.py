"""runs of simulations.

Revision: 0006, after 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    op.create_table(
        "simulation_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ending", sa.String(length=60), nullable=True),
        sa.Column("score", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("is_passed", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_simulation_run_enrolment_id_enrolment")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_simulation_run_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_simulation_run")),
        sa.UniqueConstraint(
            "enrolment_id", "unit_id", "number", name=op.f("uq_simulation_run_enrolment_id_unit_id_number")
        ),
    )
    with op.batch_alter_table("simulation_run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_simulation_run_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "simulation_decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("scene", sa.String(length=60), nullable=False),
        sa.Column("option", sa.String(length=1), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["simulation_run.id"], name=op.f("fk_simulation_decision_run_id_simulation_run")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_simulation_decision")),
        sa.UniqueConstraint("run_id", "position", name=op.f("uq_simulation_decision_run_id_position")),
    )


def downgrade() -> None:
    """Go one step back."""
    op.drop_table("simulation_decision")
    op.drop_table("simulation_run")

"""plans for one's work, approved by one's superior.

Revision: 0014, after 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep each sending of a plan with whom it went to and what they said."""
    op.create_table(
        "application_plan",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("superior_name", sa.String(length=160), nullable=False),
        sa.Column("superior_post", sa.String(length=160), nullable=False),
        sa.Column("superior_email", sa.String(length=254), nullable=False),
        sa.Column(
            "state",
            sa.Enum("draft", "sent", "changes", "approved", name="planstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mailed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("letters", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("comment", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_application_plan_attempt_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_plan")),
        sa.UniqueConstraint("attempt_id", name=op.f("uq_application_plan_attempt_id")),
    )
    with op.batch_alter_table("application_plan", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_application_plan_state_sent_at"), ["state", "sent_at"], unique=False
        )


def downgrade() -> None:
    """Forget the plans that were sent."""
    op.drop_table("application_plan")

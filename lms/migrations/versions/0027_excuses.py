"""justified absences.

Revision: 0027, after 0026
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep what people say of the meetings that they miss, and the answer."""
    op.create_table(
        "excuse",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column(
            "grounds",
            sa.Enum(
                "service", "health", "family", "access", "other", name="grounds", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("text", sa.String(length=400), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "accepted",
                "refused",
                "withdrawn",
                name="excusestate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("answer", sa.String(length=400), nullable=False),
        sa.Column("paper_id", sa.Uuid(), nullable=True),
        sa.Column("paper_digest", sa.String(length=64), nullable=False),
        sa.Column("paper_format", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_excuse_enrolment_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_excuse_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_excuse")),
        sa.UniqueConstraint("meeting_id", "enrolment_id", name=op.f("uq_excuse_meeting_id_enrolment_id")),
    )
    with op.batch_alter_table("excuse", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_excuse_enrolment_id"), ["enrolment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_excuse_state_changed_at"), ["state", "changed_at"], unique=False)


def downgrade() -> None:
    """Forget it; the marks stay."""
    with op.batch_alter_table("excuse", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_excuse_state_changed_at"))
        batch_op.drop_index(batch_op.f("ix_excuse_enrolment_id"))

    op.drop_table("excuse")

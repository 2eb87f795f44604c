"""notices by e-mail, quiet hours and who wants none.

Revision: 0032, after 0031
"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

KINDS = ("meeting-soon", "not-started", "almost-done", "deadline", "focal-points")


def upgrade() -> None:
    """Keep what each cohort sends, what became of it, and when nobody is written to."""
    kind = sa.Enum(*KINDS, name="noticekind", native_enum=False, length=40)
    op.create_table(
        "cohort_notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cohort_id", sa.Uuid(), nullable=False),
        sa.Column("kind", kind, nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("extra", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_cohort_notice_cohort_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohort_notice")),
        sa.UniqueConstraint("cohort_id", "kind", name=op.f("uq_cohort_notice_cohort_id_kind")),
    )
    states = sa.Enum("waiting", "sent", "skipped", name="noticestate", native_enum=False, length=40)
    reasons = ("unsubscribed", "no-address", "closed", "withdrawn", "not-needed", "turned-off")
    op.create_table(
        "notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cohort_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", kind, nullable=False),
        sa.Column("occasion", sa.String(length=80), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("state", states, nullable=False),
        sa.Column("reason", sa.Enum(*reasons, name="reason", native_enum=False, length=40), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_notice_cohort_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_notice_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("key", name=op.f("uq_notice_key")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_cohort_id_decided_at"), ["cohort_id", "decided_at"])
        batch_op.create_index(batch_op.f("ix_notice_person_id"), ["person_id"])
        batch_op.create_index(batch_op.f("ix_notice_state_due_at"), ["state", "due_at"])
    op.create_table(
        "notice_refusal",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_notice_refusal_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_notice_refusal")),
    )
    op.create_table(
        "quiet_hours",
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.Column("on_weekends", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_quiet_hours_programme_id")),
        sa.PrimaryKeyConstraint("programme_id", name=op.f("pk_quiet_hours")),
    )


def downgrade() -> None:
    """Forget them; nothing that was sent comes back."""
    op.drop_table("quiet_hours")
    op.drop_table("notice_refusal")
    op.drop_table("notice")
    op.drop_table("cohort_notice")

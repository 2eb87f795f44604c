"""calls to nominate people, their quotas, and changes of sector.

Revision: 0022, after 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

LIVE = "state IN ('late', 'proposed', 'waiting', 'accepted')"
WAITING = "state = 'waiting'"


def upgrade() -> None:
    """Keep who calls, how many places each institution has, whom they nominate, and who asks for another sector."""
    op.create_table(
        "nomination_call",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cohort_id", sa.Uuid(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("substitutes_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("instructions", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_nomination_call_cohort_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nomination_call")),
        sa.UniqueConstraint("cohort_id", name=op.f("uq_nomination_call_cohort_id")),
    )
    op.create_table(
        "nomination_quota",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("released", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["call_id"], ["nomination_call.id"], name=op.f("fk_nomination_quota_call_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_nomination_quota_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nomination_quota")),
        sa.UniqueConstraint(
            "call_id", "institution_id", name=op.f("uq_nomination_quota_call_id_institution_id")
        ),
    )
    with op.batch_alter_table("nomination_quota", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_nomination_quota_institution_id"), ["institution_id"], unique=False
        )

    op.create_table(
        "nomination",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("quota_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "late",
                "proposed",
                "waiting",
                "accepted",
                "declined",
                "withdrawn",
                "replaced",
                name="nominationstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("from_common", sa.Boolean(), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("late_reason", sa.Text(), nullable=False),
        sa.Column("exception_reason", sa.Text(), nullable=False),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["nomination_call.id"], name=op.f("fk_nomination_call_id")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_nomination_institution_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_nomination_person_id")),
        sa.ForeignKeyConstraint(["quota_id"], ["nomination_quota.id"], name=op.f("fk_nomination_quota_id")),
        sa.ForeignKeyConstraint(["replaces_id"], ["nomination.id"], name=op.f("fk_nomination_replaces_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nomination")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_nomination_replaces_id")),
    )
    with op.batch_alter_table("nomination", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_nomination_call_id_state_queued_at"),
            ["call_id", "state", "queued_at"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_nomination_institution_id"), ["institution_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_nomination_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_nomination_quota_id"), ["quota_id"], unique=False)
        batch_op.create_index(
            "uq_nomination_live",
            ["call_id", "person_id"],
            unique=True,
            sqlite_where=sa.text(LIVE),
            postgresql_where=sa.text(LIVE),
        )

    op.create_table(
        "track_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("before", sa.String(length=20), nullable=True),
        sa.Column("after", sa.String(length=20), nullable=True),
        sa.Column(
            "state",
            sa.Enum("waiting", "approved", "declined", name="trackstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_track_request_enrolment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_track_request")),
    )
    with op.batch_alter_table("track_request", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_track_request_enrolment_id_asked_at"), ["enrolment_id", "asked_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_track_request_state_asked_at"), ["state", "asked_at"], unique=False
        )
        batch_op.create_index(
            "uq_track_request_waiting",
            ["enrolment_id"],
            unique=True,
            sqlite_where=sa.text(WAITING),
            postgresql_where=sa.text(WAITING),
        )


def downgrade() -> None:
    """Forget calls, nominations and requests; enrolments stay."""
    op.drop_table("track_request")
    op.drop_table("nomination")
    op.drop_table("nomination_quota")
    op.drop_table("nomination_call")

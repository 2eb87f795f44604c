"""parallel rooms.

Revision: 0041, after 0040
"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep groups of cohorts, rooms of meetings, who was seen where, and of which room a tablet or a sheet is."""
    op.create_table(
        "cohort_group",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cohort_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_cohort_group_cohort_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohort_group")),
        sa.UniqueConstraint("cohort_id", "name", name=op.f("uq_cohort_group_cohort_id_name")),
    )
    op.create_table(
        "cohort_group_member",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_cohort_group_member_enrolment_id")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["cohort_group.id"],
            name=op.f("fk_cohort_group_member_group_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohort_group_member")),
        sa.UniqueConstraint(
            "group_id", "enrolment_id", name=op.f("uq_cohort_group_member_group_id_enrolment_id")
        ),
    )
    with op.batch_alter_table("cohort_group_member", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_cohort_group_member_enrolment_id"), ["enrolment_id"], unique=False
        )

    op.create_table(
        "meeting_room",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=True),
        sa.Column("secret", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["cohort_group.id"], name=op.f("fk_meeting_room_group_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_room_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_room")),
        sa.UniqueConstraint("meeting_id", "name", name=op.f("uq_meeting_room_meeting_id_name")),
    )
    with op.batch_alter_table("meeting_room", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_room_group_id"), ["group_id"], unique=False)

    op.create_table(
        "room_sighting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_room_sighting_enrolment_id")
        ),
        sa.ForeignKeyConstraint(["room_id"], ["meeting_room.id"], name=op.f("fk_room_sighting_room_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_sighting")),
        sa.UniqueConstraint("room_id", "enrolment_id", name=op.f("uq_room_sighting_room_id_enrolment_id")),
    )
    with op.batch_alter_table("room_sighting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_room_sighting_enrolment_id"), ["enrolment_id"], unique=False)

    for table in ("kiosk", "paper_sheet"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("room_id", sa.Uuid(), nullable=True))
            batch_op.create_foreign_key(
                batch_op.f(f"fk_{table}_room_id"), "meeting_room", ["room_id"], ["id"]
            )


def downgrade() -> None:
    """Forget them; every mark stays at its meeting."""
    for table in ("paper_sheet", "kiosk"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_constraint(batch_op.f(f"fk_{table}_room_id"), type_="foreignkey")
            batch_op.drop_column("room_id")
    for table in ("room_sighting", "meeting_room", "cohort_group_member", "cohort_group"):
        op.drop_table(table)

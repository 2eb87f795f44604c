"""observations of attendance, states of programmes and places of meetings.

Revision: 0024, after 0023
"""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

ROLES = (("present", "1"), ("late", "1"), ("left-early", "1/2"), ("excused", "1"), ("absent", "0"))
MARKS = sa.Enum(
    "present", "late", "left-early", "excused", "absent", name="mark", native_enum=False, length=40
)
BATCH = 1000


def upgrade() -> None:
    """Keep how each mark came about, what programmes call and credit it, and where each meeting is."""
    _add_columns()
    _add_tables()
    _fill_meetings()
    _fill_states()
    _fill_observations()
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.alter_column("timezone", existing_type=sa.String(length=60), server_default=None)


def _add_columns() -> None:
    place = sa.Enum("on-site", "online", "mixed", name="placekind", native_enum=False, length=40)
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.add_column(sa.Column("timezone", sa.String(length=60), server_default="UTC", nullable=False))
        batch_op.add_column(sa.Column("room", sa.String(length=120), server_default="", nullable=False))
        batch_op.add_column(sa.Column("place", place, server_default="on-site", nullable=False))
        batch_op.add_column(sa.Column("series_id", sa.Uuid(), nullable=True))
        batch_op.add_column(
            sa.Column("minimum_share", sa.String(length=60), server_default="3/4", nullable=False)
        )
        batch_op.add_column(
            sa.Column("records_exit", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.create_index(batch_op.f("ix_meeting_series_id"), ["series_id"], unique=False)
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.add_column(sa.Column("state", sa.String(length=40), server_default="", nullable=False))
        batch_op.add_column(sa.Column("seconds", sa.Integer(), server_default="0", nullable=False))


def _add_tables() -> None:
    op.create_table(
        "attendance_observation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("entry", "exit", "verdict", name="kind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("role", MARKS, nullable=True),
        sa.Column("stay", sa.String(length=120), nullable=False),
        sa.Column("method", sa.String(length=40), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "device",
            sa.Enum(
                "phone", "tablet", "computer", "paper", "file", "unknown",
                name="device", native_enum=False, length=40,
            ),
            nullable=False,
        ),
        sa.Column("browser", sa.String(length=64), nullable=False),
        sa.Column("origin", sa.String(length=120), nullable=False),
        sa.Column("note", sa.String(length=250), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_attendance_observation_enrolment_id")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_attendance_observation_meeting_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_observation")),
        sa.UniqueConstraint(
            "meeting_id", "origin", name=op.f("uq_attendance_observation_meeting_id_origin")
        ),
    )  # fmt: skip
    with op.batch_alter_table("attendance_observation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_attendance_observation_meeting_id_enrolment_id"),
            ["meeting_id", "enrolment_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_attendance_observation_enrolment_id"), ["enrolment_id"], unique=False
        )
    op.create_table(
        "attendance_state",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("credit", sa.String(length=60), nullable=False),
        sa.Column("role", MARKS, nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_attendance_state_programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_state")),
        sa.UniqueConstraint("programme_id", "code", name=op.f("uq_attendance_state_programme_id_code")),
    )
    op.create_table(
        "attendance_policy",
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("minimum_share", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_attendance_policy_programme_id")
        ),
        sa.PrimaryKeyConstraint("programme_id", name=op.f("pk_attendance_policy")),
    )
    op.create_table(
        "attendance_review",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("note", sa.String(length=250), nullable=False),
        sa.Column("reviewed_by", sa.Uuid(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_attendance_review_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_review")),
        sa.UniqueConstraint("meeting_id", "key", name=op.f("uq_attendance_review_meeting_id_key")),
    )


def _fill_meetings() -> None:
    op.execute(
        "UPDATE meeting SET timezone = (SELECT programme.timezone FROM cohort JOIN programme"
        " ON programme.id = cohort.programme_id WHERE cohort.id = meeting.cohort_id)"
    )


def _fill_states() -> None:
    programme = sa.table("programme", sa.column("id", sa.Uuid()))
    state = sa.table(
        "attendance_state",
        *(sa.column(name, sa.Uuid()) for name in ("id", "programme_id")),
        *(sa.column(name, sa.String()) for name in ("code", "label", "credit", "role")),
        sa.column("is_default", sa.Boolean()),
    )
    found: list[UUID] = list(op.get_bind().scalars(sa.select(programme.c.id)))
    rows = [
        {
            "id": uuid4(), "programme_id": key, "code": role, "label": "", "credit": credit, "role": role,
            "is_default": True,
        }
        for key in found
        for role, credit in ROLES
    ]  # fmt: skip
    if rows:
        op.bulk_insert(state, rows)


def _fill_observations() -> None:
    """Make of each mark the observations from which it follows: the entry with the code, the word of the staff."""
    link, moment = sa.Uuid(), sa.DateTime(timezone=True)
    mark = sa.table(
        "attendance",
        *(sa.column(name, link) for name in ("id", "meeting_id", "enrolment_id", "recorded_by")),
        *(sa.column(name, sa.String()) for name in ("mark", "method", "note", "state")),
        *(sa.column(name, moment) for name in ("recorded_at", "checked_in_at")),
        sa.column("seconds", sa.Integer()),
    )
    meeting = sa.table(
        "meeting",
        sa.column("id", link),
        sa.column("starts_at", moment),
        sa.column("ends_at", moment),
        sa.column("late_after_minutes", sa.Integer()),
    )
    observation = sa.table(
        "attendance_observation",
        *(sa.column(name, link) for name in ("meeting_id", "enrolment_id", "actor_id")),
        *(sa.column(name, sa.String()) for name in ("kind", "state", "role", "stay", "method", "device")),
        *(sa.column(name, sa.String()) for name in ("browser", "origin", "note")),
        *(sa.column(name, moment) for name in ("happened_at", "recorded_at")),
    )
    connection = op.get_bind()
    statement = sa.select(mark, meeting.c.starts_at, meeting.c.ends_at, meeting.c.late_after_minutes).join(
        meeting, meeting.c.id == mark.c.meeting_id
    )
    rows = [row._asdict() for row in connection.execute(statement)]
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        op.bulk_insert(observation, [each for row in batch for each in _observed(row)])
        connection.execute(
            sa.update(mark)
            .where(mark.c.id == sa.bindparam("key"))
            .values(state=sa.bindparam("code"), seconds=sa.bindparam("time")),
            [{"key": row["id"], "code": row["mark"], "time": _seconds(row)} for row in batch],
        )


def _observed(row: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the entry, if there was one, and a verdict where the mark does not follow from it."""
    is_own = row["method"] in {"qr", "code"}
    entered = row["checked_in_at"] or (row["recorded_at"] if is_own else None)
    common = {
        "meeting_id": row["meeting_id"], "enrolment_id": row["enrolment_id"], "actor_id": row["recorded_by"],
        "stay": "", "device": "unknown", "browser": "", "recorded_at": row["recorded_at"],
    }  # fmt: skip
    found: list[dict[str, Any]] = []
    if entered:
        entry = {"kind": "entry", "state": "", "role": None, "happened_at": entered, "note": ""}
        method = row["method"] if is_own else "code"
        found.append({**common, **entry, "method": method, "origin": f"check-in:{row['enrolment_id']}"})
    if not is_own or entered is None or row["mark"] != _earned(row, entered):
        at = max(row["recorded_at"], entered) if entered else row["recorded_at"]
        verdict = {
            "kind": "verdict", "state": row["mark"], "role": row["mark"], "happened_at": at,
            "note": row["note"], "method": row["method"],
        }  # fmt: skip
        found.append({**common, **verdict, "origin": f"verdict:{row['enrolment_id']}"})
    return found


def _earned(row: dict[str, Any], entered: datetime) -> str:
    late_from = _aware(row["starts_at"]) + timedelta(minutes=row["late_after_minutes"])
    return "late" if _aware(entered) >= late_from else "present"


def _seconds(row: dict[str, Any]) -> int:
    """Return the whole seconds that the mark vouches for: from the entry, or what the mark says, to the end."""
    if row["mark"] not in {"present", "late"}:
        return 0
    starts_at, ends_at = _aware(row["starts_at"]), _aware(row["ends_at"])
    since = starts_at
    is_own = row["method"] in {"qr", "code"}
    entered = row["checked_in_at"] or (row["recorded_at"] if is_own else None)
    if entered and (is_own or row["mark"] == "late"):
        since = max(starts_at, _aware(entered))
    elif row["mark"] == "late":
        since = starts_at + timedelta(minutes=row["late_after_minutes"])
    return max(0, (ends_at - since) // timedelta(seconds=1))


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def downgrade() -> None:
    """Forget how marks came about; the marks stay, and who left early was late."""
    op.execute("UPDATE attendance SET mark = 'late' WHERE mark = 'left-early'")
    op.drop_table("attendance_review")
    op.drop_table("attendance_policy")
    op.drop_table("attendance_state")
    op.drop_table("attendance_observation")
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.drop_column("seconds")
        batch_op.drop_column("state")
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_series_id"))
        for name in ("records_exit", "minimum_share", "series_id", "place", "room", "timezone"):
            batch_op.drop_column(name)

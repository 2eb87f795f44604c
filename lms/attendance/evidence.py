"""How each mark of a person came about: everything observed, by meeting, for whoever reads the register."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from lms.accounts.models import Person
from lms.attendance.models import AttendanceObservation, Meeting
from lms.attendance.permissions import AttendancePermission
from lms.attendance.queries import LocalMeeting, OwnMeeting, own_meetings, read_own
from lms.attendance.rules import REGISTER_OPEN
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.errors import NotFound
from lms.learning.models import Cohort, Enrolment
from lms.learning.queries import enrolment_condition


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One observation and who made it."""

    seen: AttendanceObservation
    author: str
    """Name of who noted it; empty for the platform itself."""
    is_own: bool
    """Whether the person noted it themselves."""

    @property
    def is_late(self) -> bool:
        """Say whether it was written long after it happened, like what waited on a phone without a line."""
        return self.seen.recorded_at - self.seen.happened_at > REGISTER_OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A meeting, the mark of the person there and the observations from which it follows."""

    own: OwnMeeting
    lines: tuple[Line, ...]

    @property
    def local(self) -> LocalMeeting:
        """Return the meeting."""
        return self.own.local


def access_person(actor: Actor, cohort: Cohort, enrolment_id: UUID) -> tuple[Enrolment, Person]:
    """Return somebody of a cohort whose marks the actor reads; raises NotFound."""
    row = db.session.execute(
        select(Enrolment, Person)
        .join(Person, Person.id == Enrolment.person_id)
        .where(
            Enrolment.id == enrolment_id,
            Enrolment.cohort_id == cohort.id,
            enrolment_condition(actor, AttendancePermission.READ_REGISTER),
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    return row[0], row[1]


def list_records(enrolment: Enrolment) -> list[Record]:
    """Return the meetings of an enrolment with all that was observed of the person, in two queries."""
    rows = db.session.execute(own_meetings(enrolment.person_id).where(Enrolment.id == enrolment.id)).all()
    lines = _lines(enrolment)
    return [Record(own=own, lines=tuple(lines.get(own.local.id, ()))) for own in map(read_own, rows)]


def _lines(enrolment: Enrolment) -> dict[UUID, list[Line]]:
    row = AttendanceObservation
    found: dict[UUID, list[Line]] = {}
    rows: Sequence[tuple[AttendanceObservation, Person | None]] = [
        (each[0], each[1])
        for each in db.session.execute(
            select(row, Person)
            .outerjoin(Person, Person.id == row.actor_id)
            .join(Meeting, Meeting.id == row.meeting_id)
            .where(row.enrolment_id == enrolment.id)
            .order_by(Meeting.starts_at, row.happened_at, row.id)
        )
    ]
    for seen, author in rows:
        is_own = seen.actor_id == enrolment.person_id
        line = Line(seen=seen, author=author.name if author else "", is_own=is_own)
        found.setdefault(seen.meeting_id, []).append(line)
    return found

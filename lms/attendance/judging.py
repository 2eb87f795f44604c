"""What looks odd about a meeting's marks, for whoever keeps its register to judge; no mark changes by it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased

from lms.accounts.models import Person
from lms.attendance.messages import OddityReviewed
from lms.attendance.models import Attendance, AttendanceReview, Meeting
from lms.attendance.oddities import Odd, Oddity, Trace, find_oddities
from lms.attendance.queries import observations_at
from lms.attendance.rooms.queries import list_strayed
from lms.attendance.rules import HERE
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.errors import NotFound
from lms.core.events import publish
from lms.core.ids import new_id
from lms.learning.models import Enrolment


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Something odd with the names of the people and what was made of it so far."""

    oddity: Oddity
    names: tuple[str, ...]
    review: AttendanceReview | None
    """The judgement that covers it; null while there is none, or marks were added since."""


def list_judged(meeting: Meeting) -> list[Judged]:
    """Return what looks odd about a meeting, what nobody judged first, in four queries."""
    found = [
        *find_oddities(_traces(meeting), meeting.window),
        *_two_places(meeting),
        *_wrong_rooms(meeting),
    ]
    names = _names({key for each in found for key in each.people})
    rows = db.session.scalars(select(AttendanceReview).where(AttendanceReview.meeting_id == meeting.id))
    reviews = {row.key: row for row in rows}
    judged = [
        Judged(
            oddity=each,
            names=tuple(sorted(names[key] for key in each.people)),
            review=_covering(reviews.get(each.key), each),
        )
        for each in found
    ]
    return sorted(judged, key=lambda each: each.review is not None)


def _covering(review: AttendanceReview | None, oddity: Oddity) -> AttendanceReview | None:
    return review if review and review.reviewed_at >= oddity.latest else None


def _traces(meeting: Meeting) -> list[Trace]:
    return [
        Trace(
            enrolment_id=row.enrolment_id,
            kind=row.kind,
            role=row.role,
            method=row.method,
            happened_at=row.happened_at,
            recorded_at=row.recorded_at,
            browser=row.browser,
        )
        for row in observations_at(meeting.id)
    ]


def _names(enrolment_ids: set[UUID]) -> dict[UUID, str]:
    rows = db.session.execute(
        select(Enrolment.id, Person)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.id.in_(enrolment_ids))
    ).all()
    return {row[0]: row[1].name for row in rows}


def _two_places(meeting: Meeting) -> list[Oddity]:
    """Return the people who are marked as having come to another meeting at the same time."""
    here, there, own, other = Attendance, aliased(Attendance), Enrolment, aliased(Enrolment)
    rows = db.session.execute(
        select(own.id, Meeting, there.recorded_at, here.recorded_at)
        .select_from(here)
        .join(own, own.id == here.enrolment_id)
        .join(other, other.person_id == own.person_id)
        .join(there, there.enrolment_id == other.id)
        .join(Meeting, Meeting.id == there.meeting_id)
        .where(
            here.meeting_id == meeting.id,
            here.mark.in_(HERE),
            there.mark.in_(HERE),
            Meeting.id != meeting.id,
            Meeting.cancelled_at.is_(None),
            Meeting.starts_at < meeting.ends_at,
            Meeting.ends_at > meeting.starts_at,
        )
    ).all()
    return [_in_two_places(row) for row in rows]


def _in_two_places(row: Any) -> Oddity:
    return Oddity(
        odd=Odd.TWO_PLACES,
        key=f"{Odd.TWO_PLACES}:{row[0].hex}:{row[1].id.hex}",
        people=(row[0],),
        latest=max(row[2], row[3]),
        detail=row[1].title,
    )


def _wrong_rooms(meeting: Meeting) -> list[Oddity]:
    """Return who was seen in a room of the meeting that is not theirs; they were there all the same."""
    return [
        Oddity(
            odd=Odd.WRONG_ROOM,
            key=f"{Odd.WRONG_ROOM}:{each.id.hex}",
            people=(each.enrolment_id,),
            latest=each.seen_at,
            detail=name,
        )
        for each, name in list_strayed(meeting.id)
    ]


def review(meeting: Meeting, key: str, *, note: str, actor: Actor, now: datetime) -> AttendanceReview:
    """Keep that a person looked at something odd and what they make of it; raises NotFound for what is not there."""
    if key not in {each.oddity.key for each in list_judged(meeting)}:
        raise NotFound
    row = db.session.scalar(
        select(AttendanceReview).where(AttendanceReview.meeting_id == meeting.id, AttendanceReview.key == key)
    )
    row = row or AttendanceReview(id=new_id(), meeting_id=meeting.id, key=key)
    row.note, row.reviewed_by, row.reviewed_at = note, actor.person_id, now
    db.session.add(row)
    db.session.flush()
    # The trail is kept for good: it says what was odd and not which browser it was.
    told = Odd.SAME_BROWSER.value if key.startswith(f"{Odd.SAME_BROWSER}:") else key
    publish(OddityReviewed(at=now, actor=actor, subject_id=meeting.id, key=told))
    return row

"""Reads of the tablet at the door."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, exists, select

from lms.accounts.models import Person
from lms.accounts.queries import find_person_by_email
from lms.attendance.kiosk import rules
from lms.attendance.kiosk.models import Kiosk, WalkIn, WalkInState
from lms.attendance.models import Meeting
from lms.attendance.queries import kept_cohorts
from lms.attendance.rooms.models import MeetingRoom
from lms.attendance.rooms.queries import rooms_by_person
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.folding import like
from lms.core.ids import token_digest
from lms.institutions.directory.models import Institution
from lms.institutions.directory.queries import search_institutions
from lms.learning.models import Cohort, Enrolment, EnrolmentState


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A person of the meeting's cohort, as the door shows them: nothing more."""

    enrolment_id: UUID
    name: str
    institution: str
    rooms: tuple[str, ...] = ()
    """Where they are expected instead of here; empty for whoever is at the right door."""


def find_kiosk(key: str) -> Kiosk | None:
    """Return the tablet that holds a key."""
    return db.session.scalar(select(Kiosk).where(Kiosk.key_digest == token_digest(key))) if key else None


def list_open(meeting_id: UUID) -> Sequence[Kiosk]:
    """Return the tablets of a meeting that nobody has taken away."""
    return db.session.scalars(
        select(Kiosk)
        .where(Kiosk.meeting_id == meeting_id, Kiosk.closed_at.is_(None))
        .order_by(Kiosk.opened_at)
    ).all()


def has_kiosk_in(room_id: UUID) -> bool:
    """Say whether a tablet was left at the door of a room."""
    return bool(db.session.scalar(select(exists().where(Kiosk.room_id == room_id))))


def find_people(cohort_id: UUID, text: str, room: MeetingRoom | None = None) -> list[Found]:
    """Return the people of a cohort whose name has words that begin so; raises SearchTooShort.

    At the door of a room these are its own people. Only when none of them is called so are the others shown, with
    the room where they are expected: whoever came to the wrong one can be registered all the same.
    One more than the door shows says that there are too many.
    """
    typed = rules.searched_words(text)
    statement = (
        select(Enrolment.id, Person, Institution.name)
        .join(Person, Person.id == Enrolment.person_id)
        .join(Institution, Institution.id == Enrolment.institution_id)
        .where(Enrolment.cohort_id == cohort_id, Enrolment.state == EnrolmentState.ACTIVE)
    )
    for word in typed:
        statement = statement.where(Person.search_text.like(like(word), escape="\\"))
    # The searched text holds addresses too; only the name may find anybody here.
    rows = [row for row in db.session.execute(statement).all() if rules.is_found(row[1].name, typed)]
    found = [Found(enrolment_id=row[0], name=row[1].name, institution=row[2]) for row in rows]
    if room:
        placed = rooms_by_person(room.meeting_id, [each.enrolment_id for each in found])
        own = [each for each in found if room.name in placed.get(each.enrolment_id, [room.name])]
        found = own or [replace(each, rooms=tuple(placed[each.enrolment_id])) for each in found]
    return sorted(found, key=lambda each: each.name)[: rules.MOST_FOUND + 1]


def find_participant(cohort_id: UUID, enrolment_id: UUID) -> Enrolment | None:
    """Return an enrolment that counts in a cohort."""
    return db.session.scalar(
        select(Enrolment).where(
            Enrolment.id == enrolment_id,
            Enrolment.cohort_id == cohort_id,
            Enrolment.state == EnrolmentState.ACTIVE,
        )
    )


def find_institutions(text: str) -> list[Institution]:
    """Return the first open institutions whose names hold every word; raises SearchTooShort."""
    rules.searched_words(text)
    statement = search_institutions(select(Institution).where(Institution.is_active), text)
    return list(db.session.scalars(statement.order_by(Institution.name).limit(rules.MOST_FOUND)))


def find_walk_in(meeting_id: UUID, form_key: str) -> WalkIn | None:
    """Return who wrote their name on a page of the door."""
    return db.session.scalar(
        select(WalkIn).where(WalkIn.meeting_id == meeting_id, WalkIn.form_key == form_key)
    )


def find_kept_kiosk(actor: Actor, kiosk_id: UUID) -> Kiosk | None:
    """Return a tablet at a meeting whose register the actor keeps."""
    return db.session.scalar(
        select(Kiosk)
        .join(Meeting, Meeting.id == Kiosk.meeting_id)
        .join(Cohort, Cohort.id == Meeting.cohort_id)
        .where(Kiosk.id == kiosk_id, kept_cohorts(actor))
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkedIn:
    """Somebody to be confirmed, with where they came from and where they wrote their name."""

    walk_in: WalkIn
    enrolment: Enrolment
    person: Person
    institution: Institution
    meeting: Meeting
    namesake: Person | None = None
    """Who has the address that they typed already."""


def _walked_in() -> Select[*tuple[Any, ...]]:
    statement: Select[*tuple[Any, ...]] = (
        select(WalkIn, Enrolment, Person, Institution, Meeting)
        .join(Enrolment, Enrolment.id == WalkIn.enrolment_id)
        .join(Person, Person.id == Enrolment.person_id)
        .join(Institution, Institution.id == Enrolment.institution_id)
        .join(Meeting, Meeting.id == WalkIn.meeting_id)
    )
    return statement


def _read(row: Any) -> WalkedIn:
    walk_in, enrolment, person, institution, meeting = row
    known = find_person_by_email(walk_in.email) if walk_in.email else None
    return WalkedIn(
        walk_in=walk_in,
        enrolment=enrolment,
        person=person,
        institution=institution,
        meeting=meeting,
        namesake=known if known and known.id != person.id else None,
    )


def list_pending(cohort_id: UUID) -> list[WalkedIn]:
    """Return who waits to be confirmed in a cohort, in the order in which they came."""
    statement = _walked_in().where(Enrolment.cohort_id == cohort_id, WalkIn.state == WalkInState.PENDING)
    return [_read(row) for row in db.session.execute(statement.order_by(WalkIn.arrived_at, WalkIn.id))]


def find_kept_walk_in(actor: Actor, walk_in_id: UUID) -> WalkedIn | None:
    """Return somebody to be confirmed in a cohort whose register the actor keeps."""
    statement = _walked_in().join(Cohort, Cohort.id == Enrolment.cohort_id)
    row = db.session.execute(statement.where(WalkIn.id == walk_in_id, kept_cohorts(actor))).one_or_none()
    return _read(row) if row else None


def pending_among(enrolment_ids: Sequence[UUID]) -> Mapping[UUID, datetime]:
    """Return which of these enrolments wait to be confirmed, and since when."""
    rows = db.session.execute(
        select(WalkIn.enrolment_id, WalkIn.arrived_at).where(
            WalkIn.enrolment_id.in_(enrolment_ids), WalkIn.state == WalkInState.PENDING
        )
    ).all()
    return {row[0]: row[1] for row in rows}

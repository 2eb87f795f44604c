"""Reads for lists that are taken along: the people of several meetings at once."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from uuid import UUID

from sqlalchemy import func, select

from lms.accounts.models import Person
from lms.attendance.credits import offered_of
from lms.attendance.folding import fold as fold_seen
from lms.attendance.models import Attendance, AttendanceObservation, Meeting
from lms.attendance.offline.rules import Standing
from lms.attendance.queries import LocalMeeting, observations_of
from lms.attendance.rules import Mark
from lms.core.db import db
from lms.core.folding import fold
from lms.institutions.directory.models import Institution
from lms.institutions.directory.queries import search_institutions
from lms.learning.models import Enrolment, EnrolmentState

MOST_PLACES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A person on a list: nothing more leaves the platform."""

    enrolment_id: UUID
    name: str
    institution: str
    state: str
    """Code of the state that they have; empty for none."""


def list_rows(meetings: Collection[LocalMeeting]) -> dict[UUID, list[Row]]:
    """Return by meeting everybody who takes part, by name, with their state; one query for all."""
    marked = (Attendance.meeting_id == Meeting.id) & (Attendance.enrolment_id == Enrolment.id)
    rows = db.session.execute(
        select(Meeting.id, Enrolment.id, Person, Institution, Attendance.state)
        .join(Enrolment, Enrolment.cohort_id == Meeting.cohort_id)
        .join(Person, Person.id == Enrolment.person_id)
        .join(Institution, Institution.id == Enrolment.institution_id)
        .outerjoin(Attendance, marked)
        .where(Meeting.id.in_([each.id for each in meetings]), Enrolment.state == EnrolmentState.ACTIVE)
        .order_by(Person.search_text, Person.id)
    ).all()
    found: dict[UUID, list[Row]] = {each.id: [] for each in meetings}
    for row in rows:
        entry = Row(enrolment_id=row[1], name=row[2].name, institution=row[3].label, state=row[4] or "")
        found[row[0]].append(entry)
    return found


def labels_of(programme_id: UUID, usual: Mapping[Mark, str]) -> dict[str, str]:
    """Return by code what a programme calls the states in use, in their order; the usual words where it has none."""
    own = {row.code: row.label or usual[row.role] for row in offered_of(programme_id)}
    return own or {mark.value: usual[mark] for mark in Mark}


def standings_of(
    meeting: Meeting, enrolment_ids: Collection[UUID], origins: Collection[str]
) -> tuple[dict[UUID, Standing], dict[str, UUID]]:
    """Return how these people stand at a meeting, and whose the known ones of these origins are; one query."""
    known = observations_of(meeting.id, enrolment_ids, origins)
    noted = {each.origin: each.enrolment_id for each in known}
    people = sorted(known, key=attrgetter("enrolment_id.hex"))
    found = {
        key: _standing(meeting, list(group)) for key, group in groupby(people, key=attrgetter("enrolment_id"))
    }
    return {key: each for key, each in found.items() if each}, noted


def _standing(meeting: Meeting, known: Collection[AttendanceObservation]) -> Standing | None:
    folded = fold_seen((each.seen for each in known), meeting.terms)
    if folded is None:
        return None
    decisive = next(each for each in known if each.id == folded.decided_by)
    return Standing(
        state=decisive.state if folded.is_verdict else folded.mark.value,
        method=decisive.method,
        recorded_at=decisive.recorded_at,
        origin=decisive.origin,
        author_id=decisive.actor_id,
    )


def find_places(cohort_id: UUID, text: str) -> tuple[Institution | None, list[Institution]]:
    """Return the institution that a text names, if it names exactly one, and those that it may mean.

    When nothing is like the text, these are the ones of the cohort's own people.
    """
    open_ones = select(Institution).where(Institution.is_active)
    size = func.length(Institution.search_text)
    alike = search_institutions(open_ones, text).order_by(size, Institution.id).limit(MOST_PLACES)
    found = list(db.session.scalars(alike))
    exact = [each for each in found if fold(text) in {fold(each.name), fold(each.short_name)}]
    if len(exact) == 1:
        return exact[0], found
    if not found:
        own = select(Enrolment.institution_id).where(Enrolment.cohort_id == cohort_id)
        near = open_ones.where(Institution.id.in_(own)).order_by(Institution.search_text).limit(MOST_PLACES)
        found = list(db.session.scalars(near))
    return None, found


def find_open_institution(institution_id: UUID) -> Institution | None:
    """Return an institution that takes new people."""
    found = db.session.get(Institution, institution_id)
    return found if found and found.is_active else None

"""What narrows and sorts the register of a cohort."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, exists

from lms.accounts.models import Person
from lms.attendance.models import Attendance
from lms.attendance.permissions import AttendancePermission
from lms.attendance.shares import Share
from lms.core.actors import Actor
from lms.core.folding import like, words
from lms.institutions.directory.models import Institution
from lms.learning.models import Cohort, Enrolment, EnrolmentState
from lms.learning.queries import enrolment_condition


class Prospect(StrEnum):
    """Where a person stands against what is asked for, as a list is narrowed by it."""

    MET = "met"
    NOT_YET = "not-yet"
    TIGHT = "tight"
    """Not yet, and one more meeting missed puts it out of reach."""
    CANNOT = "cannot"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What narrows and sorts a register."""

    text: str = ""
    institution_id: UUID | None = None
    sector: str = ""
    state: str = ""
    """Code of a state of the programme that somebody has at one meeting at least."""
    prospect: Prospect | None = None
    sort: str = "name"
    """name, institution or share; a minus before it turns the order round."""

    @property
    def key(self) -> str:
        """Return what is sorted by."""
        return self.sort.removeprefix("-")

    @property
    def is_falling(self) -> bool:
        """Say whether the order is turned round."""
        return self.sort.startswith("-")


EVERYBODY: Final = Wanted()


def prospects_of(share: Share | None) -> frozenset[Prospect]:
    """Return under which headings a share is found; none without planned meetings."""
    if share is None:
        return frozenset()
    found = {Prospect(share.state.value)}
    return frozenset(found | {Prospect.TIGHT} if share.is_tight else found)


def register_of(actor: Actor, cohort: Cohort) -> list[ColumnElement[bool]]:
    """Return the conditions of the enrolments of a cohort in the actor's reach."""
    return [
        Enrolment.cohort_id == cohort.id,
        Enrolment.state == EnrolmentState.ACTIVE,
        enrolment_condition(actor, AttendancePermission.READ_REGISTER),
    ]


def narrowed(wanted: Wanted) -> list[ColumnElement[bool]]:
    """Return the conditions on enrolments, with their person, that a filter adds."""
    found: list[ColumnElement[bool]] = [
        Person.search_text.like(like(word), escape="\\") for word in words(wanted.text)
    ]
    if wanted.institution_id:
        found.append(Enrolment.institution_id == wanted.institution_id)
    if wanted.sector:
        found.append(Enrolment.sector == wanted.sector)
    if wanted.state:
        has_it = (Attendance.enrolment_id == Enrolment.id) & (Attendance.state == wanted.state)
        found.append(exists().where(has_it))
    return found


def order_of(wanted: Wanted) -> list[Any]:
    """Return the order of people; by share they are sorted once it is known."""
    key = Institution.search_text if wanted.key == "institution" else Person.search_text
    is_falling = wanted.is_falling and wanted.key != "share"
    return [key.desc() if is_falling else key, Person.search_text, Person.id]

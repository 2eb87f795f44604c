"""Reads about justifications."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, case, or_, select

from lms.accounts.models import Person
from lms.attendance.excuses.models import Excuse, ExcuseState
from lms.attendance.models import Meeting
from lms.attendance.queries import LocalMeeting, kept_cohorts, local_meetings, read_local
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.folding import like, words
from lms.institutions.directory.models import Institution
from lms.institutions.programmes.models import Programme
from lms.learning.models import Cohort, Enrolment

Row = tuple[Meeting, Cohort, Programme, Excuse, Enrolment, Person, Institution]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedExcuse:
    """A justification with its meeting and who asks."""

    local: LocalMeeting
    excuse: Excuse
    enrolment: Enrolment
    person: Person
    institution: Institution


def find_excuse(meeting_id: UUID, enrolment_id: UUID) -> Excuse | None:
    """Return what an enrolled person said of a meeting."""
    return db.session.scalar(
        select(Excuse).where(Excuse.meeting_id == meeting_id, Excuse.enrolment_id == enrolment_id)
    )


def rows(actor: Actor, *, text: str = "", state: str = "") -> Select[*tuple[Any, ...]]:
    """Return the select of the justifications that the actor decides on: those that wait, oldest first, then others."""
    statement: Select[*tuple[Any, ...]] = _asked().where(kept_cohorts(actor))
    if state:
        statement = statement.where(Excuse.state == state)
    for word in words(text):
        pattern = like(word)
        statement = statement.where(
            or_(Person.search_text.like(pattern, escape="\\"), Cohort.search_text.like(pattern, escape="\\"))
        )
    is_done = case((Excuse.state == ExcuseState.PENDING, 0), else_=1)
    return statement.order_by(is_done, Excuse.asked_at, Excuse.id)


def find_kept(actor: Actor, excuse_id: UUID) -> AskedExcuse | None:
    """Return a justification that the actor decides on."""
    row = db.session.execute(_asked().where(Excuse.id == excuse_id, kept_cohorts(actor))).one_or_none()
    return read_row(row) if row else None


def find_asked(excuse_id: UUID) -> AskedExcuse | None:
    """Return a justification. For jobs: a request asks ``access``."""
    row = db.session.execute(_asked().where(Excuse.id == excuse_id)).one_or_none()
    return read_row(row) if row else None


def read_row(row: Any) -> AskedExcuse:
    """Return a row of ``rows`` as a value."""
    return AskedExcuse(
        local=read_local(row), excuse=row[3], enrolment=row[4], person=row[5], institution=row[6]
    )


def list_with_paper(before: datetime) -> Sequence[Excuse]:
    """Return the justifications that were settled before a moment and still keep a paper."""
    return db.session.scalars(
        select(Excuse).where(
            Excuse.paper_id.is_not(None), Excuse.state != ExcuseState.PENDING, Excuse.changed_at < before
        )
    ).all()


def _asked() -> Select[*tuple[Any, ...]]:
    statement: Select[*tuple[Any, ...]] = (
        local_meetings()
        .add_columns(Excuse, Enrolment, Person, Institution)
        .join(Excuse, Excuse.meeting_id == Meeting.id)
        .join(Enrolment, Enrolment.id == Excuse.enrolment_id)
        .join(Person, Person.id == Enrolment.person_id)
        .join(Institution, Institution.id == Enrolment.institution_id)
        .where(Excuse.state != ExcuseState.WITHDRAWN)
    )
    return statement

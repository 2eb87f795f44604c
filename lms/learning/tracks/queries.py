"""Reads about changes of sector."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from lms.accounts.models import Person
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.errors import NotFound
from lms.core.folding import like, words
from lms.institutions.directory.models import Institution
from lms.learning.models import Cohort, Enrolment, EnrolmentState
from lms.learning.queries import enrolment_condition
from lms.learning.tracks.models import TrackRequest
from lms.learning.tracks.permissions import TrackPermission
from lms.learning.tracks.rules import TrackState


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackRow:
    """A request in a list."""

    id: UUID
    name: str
    institution: str
    cohort: str
    before: str | None
    after: str | None
    state: TrackState
    asked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PastChange:
    """A change of sector with who asked and who answered."""

    request: TrackRequest
    asked_by: str
    decided_by: str


def list_changes(enrolment_id: UUID) -> list[PastChange]:
    """Return the history of an enrolment's sector, latest first, in one query."""
    asker, decider = aliased(Person), aliased(Person)
    rows = db.session.execute(
        select(TrackRequest, asker, decider)
        .outerjoin(asker, asker.id == TrackRequest.asked_by)
        .outerjoin(decider, decider.id == TrackRequest.decided_by)
        .where(TrackRequest.enrolment_id == enrolment_id)
        .order_by(TrackRequest.asked_at.desc(), TrackRequest.id)
    ).all()
    return [
        PastChange(
            request=row[0], asked_by=row[1].name if row[1] else "", decided_by=row[2].name if row[2] else ""
        )
        for row in rows
    ]


def find_waiting(enrolment_id: UUID) -> TrackRequest | None:
    """Return the request of an enrolment that waits for its answer."""
    return db.session.scalar(
        select(TrackRequest).where(
            TrackRequest.enrolment_id == enrolment_id, TrackRequest.state == TrackState.WAITING
        )
    )


def list_of(enrolment_id: UUID, state: TrackState) -> Sequence[TrackRequest]:
    """Return the requests of an enrolment in one state."""
    return db.session.scalars(
        select(TrackRequest).where(TrackRequest.enrolment_id == enrolment_id, TrackRequest.state == state)
    ).all()


def get_request(request_id: UUID) -> TrackRequest:
    """Return a request; raises NotFound. For jobs: a request of the web asks ``access``."""
    found = db.session.get(TrackRequest, request_id)
    if found is None:
        raise NotFound
    return found


def rows(actor: Actor, *, text: str = "", state: str = "", sort: str = "") -> Select[*tuple[Any, ...]]:
    """Return the select of the requests that the actor may answer: those that wait, longest first, then the rest."""
    statement: Select[*tuple[Any, ...]] = (
        select(TrackRequest, Person, Institution.name, Cohort.name)
        .join(Enrolment, Enrolment.id == TrackRequest.enrolment_id)
        .join(Person, Person.id == Enrolment.person_id)
        .join(Institution, Institution.id == Enrolment.institution_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(enrolment_condition(actor, TrackPermission.DECIDE), Enrolment.state == EnrolmentState.ACTIVE)
    )
    for word in words(text):
        statement = statement.where(Person.search_text.like(like(word), escape="\\"))
    if state:
        statement = statement.where(TrackRequest.state == state)
    key = {"name": Person.search_text, "asked": TrackRequest.asked_at}.get(sort.removeprefix("-"))
    if key is not None:
        return statement.order_by(key.desc() if sort.startswith("-") else key, TrackRequest.id)
    waits = TrackRequest.state == TrackState.WAITING
    return statement.order_by(waits.desc(), TrackRequest.asked_at, TrackRequest.id)


def read_row(row: Any) -> TrackRow:
    """Return a row of ``rows`` as a value."""
    return TrackRow(
        id=row[0].id,
        name=row[1].name,
        institution=row[2],
        cohort=row[3],
        before=row[0].before,
        after=row[0].after,
        state=row[0].state,
        asked_at=row[0].asked_at,
    )


def find_reached(actor: Actor, request_id: UUID) -> TrackRequest | None:
    """Return a request that the actor may answer."""
    return db.session.scalar(
        select(TrackRequest)
        .join(Enrolment, Enrolment.id == TrackRequest.enrolment_id)
        .where(TrackRequest.id == request_id, enrolment_condition(actor, TrackPermission.DECIDE))
    )

"""The list of those who wait: who moves up when a place is free, and what frees one."""

from datetime import datetime

from sqlalchemy import select

from lms.core.actors import SYSTEM
from lms.core.db import db, savepoint
from lms.core.events import publish
from lms.institutions.merging.messages import PeopleMerged
from lms.learning import queries as learning_queries
from lms.learning.errors import CohortFull
from lms.learning.messages import CohortChanged, EnrolmentWithdrawn, PersonEnrolled
from lms.learning.models import Enrolment
from lms.learning.nominations import holding, queries, rules
from lms.learning.nominations.messages import NominationAccepted, NominationAdvanced, NominationWithdrawn
from lms.learning.nominations.queries import OpenCall
from lms.learning.nominations.rules import NominationState


def fill_places(found: OpenCall, *, now: datetime) -> int:
    """Give the free places to those who wait, in their order; return how many moved. After the course nobody does."""
    call, cohort = found.call, found.cohort
    holding.hold(call)
    if cohort.ends_on < queries.day_of(found, now):
        return 0
    rows = queries.list_quotas(call.id)
    taken = learning_queries.count_enrolled(cohort.id)
    steps = rules.promote(
        queries.list_waiting(call.id),
        {row.id: row.quota for row in rows},
        common=rules.common_free((row.quota for row in rows), queries.count_common_taken(call.id)),
        capacity=None if cohort.capacity is None else cohort.capacity - taken,
    )
    for done, step in enumerate(steps):
        try:
            with savepoint():
                _advance(step, now=now)
        except CohortFull:
            return done
    return len(steps)


def _advance(step: rules.Step, *, now: datetime) -> None:
    nomination = queries.get_nomination(step.id)
    nomination.from_common = step.from_common
    if step.is_accepted:
        holding.take(nomination, actor=SYSTEM, now=now, is_promoted=True)
        return
    nomination.state = NominationState.PROPOSED
    db.session.flush()
    publish(NominationAdvanced(at=now, actor=SYSTEM, subject_id=nomination.id, from_common=step.from_common))
    holding.tell(nomination, now=now)


def note_withdrawn(event: EnrolmentWithdrawn) -> None:
    """An enrolment ended: whoever held it through a nomination holds it no more, and the place is free."""
    found = queries.find_call(event.cohort_id)
    if found is None:
        return
    nomination = queries.find_live(found.id, event.person_id)
    if nomination and nomination.state is NominationState.ACCEPTED:
        nomination.state = NominationState.WITHDRAWN
        db.session.flush()
        publish(NominationWithdrawn(at=event.at, actor=event.actor, subject_id=nomination.id))
        holding.tell(nomination, now=event.at)
    holding.order_filling(found.call, now=event.at)


def note_enrolled(event: PersonEnrolled) -> None:
    """Somebody was enrolled by name: their nomination, if any, has its verdict."""
    found = queries.find_call(event.cohort_id)
    nomination = queries.find_live(found.id, event.person_id) if found else None
    if nomination and nomination.state is not NominationState.ACCEPTED:
        nomination.state = NominationState.ACCEPTED
        nomination.decided_at, nomination.decided_by = event.at, event.actor.person_id
        db.session.flush()
        publish(
            NominationAccepted(
                at=event.at, actor=event.actor, subject_id=nomination.id, from_common=False, is_promoted=False
            )
        )


def note_merged(event: PeopleMerged) -> None:
    """Two records of one person became one: where both took part a place is free."""
    shared = select(Enrolment.cohort_id).where(
        Enrolment.person_id == event.gone_id, Enrolment.merged_into_id.is_not(None)
    )
    for cohort_id in db.session.scalars(shared).all():
        found = queries.find_call(cohort_id)
        if found:
            holding.order_filling(found.call, now=event.at)


def note_changed(event: CohortChanged) -> None:
    """A cohort got more places, perhaps: see who fits in now."""
    found = queries.find_call(event.subject_id) if "capacity" in event.fields else None
    if found:
        holding.order_filling(found.call, now=event.at)

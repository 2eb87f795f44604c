"""What every verb about nominations shares: holding the call, giving a place, telling and filling up afterwards."""

from datetime import datetime

from sqlalchemy import select

from lms.accounts.queries import get_person
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.events import publish
from lms.core.jobs.orders import enqueue
from lms.learning import queries as learning_queries
from lms.learning import service as learning
from lms.learning.models import Cohort
from lms.learning.nominations.messages import FillPlaces, NominationAccepted, TellVerdict
from lms.learning.nominations.models import Nomination, NominationCall
from lms.learning.nominations.rules import NominationState


def hold(call: NominationCall) -> None:
    """Keep the call from others until the transaction ends."""
    db.session.execute(select(NominationCall.id).where(NominationCall.id == call.id).with_for_update())


def hold_call_of(nomination: Nomination) -> NominationCall:
    """Keep the call of a nomination from others, and read the nomination as they left it."""
    call = db.session.get_one(NominationCall, nomination.call_id)
    hold(call)
    db.session.refresh(nomination)
    return call


def take(nomination: Nomination, *, actor: Actor, now: datetime, is_promoted: bool = False) -> None:
    """Accept a person and enrol them; raises CohortFull."""
    call = db.session.get_one(NominationCall, nomination.call_id)
    nomination.state = NominationState.ACCEPTED
    nomination.decided_at, nomination.decided_by = now, actor.person_id
    db.session.flush()
    enrol_nominee(nomination, learning_queries.get_cohort(call.cohort_id), actor=actor, now=now)
    publish(
        NominationAccepted(
            at=now, actor=actor, subject_id=nomination.id, from_common=nomination.from_common,
            is_promoted=is_promoted,
        )
    )  # fmt: skip
    tell(nomination, now=now)


def enrol_nominee(nomination: Nomination, cohort: Cohort, *, actor: Actor, now: datetime) -> None:
    """Enrol a person for the institution that nominated them; raises CohortFull."""
    person, place = get_person(nomination.person_id), nomination.institution_id
    learning.enrol(cohort, person, institution_id=place, actor=actor, now=now)


def tell(nomination: Nomination, *, now: datetime) -> None:
    """Order the letter to whoever nominated; one for each state that a nomination comes to."""
    if nomination.proposed_by:
        key = f"{TellVerdict.code}:{nomination.id}:{nomination.state.value}:{now:%Y%m%d%H%M%S}"
        order = TellVerdict(nomination_id=str(nomination.id), state=nomination.state.value)
        enqueue(order, now=now, key=key)


def order_filling(call: NominationCall, *, now: datetime) -> None:
    """See later who of those who wait fits in; asked too often it is harmless, so the order has no key."""
    enqueue(FillPlaces(call_id=str(call.id)), now=now)

"""What became of a nomination, who took whose place, and what still waits for the staff."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import case, func, select

from lms.accounts.models import Person
from lms.core.actors import Actor
from lms.core.audit import AuditEntry
from lms.core.db import db
from lms.learning.models import Cohort
from lms.learning.nominations.models import Nomination, NominationCall
from lms.learning.nominations.permissions import NominationPermission
from lms.learning.nominations.queries import nomination_condition
from lms.learning.nominations.rules import NominationState
from lms.operations.queries import Fact, entries, fact_of

LONGEST_CHAIN = 20
MOST_UNDECIDED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A nomination in the chain of those who passed a place on."""

    id: UUID
    name: str
    state: NominationState


@dataclass(frozen=True, slots=True, kw_only=True)
class Undecided:
    """A cohort in which nominations wait for the staff."""

    cohort_id: UUID
    name: str
    proposed: int
    late: int


def list_undecided(actor: Actor) -> list[Undecided]:
    """Return the cohorts in which the actor has nominations to decide, the call that closed first leading."""
    is_proposed, is_late = (
        case((Nomination.state == state, 1)) for state in (NominationState.PROPOSED, NominationState.LATE)
    )
    rows = db.session.execute(
        select(Cohort.id, Cohort.name, func.count(is_proposed), func.count(is_late))
        .join(NominationCall, NominationCall.cohort_id == Cohort.id)
        .join(Nomination, Nomination.call_id == NominationCall.id)
        .where(
            Nomination.state.in_([NominationState.PROPOSED, NominationState.LATE]),
            nomination_condition(actor, NominationPermission.MANAGE),
        )
        .group_by(Cohort.id, Cohort.name, NominationCall.closes_at)
        .order_by(NominationCall.closes_at, Cohort.name)
        .limit(MOST_UNDECIDED)
    ).all()
    return [Undecided(cohort_id=row[0], name=row[1], proposed=row[2], late=row[3]) for row in rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a nomination, as whoever sent it reads it."""

    name: str
    state: NominationState
    reason: str
    """Why it was declined or withdrawn."""


def outcomes_of(call_id: UUID) -> dict[UUID, list[Outcome]]:
    """Return what became of everybody nominated in a call, by quota and in the order of arrival, in one query.

    Whoever was replaced is left out: the person who has the place now stands for them.
    """
    rows = db.session.execute(
        select(Nomination, Person)
        .join(Person, Person.id == Nomination.person_id)
        .where(Nomination.call_id == call_id, Nomination.state != NominationState.REPLACED)
        .order_by(Nomination.queued_at, Nomination.proposed_at, Nomination.id)
    ).all()
    found: dict[UUID, list[Outcome]] = {}
    for nomination, person in rows:
        outcome = Outcome(name=person.name, state=nomination.state, reason=nomination.reason)
        found.setdefault(nomination.quota_id, []).append(outcome)
    return found


def sample_of_each_state(call_id: UUID) -> list[Nomination]:
    """Return one nomination of each state of which whoever nominated is told, the newest: to show the letters."""
    told = (NominationState.ACCEPTED, NominationState.WAITING, NominationState.DECLINED)
    rows = db.session.scalars(
        select(Nomination)
        .where(Nomination.call_id == call_id, Nomination.state.in_(told))
        .order_by(Nomination.proposed_at)
    )
    newest = {row.state: row for row in rows}
    return [newest[state] for state in told if state in newest]


def list_facts(chain: Sequence[Link]) -> list[Fact]:
    """Return what happened to everybody who held the place, first things first, in one query."""
    ids = [each.id for each in chain]
    rows = db.session.execute(entries().where(AuditEntry.subject_id.in_(ids))).all()
    return [fact_of(entry, person) for entry, person in reversed(rows)]


def list_chain(nomination: Nomination) -> list[Link]:
    """Return who held the place, from the first to the last; one alone when nobody was replaced."""
    chain = [nomination]
    while chain[0].replaces_id and len(chain) < LONGEST_CHAIN:
        chain.insert(0, db.session.get_one(Nomination, chain[0].replaces_id))
    while chain[-1].state is NominationState.REPLACED and len(chain) < LONGEST_CHAIN:
        successor = db.session.query(Nomination).filter_by(replaces_id=chain[-1].id).one()
        chain.append(successor)
    return [
        Link(id=each.id, name=db.session.get_one(Person, each.person_id).name, state=each.state)
        for each in chain
    ]

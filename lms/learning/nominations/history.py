"""What became of a nomination, and who took whose place."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from lms.accounts.models import Person
from lms.core.audit import AuditEntry
from lms.core.db import db
from lms.learning.nominations.models import Nomination
from lms.learning.nominations.rules import NominationState
from lms.operations.queries import Fact, entries, fact_of

LONGEST_CHAIN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A nomination in the chain of those who passed a place on."""

    id: UUID
    name: str
    state: NominationState


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

"""Nominating everybody whom a file names, once somebody has looked at the verdicts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lms.accounts.models import Person
from lms.core.actors import Actor
from lms.core.db import db, savepoint
from lms.core.errors import DomainError
from lms.institutions.people import service as people
from lms.learning.nominations import service
from lms.learning.nominations.nominee_file import TO_SEND, NomineeRow, RowState
from lms.learning.nominations.queries import OpenCall
from lms.learning.nominations.rules import NominationState
from lms.learning.nominations.service import Nominee


@dataclass(frozen=True, slots=True, kw_only=True)
class ListWishes:
    """What whoever looked at the verdicts asked for."""

    adds_possible: bool = False
    """Whether rows that may be somebody who is known are nominated as new people."""
    late_reason: str = ""


def nominate_file(
    found: OpenCall, rows: Sequence[NomineeRow], wishes: ListWishes, *, actor: Actor, now: datetime
) -> Counter[NominationState]:
    """Nominate whom the rows say and return how many came to which state; sending a file again adds nobody.

    The rows were judged while the call was held, in the same transaction. People are written many at a time.
    """
    wanted = [row for row in rows if _is_wanted(row, wishes)]
    found_or_made = [(row, _person(row, actor=actor, now=now)) for row in wanted]
    db.session.flush()
    nominees = [
        Nominee(person_id=person.id, institution_id=row.institution_id, quota_id=row.quota_id)
        for row, person in found_or_made
        if person and row.institution_id and row.quota_id
    ]
    return service.nominate_all(found, nominees, late_reason=wishes.late_reason, actor=actor, now=now)


def _is_wanted(row: NomineeRow, wishes: ListWishes) -> bool:
    if row.state is RowState.POSSIBLE:
        return wishes.adds_possible and bool(row.values and row.values.email)
    return row.state in TO_SEND


def _person(row: NomineeRow, *, actor: Actor, now: datetime) -> Person | None:
    """Return whom a row names, registered where they work; None for a known person who cannot work there."""
    if row.work is None or row.values is None:
        return row.person
    if row.person is None:
        return people.add_new(row.values, row.work, actor=actor, now=now)
    try:
        with savepoint():
            people.affiliate(row.person, row.work, actor=actor, now=now)
    except DomainError:
        return None
    return row.person

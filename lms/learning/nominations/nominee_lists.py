"""Nominating everybody whom a file names, once somebody has looked at the verdicts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lms.core.actors import Actor
from lms.core.db import savepoint
from lms.core.errors import DomainError
from lms.learning.nominations import service
from lms.learning.nominations.models import Nomination
from lms.learning.nominations.nominee_file import TO_SEND, NomineeRow, RowState
from lms.learning.nominations.queries import OpenCall
from lms.learning.nominations.rules import NominationState


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

    A row that is refused after all, because something changed meanwhile, leaves the others as they are and
    keeps its place in the list with its reason.
    """
    done: Counter[NominationState] = Counter()
    for row in rows:
        if not _is_wanted(row, wishes):
            continue
        try:
            with savepoint():
                done[_nominate(found, row, wishes.late_reason, actor=actor, now=now).state] += 1
        except DomainError:
            continue
    return done


def _is_wanted(row: NomineeRow, wishes: ListWishes) -> bool:
    if row.state is RowState.POSSIBLE:
        return wishes.adds_possible and bool(row.values and row.values.email)
    return row.state in TO_SEND


def _nominate(
    found: OpenCall, row: NomineeRow, late_reason: str, *, actor: Actor, now: datetime
) -> Nomination:
    if row.work and row.values:
        return service.nominate_new(
            found, row.values, row.work, late_reason=late_reason, actor=actor, now=now
        )
    if row.person is None:
        message = f"line {row.row.line} names nobody"
        raise ValueError(message)
    return service.nominate(found, row.person, late_reason=late_reason, actor=actor, now=now)

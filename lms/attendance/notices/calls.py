"""A cohort's call as the notices to focal points see it: who has places left, and what became of whom they sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from lms.accounts.models import Person
from lms.attendance.notices.rules import NoticeKind
from lms.institutions.directory.queries import get_institution, list_focal_points
from lms.learning.nominations.history import Outcome, outcomes_of
from lms.learning.nominations.queries import OpenCall, QuotaRow, find_call, list_quotas
from lms.learning.nominations.rules import NominationState, Phase

OPEN_STATES = frozenset({NominationState.LATE, NominationState.PROPOSED})
"""The staff has yet to say something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallPart:
    """What a call is for one focal point."""

    found: OpenCall
    person: Person
    quotas: Sequence[QuotaRow]
    """Of the institutions for which the person answers."""
    outcomes: Sequence[Outcome]

    @property
    def is_settled(self) -> bool:
        """Say whether the staff has said something of everybody."""
        return not any(each.state in OPEN_STATES for each in self.outcomes)

    @property
    def with_places(self) -> list[QuotaRow]:
        """Return the quotas that have places left."""
        return [row for row in self.quotas if row.quota.free]


@dataclass(frozen=True, kw_only=True)
class CallStanding:
    """The call of a cohort at a moment."""

    found: OpenCall
    now: datetime

    @property
    def occasion(self) -> str:
        """Return what tells the notices of a call from those before its deadline was moved."""
        return f"{self.found.call.closes_at:%Y%m%d%H%M}"

    @cached_property
    def parts(self) -> dict[UUID, CallPart]:
        """Return what the call is for each focal point, by person."""
        rows: dict[UUID, tuple[Person, list[QuotaRow]]] = {}
        outcomes = outcomes_of(self.found.id)
        for row in list_quotas(self.found.id):
            for person in list_focal_points(get_institution(row.institution_id)):
                rows.setdefault(person.id, (person, []))[1].append(row)
        return {
            key: CallPart(
                found=self.found,
                person=person,
                quotas=quotas,
                outcomes=[each for row in quotas for each in outcomes.get(row.id, [])],
            )
            for key, (person, quotas) in rows.items()
        }

    def concerns(self, kind: NoticeKind, part: CallPart) -> bool:
        """Say whether a notice of this kind has something to tell a focal point now."""
        phase = self.found.phase(self.now)
        if kind is NoticeKind.CALL_CLOSING:
            return phase is Phase.OPEN and bool(part.with_places)
        return phase is Phase.CLOSED and bool(part.outcomes)


def standing_of(cohort_id: UUID, now: datetime) -> CallStanding | None:
    """Return how the call of a cohort stands; None without a call."""
    found = find_call(cohort_id)
    return CallStanding(found=found, now=now) if found else None

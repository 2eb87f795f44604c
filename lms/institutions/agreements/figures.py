"""What the commitments of an agreement have come to, with small groups protected."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from lms.core.context import registry
from lms.core.small_cells import Hidden
from lms.core.text import Text
from lms.institutions.agreements.models import Agreement, AgreementCommitment
from lms.institutions.agreements.queries import Party
from lms.institutions.agreements.rules import Figure, protect
from lms.plugins.commitments import CommitmentCounter, CommitmentWindow

QUARTER: Final = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A commitment with what was counted so far."""

    commitment: AgreementCommitment
    label: Text
    definition: Text
    party: str
    """Whose people count; empty for the whole programme."""
    reached: int | Hidden | None
    """None while the agreement has not begun, or when nobody counts this any more."""
    is_exact: bool = True
    """Whether the number is told; else only the quarters of what was promised that it reaches."""

    @property
    def percent(self) -> int | None:
        """Return how far it is in whole percent, at most 100, or in quarters; None when that is not shown."""
        if not isinstance(self.reached, int):
            return None
        whole = min(100, self.reached * 100 // self.commitment.wanted)
        return whole if self.is_exact else whole // QUARTER * QUARTER


def list_progress(
    agreement: Agreement,
    commitments: Sequence[AgreementCommitment],
    parties: Sequence[Party],
    day: date,
    *,
    tells_people: bool,
) -> list[Progress]:
    """Return each commitment with its count up to a day, one query each; people under five are not told.

    Whoever reads tables with protected cells gets people in quarters of the promise (``tells_people`` is False): the
    exact total of a sector beside such a table would tell the cell that it protects.
    """
    known: dict[UUID | None, Party] = {party.id: party for party in parties}
    counted = {each: _count(agreement, each, known, day) for each in commitments}
    shown = _protected(counted)
    return [
        Progress(
            commitment=each,
            label=counter.label if counter else each.counter,
            definition=counter.definition if counter else "",
            party=known[each.party_id].name if each.party_id else "",
            reached=shown[each],
            is_exact=tells_people or counter is None or not counter.counts_people,
        )
        for each in commitments
        for counter in [counter_of(each)]
    ]


def counter_of(commitment: AgreementCommitment) -> CommitmentCounter | None:
    """Return who counts a commitment; None when its plugin is gone."""
    counters: Mapping[str, CommitmentCounter] = registry("commitment_counters")
    return counters.get(commitment.counter)


def _count(
    agreement: Agreement,
    commitment: AgreementCommitment,
    parties: Mapping[UUID | None, Party],
    day: date,
) -> int | None:
    counter = counter_of(commitment)
    if counter is None or agreement.starts_on is None or agreement.starts_on > day:
        return None
    party = parties.get(commitment.party_id)
    own = party.row.institution_id if party else None
    if agreement.programme_id is None and own is None:
        return None
    return counter.count(
        CommitmentWindow(
            programme_id=agreement.programme_id,
            institution_ids=frozenset({own} if own else ()),
            first=agreement.starts_on,
            last=min(day, agreement.ends_on or day),
            sector=commitment.sector,
        )
    )


def _protected(
    counted: Mapping[AgreementCommitment, int | None],
) -> dict[AgreementCommitment, int | Hidden | None]:
    """Protect the people of each counter: no number under five, and none that follows from the others."""
    shown: dict[AgreementCommitment, int | Hidden | None] = dict(counted)
    for counter in registry("commitment_counters").values():
        if not counter.counts_people:
            continue
        mine = {each: n for each, n in counted.items() if each.counter == counter.name and n is not None}
        told = protect({_figure(each): number for each, number in mine.items()})
        shown.update({each: told[_figure(each)] for each in mine})
    return shown


def _figure(commitment: AgreementCommitment) -> Figure:
    return Figure(party=str(commitment.party_id or ""), sector=commitment.sector)

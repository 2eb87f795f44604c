"""Who of the cohort a connection belongs to: by address, then by name; in doubt a person decides. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from uuid import UUID

from lms.attendance.meeting_reports.rules import Stay
from lms.core.folding import fold

LIKELY = 0.72
"""How alike two names must be to be offered; a person still says whether they are one (difflib's ratio, 0 to 1)."""
MOST_OFFERED = 3
MOST_COMPARED = 60
"""So many participants without a match are compared with everybody; the rest wait until those are settled."""


class Ground(StrEnum):
    """Why a connection was given to somebody."""

    EMAIL = "email"
    NAME = "name"
    PERSON = "person"
    """Somebody who keeps the register said so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody enrolled, as far as matching needs to know."""

    enrolment_id: UUID
    name: str
    emails: frozenset[str]
    """Addresses in lower case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """All the connections of one account in a call."""

    key: str
    """Stable within a report: its address, or its folded name."""
    name: str
    stays: tuple[Stay, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A participant and whom they are taken for."""

    participant: Participant
    enrolment_id: UUID | None
    ground: Ground | None
    offered: tuple[UUID, ...] = ()
    """Who it might be, the most alike first; only for those without a match."""


def participants_of(stays: Iterable[Stay]) -> list[Participant]:
    """Return the connections by account, in the order in which accounts first appear."""
    groups: defaultdict[str, list[Stay]] = defaultdict(list)
    for stay in stays:
        groups[stay.email or fold(stay.other_name or stay.name)].append(stay)
    return [Participant(key=key, name=group[0].name, stays=tuple(group)) for key, group in groups.items()]


def match(
    participants: Sequence[Participant], members: Sequence[Member], *, decided: Mapping[str, UUID | None]
) -> list[Match]:
    """Return whom each participant is taken for.

    An address that one member has settles it; else a name that exactly one member has, in any order of its words.
    ``decided`` holds what a person said, by the participant's key; None says that it is nobody of the cohort.
    """
    by_email = {email: member.enrolment_id for member in members for email in member.emails}
    by_name: defaultdict[frozenset[str], list[UUID]] = defaultdict(list)
    for member in members:
        by_name[_words(member.name)].append(member.enrolment_id)
    found = [_match(each, by_email, by_name, decided) for each in participants]
    open_ones = [each for each in found if each.ground is None][:MOST_COMPARED]
    offered = {each.participant.key: _alike(each.participant.stays[0], members) for each in open_ones}
    return [replace(each, offered=offered.get(each.participant.key, ())) for each in found]


def _match(
    participant: Participant,
    by_email: Mapping[str, UUID],
    by_name: Mapping[frozenset[str], list[UUID]],
    decided: Mapping[str, UUID | None],
) -> Match:
    if participant.key in decided:
        return Match(participant=participant, enrolment_id=decided[participant.key], ground=Ground.PERSON)
    first = participant.stays[0]
    if own := by_email.get(first.email):
        return Match(participant=participant, enrolment_id=own, ground=Ground.EMAIL)
    for name in (first.other_name, first.name):
        same = by_name.get(_words(name), []) if name else []
        if len(same) == 1:
            return Match(participant=participant, enrolment_id=same[0], ground=Ground.NAME)
    return Match(participant=participant, enrolment_id=None, ground=None)


def _alike(stay: Stay, members: Sequence[Member]) -> tuple[UUID, ...]:
    names = [name for name in (stay.name, stay.other_name) if name]
    scored = [
        (max((_likeness(name, member.name) for name in names), default=0), member) for member in members
    ]
    likely = sorted((pair for pair in scored if pair[0] >= LIKELY), key=lambda pair: (-pair[0], pair[1].name))
    return tuple(member.enrolment_id for _score, member in likely[:MOST_OFFERED])


def _likeness(one: str, other: str) -> float:
    """Return how alike two names are; a name that is part of the other, as «Ana Pérez» of four words, is alike."""
    few, many = sorted((_words(one), _words(other)), key=len)
    if len(few) >= 2 and few <= many:
        return 1
    compared = SequenceMatcher(None, " ".join(sorted(few)), " ".join(sorted(many)))
    return compared.ratio() if compared.quick_ratio() >= LIKELY else 0


def _words(name: str) -> frozenset[str]:
    return frozenset(fold(name).split())

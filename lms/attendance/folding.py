"""From what was observed about a person at a meeting to one mark and the time they were there. Pure.

Observations are only ever added. The same set gives the same result in whatever order it came and however often
parts of it were repeated: that makes phones that synchronise late, files sent twice and corrections harmless.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import groupby
from typing import Final

from lms.attendance.rules import HERE, Kind, Mark

SECOND: Final = timedelta(seconds=1)

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a meeting says about marks."""

    starts_at: datetime
    ends_at: datetime
    late_from: datetime
    minimum_share: Fraction
    """Part of the meeting below which somebody who left was not there to its end in any useful sense."""

    @property
    def length(self) -> timedelta:
        """Return how long the meeting lasts."""
        return self.ends_at - self.starts_at

    def cut(self, span: Span) -> Span:
        """Return the part of a span that lies inside the meeting; without length when none does."""
        start, end = max(span[0], self.starts_at), min(span[1], self.ends_at)
        return start, max(start, end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One observation."""

    id: int
    """Rises in the order in which observations were written; decides between two of the same instant."""
    kind: Kind
    happened_at: datetime
    stay: str = ""
    """Ties an entry to its own exit where several run side by side, such as the devices of a call."""
    role: Mark | None = None
    """What a verdict says; null for entries and exits."""

    @property
    def place(self) -> tuple[datetime, int]:
        """Return where it stands in time."""
        return self.happened_at, self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """What follows from everything observed."""

    mark: Mark
    decided_by: int
    """Id of the observation from which method, author and note are taken."""
    is_verdict: bool
    """Whether a person decided, rather than the times of coming and going."""
    seconds: int
    """Whole seconds inside the meeting."""
    checked_in_at: datetime | None
    """First entry; a verdict does not change it."""


def fold(seen: Iterable[Seen], terms: Terms) -> Folded | None:
    """Return the mark and the time that follow; None when nothing but exits is known.

    The latest verdict decides over what doors and calls saw. One that says that somebody is away gives way when
    the person came after it and not before: it was no correction, they were late.
    """
    known = sorted({each.id: each for each in seen}.values(), key=lambda each: each.place)
    entries = _entries(known)
    verdict = next((each for each in reversed(known) if each.kind is Kind.VERDICT), None)
    arrived = entries[0].happened_at if entries else None
    if verdict and verdict.role and not _is_overtaken(verdict, entries):
        return Folded(
            mark=verdict.role,
            decided_by=verdict.id,
            is_verdict=True,
            seconds=_total(_vouched(verdict, known, terms), terms),
            checked_in_at=arrived,
        )
    if not entries:
        return None
    seconds = _total(_spans(known, terms), terms)
    mark = _measure(known, seconds, terms)
    return Folded(
        mark=mark, decided_by=entries[0].id, is_verdict=False, seconds=seconds, checked_in_at=arrived
    )


def stays(seen: Iterable[Seen], terms: Terms) -> list[Span]:
    """Return from when to when somebody was there, cut to the meeting: the spans whose union ``fold`` measures."""
    known = sorted({each.id: each for each in seen}.values(), key=lambda each: each.place)
    entries = _entries(known)
    verdict = next((each for each in reversed(known) if each.kind is Kind.VERDICT), None)
    if verdict and verdict.role and not _is_overtaken(verdict, entries):
        found = _vouched(verdict, known, terms)
    else:
        found = _spans(known, terms) if entries else []
    return [terms.cut(span) for span in found]


def _entries(known: Iterable[Seen]) -> list[Seen]:
    """Return the entries that tell when somebody came.

    A stay that ends as it begins was taken back, as a corrected report does: it tells nothing while others do.
    """
    doors = list(known)
    void = {(each.stay, each.happened_at) for each in doors if each.kind is Kind.EXIT and each.stay}
    entries = [each for each in doors if each.kind is Kind.ENTRY]
    return [each for each in entries if (each.stay, each.happened_at) not in void] or entries


def _is_overtaken(verdict: Seen, entries: Sequence[Seen]) -> bool:
    return verdict.role not in HERE and bool(entries) and entries[0].place > verdict.place


def _measure(known: Sequence[Seen], seconds: int, terms: Terms) -> Mark:
    """Return the mark that coming and going earn, seconds being the time between the two."""
    first = _entries(known)[0].happened_at
    is_short = seconds < terms.minimum_share * (terms.length // SECOND)
    has_left = any(each.kind is Kind.EXIT for each in known)
    if first > terms.ends_at or (has_left and not seconds):
        return Mark.ABSENT
    if has_left and is_short:
        return Mark.LEFT_EARLY
    return Mark.LATE if first >= terms.late_from else Mark.PRESENT


def _vouched(verdict: Seen, known: Sequence[Seen], terms: Terms) -> list[Span]:
    """Return the time for which a verdict vouches; exits seen after it still end it."""
    entries = [each.happened_at for each in _entries(known)]
    match verdict.role:
        case Mark.PRESENT:
            since = terms.starts_at
        case Mark.LATE:
            since = entries[0] if entries else min(terms.late_from, terms.ends_at)
        case Mark.LEFT_EARLY:
            return [(entries[0] if entries else terms.starts_at, _left_at(verdict, known, terms))]
        case _:
            return []
    later = [each for each in known if each.kind is not Kind.VERDICT and each.place > verdict.place]
    arrival = replace(verdict, kind=Kind.ENTRY, role=None, happened_at=since)
    return _spans([arrival, *later], terms)


def _left_at(verdict: Seen, known: Sequence[Seen], terms: Terms) -> datetime:
    """Return when somebody left: their last exit, else when it was noted during the meeting, else a minimum of it."""
    exits = [each.happened_at for each in known if each.kind is Kind.EXIT]
    if exits:
        return exits[-1]
    if terms.starts_at < verdict.happened_at < terms.ends_at:
        return verdict.happened_at
    share = terms.minimum_share
    return terms.starts_at + terms.length * share.numerator / share.denominator


def _spans(known: Sequence[Seen], terms: Terms) -> list[Span]:
    """Return from when to when somebody was there; who was not seen leaving stayed to the end."""
    doors = [each for each in known if each.kind is not Kind.VERDICT]
    found: list[Span] = []
    for _stay, group in groupby(sorted(doors, key=lambda each: each.stay), key=lambda each: each.stay):
        found += _stays(sorted(group, key=_door_order), terms.ends_at)
    return found


def _door_order(each: Seen) -> tuple[datetime, bool, int]:
    """Return the order of coming and going; of one instant, coming is first and nothing is gained."""
    return each.happened_at, each.kind is Kind.EXIT, each.id


def _stays(doors: Iterable[Seen], ends_at: datetime) -> list[Span]:
    found: list[Span] = []
    since: datetime | None = None
    for each in doors:
        if each.kind is Kind.ENTRY:
            since = since or each.happened_at
        elif since:
            found.append((since, each.happened_at))
            since = None
    return [*found, (since, max(since, ends_at))] if since else found


def _total(spans: Iterable[Span], terms: Terms) -> int:
    """Return the whole seconds of the union of spans inside the meeting."""
    total, reached = timedelta(0), terms.starts_at
    for start, end in sorted(terms.cut(span) for span in spans):
        total += max(timedelta(0), end - max(start, reached))
        reached = max(reached, end)
    return total // SECOND

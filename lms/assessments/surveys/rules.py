"""What a group answered to a survey: how many, how it spreads, where the middle is, and what must stay hidden. Pure.

A group is shown from five answers on. Which groups and questions are hidden is decided once over all institutions and
sectors, by ``lms.core.small_cells``, so that no two filters can be subtracted from one another.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from statistics import fmean, median
from typing import Final

from lms.core.small_cells import SMALLEST, Hidden, suppress

Count = int | Hidden
Key = tuple[str, str | None]
"""An institution and a sector."""
MOST_VALUES: Final = 10
"""Different numbers up to which each has its own line."""
CLASSES: Final = 5


class ItemKind(StrEnum):
    """How the answers to an item are told."""

    SCALE = "scale"
    ONE = "one"
    SEVERAL = "several"
    NUMBER = "number"
    TEXT = "text"
    OTHER = "other"
    """Answered in parts that have no totals: only how many did is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What may be answered."""

    key: str
    text: str
    point: int | None = None
    """Its place on a scale, from 1; None beside the scale, as «no aplica», and where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A question, or one statement of a scale."""

    question_id: str
    part: str = ""
    """Key of the statement; empty where the question is one."""
    question: str
    statement: str = ""
    kind: ItemKind
    choices: tuple[Choice, ...] = ()

    @property
    def points(self) -> int:
        """Return how many points its scale has."""
        return max((each.point or 0 for each in self.choices), default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """One person who was asked, without a name: where they count, and what they answered to each item."""

    place: Key
    is_answered: bool
    answers: Mapping[tuple[str, str], tuple[str, ...]]
    """By question and part; only what was answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One answer, with how many people gave it."""

    text: str
    count: int
    share: float
    """Of those who answered the item, in [0, 1]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemTotals:
    """What a group answered to one item."""

    item: Item
    n: Count
    lines: tuple[Line, ...] = ()
    mean: float | None = None
    median: float | None = None
    judged: int = 0
    """People that the mean is of: whoever answered beside the scale is none of them."""
    texts: tuple[str, ...] = ()

    @property
    def is_shown(self) -> bool:
        """Say whether enough people answered for the figures to tell of nobody."""
        return not isinstance(self.n, Hidden) and self.n >= SMALLEST


@dataclass(frozen=True, slots=True, kw_only=True)
class Turnout:
    """How many were asked and how many answered."""

    invited: Count
    answered: Count

    @property
    def rate(self) -> float | None:
        """Return the share who answered; None when it may not be told, or nobody was asked."""
        if isinstance(self.invited, Hidden) or isinstance(self.answered, Hidden) or not self.invited:
            return None
        return self.answered / self.invited


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceTurnout:
    """The turnout of one institution in one sector."""

    institution: str
    sector: str | None
    turnout: Turnout


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Everything that a page says of a survey."""

    turnout: Turnout
    items: tuple[ItemTotals, ...]
    places: tuple[PlaceTurnout, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Of whom the totals are asked; empty for everybody."""

    institution: str = ""
    sector: str = ""

    def takes(self, place: Key) -> bool:
        """Say whether the people of a place are asked for."""
        return self.institution in {"", place[0]} and self.sector in {"", place[1] or ""}


def totals_of(items: Sequence[Item], people: Sequence[Response], wanted: Wanted) -> Totals:
    """Return the totals of those asked for, with what was hidden over all of them hidden here."""
    keys = sorted({each.place for each in people}, key=lambda key: (key[0].casefold(), key[1] or ""))
    by_place: dict[Key, list[Response]] = {key: [] for key in keys}
    for each in people:
        by_place[each.place].append(each)
    mine = [each for each in people if wanted.takes(each.place)]
    cells, rows = _hide(items, by_place, wanted)
    return Totals(
        turnout=Turnout(invited=cells[0], answered=cells[1]),
        items=tuple(_totals(item, mine, n) for item, n in zip(items, cells[2:], strict=True)),
        places=tuple(
            PlaceTurnout(institution=key[0], sector=key[1], turnout=Turnout(invited=row[0], answered=row[1]))
            for key, row in rows
            if wanted.takes(key)
        ),
    )


def _hide(
    items: Sequence[Item], by_place: Mapping[Key, Sequence[Response]], wanted: Wanted
) -> tuple[Sequence[Count], list[tuple[Key, Sequence[Count]]]]:
    """Return the counts of those asked for, and of every place: asked, answered, and then item by item."""
    keys = list(by_place)
    if not keys:
        return [0] * (len(items) + 2), []
    institutions = list(dict.fromkeys(key[0] for key in keys))
    sectors = list(dict.fromkeys(key[1] for key in keys))
    groups = [[n for n, key in enumerate(keys) if key[0] == name] for name in institutions]
    groups += [[n for n, key in enumerate(keys) if key[1] == sector] for sector in sectors]
    counts = suppress([_counts(items, by_place[key]) for key in keys], groups)
    rows: list[tuple[Key, Sequence[Count]]] = list(zip(keys, counts.rows, strict=True))
    chosen = [n for n, key in enumerate(keys) if wanted.takes(key)]
    known: list[tuple[list[int], Sequence[Count]]] = [
        (list(range(len(keys))), counts.totals),
        *zip(groups, counts.group_totals, strict=True),
        *(([n], row) for n, row in enumerate(counts.rows)),
    ]
    nobody: Sequence[Count] = [0] * (len(items) + 2)
    return next((cells for inside, cells in known if inside == chosen), nobody), rows


def _counts(items: Sequence[Item], people: Sequence[Response]) -> list[int]:
    answered = sum(each.is_answered for each in people)
    per_item = [sum((item.question_id, item.part) in each.answers for each in people) for item in items]
    return [len(people), answered, *per_item]


def _totals(item: Item, people: Sequence[Response], n: Count) -> ItemTotals:
    if isinstance(n, Hidden) or n < SMALLEST:
        return ItemTotals(item=item, n=n)
    place = (item.question_id, item.part)
    given = [each.answers[place] for each in people if place in each.answers]
    match item.kind:
        case ItemKind.TEXT:
            texts = sorted((each[0] for each in given), key=str.casefold)
            return ItemTotals(item=item, n=n, texts=tuple(texts))
        case ItemKind.NUMBER:
            return _numbers(item, [Fraction(each[0]) for each in given], n)
        case ItemKind.OTHER:
            return ItemTotals(item=item, n=n)
        case _:
            return _choices(item, given, n)


def _choices(item: Item, given: Sequence[Sequence[str]], n: int) -> ItemTotals:
    counts = Counter(key for each in given for key in each)
    lines = tuple(
        Line(text=each.text, count=counts[each.key], share=counts[each.key] / n) for each in item.choices
    )
    points = [each.point for each in item.choices for _ in range(counts[each.key]) if each.point is not None]
    if item.kind is not ItemKind.SCALE or len(points) < SMALLEST:
        return ItemTotals(item=item, n=n, lines=lines)
    return ItemTotals(
        item=item, n=n, lines=lines, mean=fmean(points), median=float(median(points)), judged=len(points)
    )


def _numbers(item: Item, values: Sequence[Fraction], n: int) -> ItemTotals:
    floats = [float(each) for each in values]
    return ItemTotals(
        item=item,
        n=n,
        lines=tuple(_classes(values)),
        mean=fmean(floats),
        median=float(median(floats)),
        judged=n,
    )


def _classes(values: Sequence[Fraction]) -> list[Line]:
    """Return how numbers spread: each by itself while they are few, else in equally wide classes."""
    counts = Counter(values)
    if len(counts) <= MOST_VALUES:
        return [
            Line(text=_number(value), count=count, share=count / len(values))
            for value, count in sorted(counts.items())
        ]
    low, high = min(values), max(values)
    width = (high - low) / CLASSES
    places = Counter(min(int((value - low) / width), CLASSES - 1) for value in values)
    return [
        Line(
            text=f"{_number(low + width * k)} – {_number(low + width * (k + 1))}",
            count=places[k],
            share=places[k] / len(values),
        )
        for k in range(CLASSES)
    ]


def _number(value: Fraction) -> str:
    """Return a number as people write it, with a comma and no more digits than it has."""
    return f"{float(round(value, 2)):.2f}".rstrip("0").rstrip(".").replace(".", ",")

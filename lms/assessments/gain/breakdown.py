"""Gain by institution and sector, with small groups hidden before screen, drawing and file. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from lms.assessments.gain.rules import (
    Case,
    Gain,
    Order,
    Participant,
    attrition_of,
    difference_of_forms,
    gain_of,
    orders_of,
    pairs_of,
)
from lms.core.estimates import ENOUGH, Estimate
from lms.core.small_cells import Hidden, suppress

Count = int | Hidden
ORDERS: Final = ("institution", "sector", "enrolled", "both", "change")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """One group: how many people each step kept, and what those who answered both gained."""

    enrolled: Count
    initial: Count
    both: Count
    followed: Count | None
    """In all three measures; None where the course has no follow-up."""
    gain: Gain | None
    """None when the group is hidden or too few answered both; its third point too, as few answered all three."""

    @property
    def is_hidden(self) -> bool:
        """Say whether how many answered both may not be told."""
        return isinstance(self.both, Hidden)


@dataclass(frozen=True, slots=True, kw_only=True)
class GainRow:
    """The people of one institution in one sector."""

    institution: str
    sector: str | None
    figures: Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakdown:
    """Everything that a page says about the gain of some people."""

    rows: tuple[GainRow, ...]
    sectors: tuple[tuple[str | None, Figures], ...]
    total: Figures
    orders: tuple[Order, ...]
    """Of forms; empty when one of them was answered by fewer than ten people."""
    difference: Estimate | None
    """How much easier the first form is, when both orders were answered by enough people."""
    has_follow_up: bool

    def only(self, sector: str) -> "Breakdown":
        """Return the part of one sector. What is hidden was decided over all, so that no two pages tell it."""
        total = next((figures for name, figures in self.sectors if name == sector), None)
        if total is None:
            return self
        return replace(
            self,
            rows=tuple(row for row in self.rows if row.sector == sector),
            sectors=tuple(each for each in self.sectors if each[0] == sector),
            total=total,
            orders=(),
            difference=None,
        )

    def sorted_by(self, order: str) -> "Breakdown":
        """Return the rows in the order of a column, with a minus for descending; what is not shown comes last."""
        name = order.removeprefix("-")
        if name not in ORDERS:
            return self
        known = [row for row in self.rows if _key(row, name) is not None]
        rest = [row for row in self.rows if _key(row, name) is None]
        known.sort(key=lambda row: _rank(row, name), reverse=order.startswith("-"))
        return replace(self, rows=(*known, *rest))


def break_down(people: Sequence[Participant], *, has_follow_up: bool) -> Breakdown:
    """Return the gain of some people by institution and sector."""
    groups: dict[tuple[str, str | None], list[Case]] = {}
    for person in people:
        groups.setdefault((person.institution, person.sector), []).append(person.case)
    keys = sorted(groups, key=lambda key: (key[0].casefold(), key[1] or ""))
    sectors = sorted({sector for _name, sector in keys}, key=lambda sector: sector or "~")
    inside = [[n for n, key in enumerate(keys) if key[1] == sector] for sector in sectors]
    counts = suppress([_counts(groups[key], has_follow_up=has_follow_up) for key in keys], inside)
    by_sector = [[case for n in places for case in groups[keys[n]]] for places in inside]
    total = _figures([person.case for person in people], counts.totals)
    pairs = pairs_of(person.case for person in people)
    orders = () if total.is_hidden else tuple(orders_of(pairs))
    is_known = bool(orders) and min(order.n for order in orders) >= ENOUGH
    return Breakdown(
        rows=tuple(
            GainRow(institution=name, sector=sector, figures=_figures(groups[name, sector], cells))
            for (name, sector), cells in zip(keys, counts.rows, strict=True)
        ),
        sectors=tuple(
            (sector, _figures(cases, cells))
            for sector, cases, cells in zip(sectors, by_sector, counts.group_totals, strict=True)
        ),
        total=total,
        orders=orders if is_known else (),
        difference=difference_of_forms(pairs) if is_known else None,
        has_follow_up=has_follow_up,
    )


def _counts(cases: Sequence[Case], *, has_follow_up: bool) -> list[int]:
    kept = attrition_of(cases)
    return [kept.enrolled, kept.initial, kept.both, *([kept.followed] if has_follow_up else [])]


def _figures(cases: Sequence[Case], cells: Sequence[Count]) -> Figures:
    if not cells:
        return Figures(enrolled=0, initial=0, both=0, followed=None, gain=None)
    gain = None if isinstance(cells[2], Hidden) else gain_of(pairs_of(cases))
    is_followed = len(cells) > 3 and not isinstance(cells[3], Hidden)
    if gain and gain.later and not (is_followed and gain.later.is_sure):
        gain = replace(gain, later=None)
    return Figures(
        enrolled=cells[0],
        initial=cells[1],
        both=cells[2],
        followed=cells[3] if len(cells) > 3 else None,
        gain=gain if gain and gain.is_sure else None,
    )


def _key(row: GainRow, name: str) -> str | float | None:
    figures = row.figures
    value: str | float | Hidden | None
    match name:
        case "institution":
            value = row.institution.casefold()
        case "sector":
            value = row.sector or ""
        case "change":
            value = figures.gain.difference.value if figures.gain else None
        case _:
            value = figures.enrolled if name == "enrolled" else figures.both
    return None if isinstance(value, Hidden) else value


def _rank(row: GainRow, name: str) -> tuple[str, float]:
    key = _key(row, name)
    return (key, 0.0) if isinstance(key, str) else ("", float(key or 0))

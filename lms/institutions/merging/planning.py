"""What merging would write: the same plan is shown before and carried out after."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import UniqueConstraint

from lms.core.actors import Actor
from lms.institutions.merging.declared import PERSON, count_by_person, declarations, key_of, load, table_of
from lms.plugins.people import PersonRows, Row


@dataclass(frozen=True, slots=True)
class Change:
    """New values of one row."""

    table: str
    key: Any
    before: Row
    after: Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What becomes of the rows of one declaration."""

    rows: PersonRows
    kept: int
    """Rows of the record that stands, before."""
    gone: int
    moved: int
    """Of those, rows that are the standing record's afterwards."""
    stayed: int
    """Rows that stay where they were, because the other has the same."""
    filled: int
    """Rows of the standing record that say more afterwards."""
    words: tuple[str, ...] = ()
    """What the rows that stay are about, as far as the actor may read it."""


@dataclass(slots=True)
class Plan:
    """Everything that merging would write, besides the account."""

    kept_id: UUID
    gone_id: UUID
    changes: list[Change] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    twins: dict[str, list[tuple[Any, Any]]] = field(default_factory=dict)
    """By table, keys of rows that are one thing twice: the one that comes, the one that is there."""
    moved: dict[str, list[Any]] = field(default_factory=dict)
    """By table, keys of the rows that follow."""


def plan_merge(kept_id: UUID, gone_id: UUID, *, actor: Actor, now: datetime) -> Plan:
    """Return what merging would write, writing nothing, in a constant number of queries."""
    plan = Plan(kept_id, gone_id)
    plan.twins["person"] = [(gone_id, kept_id)]
    for rows in declarations():
        _Follower(plan, rows, now).follow(actor)
    return plan


class _Follower:
    """Lets the rows of one declaration follow."""

    def __init__(self, plan: Plan, rows: PersonRows, now: datetime) -> None:
        self.plan, self.rows, self.now = plan, rows, now
        self.table = table_of(rows)
        self.key = key_of(self.table).name
        self.fixed = {self.key, PERSON, rows.column, *rows.same, *_unique_columns(rows)}
        self.filled = 0
        self.stayed: list[Row] = []
        self.derived: Mapping[Any, Row] = {}

    def follow(self, actor: Actor) -> None:
        found = load(self.rows, (self.plan.kept_id, self.plan.gone_id))
        pairs = self.plan.twins.get(self.rows.owner, [])
        if self.rows.stays_because:
            self.stayed = [row for row in found if row[PERSON] == self.plan.gone_id]
        else:
            self.derived = self.rows.derives(pairs) if self.rows.derives and pairs else {}
            for source, target in pairs:
                self._follow_pair(found, source, target)
        self.plan.lines.append(self._line(found, actor))

    def _line(self, found: Sequence[Row], actor: Actor) -> Line:
        counts = count_by_person(found)
        gone, stayed = counts.get(self.plan.gone_id, 0), len(self.stayed)
        words = self.rows.describe(self.stayed, actor) if self.rows.describe and self.stayed else {}
        return Line(
            rows=self.rows,
            kept=counts.get(self.plan.kept_id, 0),
            gone=gone,
            moved=gone - stayed,
            stayed=stayed,
            filled=self.filled,
            words=tuple(sorted(words.values())),
        )

    def _follow_pair(self, found: Sequence[Row], source: Any, target: Any) -> None:
        coming = [row for row in found if row[self.rows.column] == source]
        there = [row for row in found if row[self.rows.column] == target]
        last: dict[tuple[Any, ...], int] = {}
        for row in there:
            last[self._count_key(row)] = max(last.get(self._count_key(row), 0), self._number(row))
        for row in coming:
            twin = next((each for each in there if self._is_same(row, each)), None)
            if twin is not None:
                self._leave(row, twin)
            elif self.rows.needs and row[self.rows.needs] is None:
                self.stayed.append(row)
            else:
                self._move(row, target, last)
        self._derive(there)

    def _derive(self, there: Sequence[Row]) -> None:
        """Write what follows for rows that stand and met no other of the same thing."""
        met = {other for _one, other in self.plan.twins.get(self.rows.table, [])}
        for row in there:
            if row[self.key] in self.derived and row[self.key] not in met:
                self._write(row, self.derived[row[self.key]])

    def _move(self, row: Row, target: Any, last: dict[tuple[Any, ...], int]) -> None:
        values = {self.rows.column: target, **self.derived.get(row[self.key], {})}
        if self.rows.number:
            key = self._count_key(row)
            last[key] = last.get(key, 0) + 1
            values[self.rows.number] = last[key]
        self._write(row, values)
        self.plan.moved.setdefault(self.rows.table, []).append(row[self.key])

    def _leave(self, row: Row, twin: Row) -> None:
        """Leave both rows where they are; what the one says goes into the other as declared."""
        one, other = dict(row), dict(twin)
        if twin[self.key] in self.derived:
            other.update(self.derived[twin[self.key]])
        elif self.rows.wins and self.rows.wins(row, twin):
            for name in set(one) - self.fixed:
                one[name], other[name] = other[name], one[name]
        for name in self.rows.fills:
            other[name] = one[name] if other[name] is None else other[name]
        if self.rows.leaves:
            one.update(self.rows.leaves(row, twin, self.now))
        self.filled += other != dict(twin)
        self.stayed.append(row)
        self._write(twin, other)
        self._write(row, one)
        self.plan.twins.setdefault(self.rows.table, []).append((row[self.key], twin[self.key]))

    def _write(self, row: Row, values: Row) -> None:
        after = {name: value for name, value in values.items() if row[name] != value}
        if after:
            before = {name: row[name] for name in after}
            self.plan.changes.append(Change(self.rows.table, row[self.key], before, after))

    def _is_same(self, row: Row, other: Row) -> bool:
        if self.rows.is_same:
            return self.rows.is_same(row, other)
        return bool(self.rows.same) and all(row[name] == other[name] for name in self.rows.same)

    def _count_key(self, row: Row) -> tuple[Any, ...]:
        return tuple(row[name] for name in self.rows.number_within)

    def _number(self, row: Row) -> int:
        return int(row[self.rows.number]) if self.rows.number else 0


def _unique_columns(rows: PersonRows) -> Iterable[str]:
    """Return the columns by which a row is told apart: they never change places."""
    table = table_of(rows)
    groups = [each.columns for each in table.constraints if isinstance(each, UniqueConstraint)]
    groups += [each.columns for each in table.indexes if each.unique]
    return {column.name for group in groups for column in group}

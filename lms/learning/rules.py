"""Decisions about learning: what is complete, where a person goes on, when a cohort is open. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from lms.learning.errors import CapacityTooSmall, CohortFull, DatesCrossed
from lms.plugins.criteria import State, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What all criteria together say about one enrolment."""

    state: State
    verdicts: tuple[Verdict, ...]


def judge(verdicts: Iterable[Verdict | None]) -> Outcome:
    """Return the worst state of all verdicts: cannot beats not yet, which beats met.

    A criterion that does not apply (None) is left out; nothing to complete is not yet, never met.
    """
    said = tuple(verdict for verdict in verdicts if verdict)
    states = {verdict.state for verdict in said}
    if State.CANNOT in states:
        return Outcome(state=State.CANNOT, verdicts=said)
    is_met = states == {State.MET}
    return Outcome(state=State.MET if is_met else State.NOT_YET, verdicts=said)


class Standing(StrEnum):
    """How an enrolment stands, as a roster filters and counts it."""

    NOT_STARTED = "not-started"
    IN_PROGRESS = "in-progress"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteUnit:
    """A lesson, quiz or simulation on one person's route."""

    id: UUID
    is_quiz: bool
    module_slug: str
    slug: str
    title: str
    minutes: int
    is_simulation: bool = False
    is_seen: bool = False
    is_finished: bool = False

    @property
    def is_lesson(self) -> bool:
        """Say whether it is read, and finished by going on."""
        return not (self.is_quiz or self.is_simulation)


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteModule:
    """A station: a module with its units in order."""

    id: UUID
    position: int
    slug: str
    title: str
    objective: str
    hours: float
    units: tuple[RouteUnit, ...]

    @property
    def finished(self) -> int:
        """Return how many units are finished."""
        return sum(unit.is_finished for unit in self.units)

    @property
    def is_finished(self) -> bool:
        """Say whether every unit is finished; a module without units is not."""
        return bool(self.units) and self.finished == len(self.units)

    @property
    def percent(self) -> int:
        """Return how far the module has come, 0 to 100."""
        return 100 * self.finished // len(self.units) if self.units else 0

    @property
    def lessons(self) -> int:
        """Return how many lessons there are to read."""
        return sum(unit.is_lesson for unit in self.units)

    @property
    def simulations(self) -> int:
        """Return how many cases there are to play."""
        return sum(unit.is_simulation for unit in self.units)


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A course as one person travels it."""

    modules: tuple[RouteModule, ...]

    @property
    def units(self) -> tuple[RouteUnit, ...]:
        """Return every unit in order."""
        return tuple(unit for module in self.modules for unit in module.units)

    @property
    def modules_done(self) -> int:
        """Return how many stations are behind the person."""
        return sum(module.is_finished for module in self.modules)

    @property
    def is_finished(self) -> bool:
        """Say whether every unit is finished; an empty route is not."""
        return bool(self.modules) and self.modules_done == len(self.modules)

    def find_unit(self, module_slug: str, unit_slug: str) -> RouteUnit | None:
        """Return the unit at this address."""
        places = (unit for unit in self.units if (unit.module_slug, unit.slug) == (module_slug, unit_slug))
        return next(places, None)

    def module_of(self, unit: RouteUnit) -> RouteModule:
        """Return the station a unit belongs to."""
        return next(module for module in self.modules if module.slug == unit.module_slug)

    def neighbours(self, unit: RouteUnit) -> tuple[RouteUnit | None, RouteUnit | None]:
        """Return the unit before and the one after; None at the ends."""
        units = self.units
        at = units.index(unit)
        return units[at - 1] if at else None, units[at + 1] if at + 1 < len(units) else None

    def resume(self, last_unit_id: UUID | None) -> RouteUnit | None:
        """Return where the person goes on: where they left, else the next unfinished unit from there.

        None when nothing is left to do.
        """
        units = self.units
        at = next((k for k, unit in enumerate(units) if unit.id == last_unit_id), 0)
        return next((unit for unit in units[at:] + units[:at] if not unit.is_finished), None)


def modules_done(sizes: Mapping[UUID, int], finished: Mapping[UUID, int]) -> int:
    """Return how many modules have all their units finished; sizes and finished units are by module."""
    return sum(size > 0 and finished.get(module, 0) >= size for module, size in sizes.items())


def check_dates(starts_on: date, ends_on: date) -> None:
    """Refuse a cohort that ends before it starts; raises DatesCrossed."""
    if ends_on < starts_on:
        raise DatesCrossed


def check_place(capacity: int, enrolled: int) -> None:
    """Refuse one more person in a full cohort; raises CohortFull."""
    if enrolled >= capacity:
        raise CohortFull


def check_capacity(capacity: int | None, enrolled: int) -> None:
    """Refuse fewer places than people; raises CapacityTooSmall."""
    if capacity is not None and capacity < enrolled:
        raise CapacityTooSmall


def is_open(starts_on: date, ends_on: date, day: date) -> bool:
    """Say whether progress counts on a day: from the first to the last, both counted."""
    return starts_on <= day <= ends_on


def judge_units(*, finished: int, total: int, is_over: bool) -> State:
    """Return where "every lesson finished" stands; a course without lessons asks for none."""
    if finished >= total:
        return State.MET
    return State.CANNOT if is_over else State.NOT_YET


def next_number(numbers: Sequence[int]) -> int:
    """Return the ordinal after the highest one given."""
    return max(numbers, default=0) + 1

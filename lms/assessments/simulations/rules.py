"""Decisions about runs: when one may be played, how the criterion stands, which figures may be shown. Pure."""

from collections.abc import Sequence

from lms.assessments.simulations.errors import SimulationClosed
from lms.plugins.criteria import State

SMALLEST = 5
"""Groups of fewer persons than this are never shown."""


def check_open(*, is_open: bool) -> None:
    """Refuse decisions outside the dates of the cohort; raises SimulationClosed."""
    if not is_open:
        raise SimulationClosed


def judge_simulations(*, done: int, total: int, is_over: bool) -> State:
    """Return where "every simulation finished" stands; without simulations it is met."""
    if done >= total:
        return State.MET
    return State.CANNOT if is_over else State.NOT_YET


def shown_counts(counts: Sequence[int]) -> tuple[int | None, ...]:
    """Return how many people took each of some ways, None where it may not be said.

    Fewer than five are hidden, and then enough other counts that no hidden one follows from the sum of all.
    """
    if sum(counts) < SMALLEST:
        return tuple(None for _ in counts)
    hidden = {index for index, count in enumerate(counts) if count < SMALLEST}
    others = sorted(set(range(len(counts))) - hidden, key=lambda index: (counts[index], index))
    while hidden and others and (len(hidden) == 1 or sum(counts[index] for index in hidden) < SMALLEST):
        hidden.add(others.pop(0))
    return tuple(None if index in hidden else count for index, count in enumerate(counts))

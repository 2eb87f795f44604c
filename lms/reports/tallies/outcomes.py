"""What somebody attended, learned and said of the course, and what of it is added up. Pure.

Shares are whole millionths, so that figures change by exact differences and adding up in another order changes nothing.
"""

from dataclasses import dataclass
from typing import Final, NamedTuple

MILLION: Final = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one enrolment came to, beside how far it is; None is for what never happened."""

    seconds: int | None = None
    """How long the person was at meetings that took place; None for nobody's presence at any."""
    credited: int | None = None
    """Minutes that were closed with the course, as the policy that held credits them."""
    initial: int | None = None
    """First graded result of the initial measure, in millionths of its points."""
    final: int | None = None
    """First graded result of the final measure: a second try would flatter the course, the initial one allows none."""
    opinion: int | None = None
    """Mean of the answers to scales of the course's surveys, in millionths from their lowest point to their highest."""


class Learned(NamedTuple):
    """What is added up in a row of attendance and learning."""

    attended: int
    """Who was at a meeting at least."""
    seconds: int
    """How long they were at meetings, all together."""
    closed: int
    """Who completed the course in the period, so that their hours are closed."""
    credited: int
    """The minutes of all those hours."""
    before: int
    """Who has a result of the initial measure."""
    both: int
    """Who has one of the final measure too."""
    gain: int
    """Sum of the differences of those, in millionths of the points."""
    answered: int
    """Who answered a scale of a survey of the course."""
    opinion: int
    """Sum of what each of them answered in the mean, in millionths."""


def learned_from(outcome: Outcome, *, is_complete: bool) -> Learned:
    """Return what an enrolment adds; the hours of one that is not complete in the period are not closed in it."""
    is_closed = is_complete and outcome.credited is not None
    has_both = outcome.initial is not None and outcome.final is not None
    return Learned(
        attended=int(outcome.seconds is not None),
        seconds=outcome.seconds or 0,
        closed=int(is_closed),
        credited=(outcome.credited or 0) if is_closed else 0,
        before=int(outcome.initial is not None),
        both=int(has_both),
        gain=(outcome.final or 0) - (outcome.initial or 0) if has_both else 0,
        answered=int(outcome.opinion is not None),
        opinion=outcome.opinion or 0,
    )

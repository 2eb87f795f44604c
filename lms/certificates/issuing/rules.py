"""Decisions about certificates: who gets one, under which folio, what its dates say. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from lms.learning.rules import judge
from lms.plugins.criteria import State, Verdict

FOLIO_DIGITS = 6
CODE_GROUPS = (4, 4, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Eligibility:
    """Whether an enrolment gets a certificate, with what each requirement says."""

    state: State
    requirements: tuple[Verdict, ...]

    @property
    def is_eligible(self) -> bool:
        """Say whether a certificate may be issued."""
        return self.state is State.MET

    @property
    def missing(self) -> tuple[Verdict, ...]:
        """Return the requirements that are not met, those that cannot be met any more first."""
        left = [each for each in self.requirements if each.state is not State.MET]
        return tuple(sorted(left, key=lambda each: each.state is not State.CANNOT))

    @property
    def met(self) -> int:
        """Return how many requirements are met."""
        return sum(each.state is State.MET for each in self.requirements)


def eligibility(requirements: Iterable[Verdict | None]) -> Eligibility:
    """Return THE answer to "does this enrolment get a certificate"; issuing and every page that explains ask it.

    One that cannot be met any more beats one not met yet, which beats met. None does not apply and is left
    out. Without any requirement nobody is eligible: an empty list is somebody's mistake, not an achievement.
    The order of the three states is that of completion, so the two can never disagree.
    """
    outcome = judge(requirements)
    return Eligibility(state=outcome.state, requirements=outcome.verdicts)


def folio_of(authority: str, year: int, number: int) -> str:
    """Return the folio of the n-th certificate of an authority in a year: QROO-2026-000041."""
    return f"{authority}-{year}-{number:0{FOLIO_DIGITS}}"

"""Attempts in which the same place of the options was chosen many times in a row. Pure.

The length of the longest run is the "long string" of surveys: J. A. Johnson, J. Res. Pers. 39 (2005) 103-129;
A. W. Meade and S. B. Craig, Psychol. Methods 17 (2012) 437-455. Which length is long follows here from what the
questions are like, so that a key with many first options in a row accuses nobody who knows it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import Final
from uuid import UUID

from lms.assessments.analysis.replies import RATE, Matter, Reply, Rule, Sitting, Temptations

LEAST_CHOICES: Final = 10
"""Answers with one option to choose under which no run is long."""
Weights = list[list[float]]
"""Of each answer, of each place: the most that chance gives it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of answers at one place."""

    enrolment_id: UUID
    place: int
    """From 1, as the person saw the options."""
    length: int
    answered: int

    @property
    def matter(self) -> Matter:
        """Return what it is about."""
        return Matter(Rule.RUN, (self.enrolment_id,))


def can_judge_runs(sitting: Sitting) -> bool:
    """Say whether an attempt has enough answers with one option to choose."""
    return len(_choices(sitting)) >= LEAST_CHOICES


def long_runs(sittings: Sequence[Sitting]) -> list[Run]:
    """Return the attempts with a run too long for chance, the longest first.

    The chance of a run of that length anywhere, at any place, is at most the sum over all stretches (Boole's
    inequality) of the product of what each answer gives to the place: one for a right option, because knowing is
    never a sign, and for a wrong one its share of the wrong answers, as if the person knew nothing. It must not
    exceed RATE divided by the number of attempts (Bonferroni).
    """
    judged = [sitting for sitting in sittings if can_judge_runs(sitting)]
    known = Temptations(sittings)
    limit = RATE / max(len(judged), 1)
    found = [
        run
        for sitting in judged
        if _chance([_places(reply, known) for reply in _choices(sitting)], (run := _longest(sitting)).length)
        <= limit
    ]
    return sorted(found, key=lambda run: (-run.length, run.enrolment_id))


def _choices(sitting: Sitting) -> list[Reply]:
    return [reply for reply in sitting.replies if reply.is_single and len(reply.chosen) == 1]


def _longest(sitting: Sitting) -> Run:
    choices = _choices(sitting)
    best = place = length = 0
    at = -1
    for reply in choices:
        here = reply.shown.index(reply.chosen[0])
        length = length + 1 if here == at else 1
        at = here
        if length > best:
            best, place = length, here
    return Run(enrolment_id=sitting.enrolment_id, place=place + 1, length=best, answered=len(choices))


def _places(reply: Reply, known: Temptations) -> list[float]:
    """Return the most that each place of an answer may count; of a question that few answered, one."""
    if not known.is_known(reply.question):
        return [1.0] * len(reply.shown)
    return [1.0 if key in reply.right else known.most(reply.question, key) for key in reply.shown]


def _chance(weights: Weights, length: int) -> float:
    places = max((len(each) for each in weights), default=0)
    whole = [[each[place] if place < len(each) else 0.0 for each in weights] for place in range(places)]
    return sum(
        prod(column[start : start + length]) for column in whole for start in range(len(column) - length + 1)
    )

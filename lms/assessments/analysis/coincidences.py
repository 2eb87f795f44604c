"""Pairs of people whose wrong answers coincide far more often than chance lets them. Pure.

Error-similarity analysis: of the questions that both missed, how many did they miss in the same way? Source:
F. S. Bellezza and S. F. Bellezza, Teach. Psychol. 16 (1989) 151-155. The chance of the same wrong answer differs by
question, so the number follows the generalized binomial distribution of W. J. van der Linden and L. Sotaridona,
J. Educ. Behav. Stat. 31 (2006) 283-304. Right answers say nothing, and neither does having missed the same questions:
two people who skipped the same lesson miss its questions, but each in their own way.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Final
from uuid import UUID

from lms.assessments.analysis.replies import RATE, Matter, Rule, Sitting, Temptations

LEAST_SHARED: Final = 8
"""Questions that both must have missed before their errors are compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coincidence:
    """Two people and the questions that both missed."""

    enrolment_ids: tuple[UUID, UUID]
    shared: int
    """Questions that both missed and in which people miss in more than one way."""
    questions: tuple[str, ...]
    """Those that both missed in the same way, in the order of the first person's attempt."""
    expected: float
    """How many of them chance alone gives on average."""
    minutes_apart: float
    """Between handing in one attempt and the other."""

    @property
    def matter(self) -> Matter:
        """Return what it is about."""
        return Matter(Rule.COINCIDENCE, self.enrolment_ids)


@dataclass(frozen=True, slots=True)
class _Errors:
    """The wrong answers of one attempt as sets of bits, so that 500 people are compared in a moment."""

    sitting: Sitting
    missed: int
    """A bit for each question."""
    given: int
    """A bit for each wrong answer to each question."""


_Pair = tuple[_Errors, _Errors]


def coincidences(sittings: Sequence[Sitting]) -> tuple[int, list[Coincidence]]:
    """Return how many pairs could be compared and those that coincide beyond chance, the strongest first.

    The chance of so many equal errors or more must not exceed RATE divided by the number of pairs compared
    (Bonferroni). It is overestimated a little, because the pair itself counts in what is usual.
    """
    known = Temptations(sittings)
    asked = sorted(
        {reply.question for sitting in sittings for reply in sitting.replies if not reply.is_right}
    )
    chances = {
        key: sum(share**2 for share in known.spread(key).values()) for key in asked if known.is_known(key)
    }
    telling = {key: chance for key, chance in chances.items() if 0 < chance < 1}
    compared, likely = _compare(_errors(sittings, list(telling)), min(telling.values(), default=1.0))
    ordered = sorted(
        (_judge(pair, telling) for pair in likely), key=lambda each: (each[0], each[1].enrolment_ids)
    )
    return compared, [found for chance, found in ordered if chance * compared <= RATE]


def tail(chances: Sequence[float], least: int) -> float:
    """Return the chance that at least so many of some independent events happen, each with its own chance."""
    if least <= 0:
        return 1.0
    happened = [1.0] + [0.0] * least  # the last place gathers "so many or more"
    for chance in chances:
        happened[least] += happened[least - 1] * chance
        for count in range(least - 1, 0, -1):
            happened[count] += (happened[count - 1] - happened[count]) * chance
        happened[0] *= 1 - chance
    return happened[least]


def _errors(sittings: Sequence[Sitting], questions: Sequence[str]) -> list[_Errors]:
    number = {question: index for index, question in enumerate(questions)}
    bits: dict[tuple[str, tuple[str, ...]], int] = {}
    found = []
    for sitting in sorted(sittings, key=lambda each: each.enrolment_id):
        wrong = [
            each for each in sitting.replies if each.shown and not each.is_right and each.question in number
        ]
        missed = sum(1 << number[reply.question] for reply in wrong)
        given = sum(1 << bits.setdefault((reply.question, reply.chosen), len(bits)) for reply in wrong)
        found.append(_Errors(sitting, missed, given))
    return found


def _compare(people: Sequence[_Errors], lowest: float) -> tuple[int, list[_Pair]]:
    """Return how many pairs share enough errors, and those of them that could be beyond chance.

    Each question gives at least the lowest chance, so what is usual under it is usual.
    """

    @cache
    def least(shared: int) -> int:
        counts = range(shared + 1)
        return next((count for count in counts if tail([lowest] * shared, count) <= RATE), shared + 1)

    compared, likely = 0, []
    for first, second in combinations(people, 2):
        shared = (first.missed & second.missed).bit_count()
        if shared >= LEAST_SHARED:
            compared += 1
            if (first.given & second.given).bit_count() >= least(shared):
                likely.append((first, second))
    return compared, likely


def _judge(pair: _Pair, telling: dict[str, float]) -> tuple[float, Coincidence]:
    first, second = (each.sitting for each in pair)
    both = list(_both_missed(first, second, telling))
    same = tuple(question for question, is_same in both if is_same)
    chances = [telling[question] for question, _is_same in both]
    apart = abs((first.submitted_at - second.submitted_at).total_seconds()) / 60
    return tail(chances, len(same)), Coincidence(
        enrolment_ids=(first.enrolment_id, second.enrolment_id),
        shared=len(both),
        questions=same,
        expected=sum(chances),
        minutes_apart=apart,
    )


def _both_missed(first: Sitting, second: Sitting, telling: dict[str, float]) -> Iterator[tuple[str, bool]]:
    other = {reply.question: reply for reply in second.replies}
    for reply in first.replies:
        twin = other.get(reply.question)
        if twin and reply.question in telling and not (reply.is_right or twin.is_right):
            yield reply.question, reply.chosen == twin.chosen

"""Classical analysis of items: what each question and a whole quiz say about themselves. Pure.

The formulas are those of classical test theory as in L. Crocker and J. Algina, Introduction to Classical and Modern
Test Theory (1986), chapters 7 and 14; each function names its own source. One row is the first result of one person,
so that nobody counts twice and nobody's second try flatters a question.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean, variance
from typing import Final

from lms.core.estimates import ENOUGH, Estimate, Z, correlation, proportion

GROUP_SHARE: Final = 0.27
"""Share of the people in the upper and in the lower group: T. L. Kelley, J. Educ. Psychol. 30 (1939) 17-24."""
TOO_HARD: Final = 0.30
TOO_EASY: Final = 0.95
LOW_LINK: Final = 0.15
"""Corrected item-total correlation under which an item tells little; R. L. Ebel, Essentials of Educational Measurement
(1979), asks for 0.20 in a mature test and we warn a little later, because our quizzes are short."""
IDLE_SHARE: Final = 0.05
"""Share of the people that a wrong option must draw to be worth its place: T. M. Haladyna and S. M. Downing,
Educ. Psychol. Meas. 53 (1993) 999-1010."""


class Advice(StrEnum):
    """What to do with a question, the worst first."""

    FEW = "few"
    """Too few answers to say anything."""
    KEY = "key"
    """Those who know more choose another option: the key may be wrong."""
    REWRITE = "rewrite"
    """It does not tell those who know more from those who know less."""
    HARD = "hard"
    EASY = "easy"
    IDLE = "idle"
    """Some wrong option convinces nobody."""
    KEEP = "keep"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What one person came to: the score of each question in [0, 1] and the options they chose."""

    scores: Mapping[str, float]
    chosen: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionUse:
    """How one option was used."""

    key: str
    is_right: bool
    count: int
    share: float
    """Of those who answered the question, in [0, 1]."""
    upper: float
    """The same among the best group."""
    lower: float
    """The same among the weakest group."""

    @property
    def is_idle(self) -> bool:
        """Say whether a wrong option draws nearly nobody."""
        return not self.is_right and self.share < IDLE_SHARE

    @property
    def misleads(self) -> bool:
        """Say whether a wrong option draws the best more than the weakest."""
        return not self.is_right and self.upper > self.lower and self.share >= IDLE_SHARE


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFigures:
    """What the answers say about one question."""

    n: int
    facility: Estimate
    """Mean score."""
    link: Estimate | None
    """Correlation with the score on the other questions; None when one of the two does not vary."""
    discrimination: float | None
    """Mean score of the upper group minus that of the lower one, in [-1, 1]; None with fewer than two people."""
    options: tuple[OptionUse, ...]

    @property
    def advice(self) -> Advice:
        """Return what to do with the question."""
        if self.n < ENOUGH:
            return Advice.FEW
        return next(advice for advice, holds in self._signs() if holds)

    def _signs(self) -> Iterable[tuple[Advice, bool]]:
        link = 0.0 if self.link is None else self.link.value
        yield Advice.KEY, link < 0 and self._is_contradicted
        yield Advice.HARD, self.facility.value < TOO_HARD
        yield Advice.EASY, self.facility.value > TOO_EASY
        yield Advice.REWRITE, link < LOW_LINK
        yield Advice.IDLE, any(option.is_idle for option in self.options)
        yield Advice.KEEP, True

    @property
    def _is_contradicted(self) -> bool:
        """Say whether the best group prefers a wrong option to a right one; a few strays are no sign of it."""
        right = [option.upper for option in self.options if option.is_right]
        wrong = [option.upper for option in self.options if not option.is_right]
        return bool(right and wrong) and max(wrong) > min(right)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizFigures:
    """What the answers say about a quiz as a measure."""

    n: int
    items: int
    mean: float
    """Mean total in points; each question is worth one."""
    deviation: float
    alpha: Estimate | None
    """Cronbach's alpha; None with fewer than two questions or people, or when nobody's total differs."""

    @property
    def error(self) -> float | None:
        """Return the standard error of measurement in points: the deviation times the root of one minus alpha.

        Source: Crocker and Algina (1986), formula 6.12. A negative alpha is no reliability at all and counts as 0.
        """
        return None if self.alpha is None else self.deviation * math.sqrt(1 - max(self.alpha.value, 0.0))


def figures_of(question: str, rows: Sequence[Row], options: Mapping[str, bool]) -> ItemFigures:
    """Return what the rows that were asked a question say about it; `options` tells which keys are right."""
    asked = [row for row in rows if question in row.scores]
    scores = [row.scores[question] for row in asked]
    rest = [_mean_of_others(row, question) for row in asked]
    groups = _groups(asked, rest)
    return ItemFigures(
        n=len(asked),
        facility=proportion(fmean(scores) if scores else 0.0, len(scores)),
        link=correlation(scores, rest),
        discrimination=_discrimination(question, groups),
        options=tuple(groups.use(question, key, is_right=is_right) for key, is_right in options.items()),
    )


def quiz_figures(rows: Sequence[Row], items: Sequence[str]) -> QuizFigures:
    """Return what the rows that were asked all of the items say about the quiz."""
    whole = [
        [row.scores[item] for item in items] for row in rows if all(item in row.scores for item in items)
    ]
    totals = [math.fsum(scores) for scores in whole]
    return QuizFigures(
        n=len(whole),
        items=len(items),
        mean=fmean(totals) if totals else 0.0,
        deviation=math.sqrt(variance(totals)) if len(totals) > 1 else 0.0,
        alpha=_alpha(whole, totals),
    )


def _alpha(whole: Sequence[Sequence[float]], totals: Sequence[float]) -> Estimate | None:
    """Return Cronbach's alpha with Bonett's interval.

    Sources: L. J. Cronbach, Psychometrika 16 (1951) 297-334; D. G. Bonett, J. Educ. Behav. Stat. 27 (2002) 335-340.
    """
    n, k = len(whole), len(whole[0]) if whole else 0
    if n < 3 or k < 2 or variance(totals) <= 0:
        return None
    own = math.fsum(variance(column) for column in zip(*whole, strict=True))
    value = k / (k - 1) * (1 - own / variance(totals))
    if value >= 1:
        return Estimate(value=1, low=1, high=1, n=n)
    half = Z * math.sqrt(2 * k / ((k - 1) * (n - 2)))
    return Estimate(
        value=value,
        low=1 - math.exp(math.log(1 - value) + half),
        high=1 - math.exp(math.log(1 - value) - half),
        n=n,
    )


def _groups(asked: Sequence[Row], rest: Sequence[float]) -> "_Groups":
    """Return the best and the weakest by the other questions; a tie keeps the order of the rows."""
    order = sorted(range(len(asked)), key=lambda index: rest[index], reverse=True)
    size = round(GROUP_SHARE * len(order)) or min(1, len(order) // 2)
    best, weakest = order[:size], order[len(order) - size :]
    return _Groups(
        asked=asked, upper=[asked[index] for index in best], lower=[asked[index] for index in weakest]
    )


def _mean_of_others(row: Row, question: str) -> float:
    others = [score for key, score in row.scores.items() if key != question]
    return fmean(others) if others else 0.0


def _discrimination(question: str, groups: "_Groups") -> float | None:
    if not groups.upper or not groups.lower:
        return None
    upper, lower = (fmean(row.scores[question] for row in rows) for rows in (groups.upper, groups.lower))
    return upper - lower


@dataclass(frozen=True, slots=True, kw_only=True)
class _Groups:
    asked: Sequence[Row]
    upper: Sequence[Row]
    lower: Sequence[Row]

    def use(self, question: str, key: str, *, is_right: bool) -> OptionUse:
        """Return how an option was used by everybody, by the best and by the weakest."""
        return OptionUse(
            key=key,
            is_right=is_right,
            count=Counter(each for row in self.asked for each in row.chosen.get(question, ()))[key],
            share=_share(question, key, self.asked),
            upper=_share(question, key, self.upper),
            lower=_share(question, key, self.lower),
        )


def _share(question: str, key: str, rows: Sequence[Row]) -> float:
    answered = [row for row in rows if row.chosen.get(question)]
    return sum(key in row.chosen[question] for row in answered) / len(answered) if answered else 0.0

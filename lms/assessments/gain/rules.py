"""What the two measures of the same people say: the change, its size and interval, and who is missing. Pure.

Scores are shares in [0, 1]. A pair is one person's first result in the initial measure and first result in the final
one: a second try would flatter the course, because the initial measure allows none.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, variance
from typing import Final
from uuid import UUID

from lms.core.estimates import ENOUGH, Estimate, Z, correlation, mean_of, student_quantile

_LEAST: Final = 2
"""Pairs that a variance needs."""
LIGHT: Final = 0.03
"""Difference of difficulty between two forms, as a share of the points, under which nobody need mind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One result of one person, and the form of the quiz that it answers."""

    share: float
    form: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What one enrolled person answered so far; None for what they have not."""

    initial: Score | None = None
    final: Score | None = None
    later: Score | None = None
    """What they scored in the follow-up, months after."""

    @property
    def is_followed(self) -> bool:
        """Say whether they answered the follow-up too."""
        return self.later is not None

    @property
    def pair(self) -> "Pair | None":
        """Return both measures of the person; None when one is missing."""
        if self.initial is None or self.final is None:
            return None
        order = (self.initial.form, self.final.form)
        later = None if self.later is None else self.later.share
        return Pair(before=self.initial.share, after=self.final.share, order=order, later=later)


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """An enrolled person without a name: where they count, and what they answered."""

    person_id: UUID
    institution: str
    sector: str | None
    case: Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two measures of the same person."""

    before: float
    after: float
    order: tuple[int, int] = (0, 0)
    """Numbers of the form answered first and of the one answered last."""
    later: float | None = None
    """The follow-up of the same person; None for who did not answer it."""

    @property
    def change(self) -> float:
        """Return the difference of the two."""
        return self.after - self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class Attrition:
    """How many of the enrolled people each measure reached; a gain is never shown without it."""

    enrolled: int
    initial: int
    both: int
    followed: int
    """Who answered all three."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """The difference in standard deviations, with Hedges' correction for few people."""

    average: Estimate
    """Over the root of the mean of both variances: comparable with studies of separate groups."""
    change: float | None
    """Over the deviation of the differences (Cohen's d_z): how alike people changed; None when all changed the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """The third measure of those who answered all three, beside the two before of the very same people."""

    n: int
    before: Estimate
    after: Estimate
    value: Estimate
    since_end: Estimate
    """From the end of the course to the follow-up: below zero something was forgotten."""
    since_start: Estimate
    """From before the course to the follow-up: what stayed."""

    @property
    def is_sure(self) -> bool:
        """Say whether enough people answered all three for the figures to be shown."""
        return self.n >= ENOUGH


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """What the pairs of at least two people say."""

    n: int
    before: Estimate
    after: Estimate
    difference: Estimate
    of_means: Estimate | None
    """Hake's gain of the means; None when everybody knew everything before."""
    of_people: Estimate | None
    """Mean of the individual gains of those who could improve; None with fewer than two of them."""
    at_top: int
    """People with every point before: they have no individual gain."""
    effect: Effect | None
    """None when nobody's scores differ from anybody's."""
    later: Later | None = None
    """None with fewer than two people in all three measures."""

    @property
    def is_sure(self) -> bool:
        """Say whether enough people answered both for the figures to be shown."""
        return self.n >= ENOUGH

    @property
    def is_clear(self) -> bool:
        """Say whether the interval of the difference leaves no change out."""
        return self.difference.low > 0 or self.difference.high < 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """The people who answered the forms in one order."""

    forms: tuple[int, int]
    n: int
    before: float
    after: float

    @property
    def change(self) -> float:
        """Return the mean difference of those people."""
        return self.after - self.before


def attrition_of(cases: Iterable[Case]) -> Attrition:
    """Return how many people each step kept."""
    found = list(cases)
    return Attrition(
        enrolled=len(found),
        initial=sum(case.initial is not None for case in found),
        both=sum(case.pair is not None for case in found),
        followed=sum(case.pair is not None and case.is_followed for case in found),
    )


def pairs_of(cases: Iterable[Case]) -> list[Pair]:
    """Return the pairs of those who answered both measures."""
    return [pair for pair in (case.pair for case in cases) if pair is not None]


def gain_of(pairs: Sequence[Pair]) -> Gain | None:
    """Return what the pairs say; None with fewer than two."""
    before, after = mean_of([pair.before for pair in pairs]), mean_of([pair.after for pair in pairs])
    difference = mean_of([pair.change for pair in pairs])
    if before is None or after is None or difference is None:
        return None
    own = [gain for gain in (individual_gain(pair) for pair in pairs) if gain is not None]
    return Gain(
        n=len(pairs),
        before=before,
        after=after,
        difference=difference,
        of_means=gain_of_means(pairs),
        of_people=mean_of(own),
        at_top=len(pairs) - len(own),
        effect=effect_of(pairs),
        later=later_of(pairs),
    )


def later_of(pairs: Sequence[Pair]) -> Later | None:
    """Return the third point: only of those who answered all three, so that the people of every point are the same."""
    found = [(pair.before, pair.after, pair.later) for pair in pairs if pair.later is not None]
    before, after = mean_of([each[0] for each in found]), mean_of([each[1] for each in found])
    value = mean_of([each[2] for each in found])
    since_end = mean_of([later - last for _first, last, later in found])
    since_start = mean_of([later - first for first, _last, later in found])
    if before is None or after is None or value is None or since_end is None or since_start is None:
        return None
    return Later(
        n=len(found), before=before, after=after, value=value, since_end=since_end, since_start=since_start
    )


def individual_gain(pair: Pair) -> float | None:
    """Return which share of what a person lacked they gained; None for somebody who lacked nothing.

    Source: R. R. Hake, Am. J. Phys. 66 (1998) 64-74, applied to each person. Below zero it has no bound.
    """
    lacked = 1 - pair.before
    return pair.change / lacked if lacked > 0 else None


def gain_of_means(pairs: Sequence[Pair]) -> Estimate | None:
    """Return the mean gained over the mean lacked, which is the gain that Hake reports of a course.

    Source: R. R. Hake, Am. J. Phys. 66 (1998) 64-74. It is one minus a ratio of two means of the same people, so that
    the interval is that of a ratio: W. G. Cochran, Sampling Techniques (1977), section 6.4.
    """
    lacked = 1 - fmean(pair.before for pair in pairs)
    if lacked <= 0 or len(pairs) < _LEAST:
        return None
    rest = (1 - fmean(pair.after for pair in pairs)) / lacked
    spread = mean_of([(1 - pair.after) - rest * (1 - pair.before) for pair in pairs])
    half = (spread.high - spread.value) / lacked if spread else 0.0
    return Estimate(value=1 - rest, low=1 - rest - half, high=1 - rest + half, n=len(pairs))


def effect_of(pairs: Sequence[Pair]) -> Effect | None:
    """Return the standardised difference of paired measures; None when there is no spread to measure it by.

    The denominator of ``average`` is the root of the mean of both variances; its variance is D. G. Bonett's, Psychol.
    Methods 13 (2008) 99-109, for measures of the same people. ``change`` divides by the deviation of the differences:
    J. Cohen, Statistical Power Analysis (1988), section 2.3.5. On which to report:
    D. Lakens, Front. Psychol. 4 (2013) 863.
    """
    if len(pairs) < _LEAST:
        return None
    before, after = [pair.before for pair in pairs], [pair.after for pair in pairs]
    changes = [pair.change for pair in pairs]
    first, last, moved = variance(before), variance(after), variance(changes)
    common = (first + last) / 2
    if common <= 0:
        return None
    freedom, mean = len(pairs) - 1, fmean(changes)
    d = mean / math.sqrt(common)
    link = correlation(before, after)
    square = link.value**2 if link else 0.0
    own = d * d * (first**2 + last**2 + 2 * square * first * last) / (8 * freedom * common**2)
    half = Z * math.sqrt(own + moved / (freedom * common))
    mend = hedges(freedom)
    average = Estimate(value=mend * d, low=mend * (d - half), high=mend * (d + half), n=len(pairs))
    return Effect(average=average, change=mend * mean / math.sqrt(moved) if moved > 0 else None)


def hedges(freedom: int) -> float:
    """Return the factor that takes the bias of few people out of a standardised difference.

    Source: L. V. Hedges, J. Educ. Stat. 6 (1981) 107-128, its approximation 1 - 3 / (4 m - 1).
    """
    return 1 - 3 / (4 * freedom - 1)


def orders_of(pairs: Sequence[Pair]) -> list[Order]:
    """Return the means of the people of each order of forms, the first form first."""
    return [
        Order(
            forms=forms,
            n=len(mine),
            before=fmean(pair.before for pair in mine),
            after=fmean(pair.after for pair in mine),
        )
        for forms, mine in sorted(_by_order(pairs).items())
    ]


def difference_of_forms(pairs: Sequence[Pair]) -> Estimate | None:
    """Return how much easier the first form is than the second, as a share of the points; above zero it is easier.

    Each person answers both forms, half of them in each order, so that what was learned cancels out: half of the
    difference between the changes of both orders. Source: M. Hills and P. Armitage, Br. J. Clin. Pharmacol. 8
    (1979) 7-20; the interval is B. L. Welch's, Biometrika 34 (1947) 28-35, with degrees of freedom rounded down. None
    unless exactly two forms were answered in both orders, each by two people at least. ``n`` is the smaller group's.
    """
    by_order = _by_order(pairs)
    if len(by_order) != 2:
        return None
    (forms, first), (others, second) = sorted(by_order.items())
    if forms != others[::-1] or min(len(first), len(second)) < _LEAST:
        return None
    one, two = ([pair.change for pair in group] for group in (first, second))
    value = (fmean(two) - fmean(one)) / 2
    parts = (variance(one) / len(one), variance(two) / len(two))
    half = _welch(parts, (len(one), len(two))) / 2
    return Estimate(value=value, low=value - half, high=value + half, n=min(len(one), len(two)))


def _welch(parts: tuple[float, float], sizes: tuple[int, int]) -> float:
    """Return the half-width of the interval of a difference of two means with these squared errors."""
    total = sum(parts)
    if total <= 0:
        return 0.0
    freedom = total**2 / sum(part**2 / (size - 1) for part, size in zip(parts, sizes, strict=True))
    return student_quantile(int(freedom)) * math.sqrt(total)


def _by_order(pairs: Sequence[Pair]) -> Mapping[tuple[int, int], list[Pair]]:
    found: dict[tuple[int, int], list[Pair]] = {}
    for pair in pairs:
        found.setdefault(pair.order, []).append(pair)
    return found

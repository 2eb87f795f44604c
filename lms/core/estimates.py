"""Figures that come from few people, with the interval in which the true one plausibly lies. Pure arithmetic.

Everything here is a float: estimates describe a group and never decide what one person earned.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist, fmean, stdev
from typing import Final

ENOUGH: Final = 10
"""People under which no figure is shown: the interval would be as wide as the scale."""
Z: Final = NormalDist().inv_cdf(0.975)
"""Quantile of the normal distribution for intervals of 95 %."""
_FISHER_LEAST: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A figure of a group, with its interval of 95 % and the number of people that it comes from."""

    value: float
    low: float
    high: float
    n: int

    @property
    def is_sure(self) -> bool:
        """Say whether enough people answered for the figure to be shown."""
        return self.n >= ENOUGH


def proportion(mean: float, n: int) -> Estimate:
    """Return a share in [0, 1] of n people, with Wilson's score interval.

    Source: E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209-212. For scores between 0 and 1 the interval is wider
    than it need be, because no distribution on [0, 1] varies more than one of zeros and ones with the same mean.
    """
    if not n:
        return Estimate(value=0, low=0, high=1, n=0)
    centre = (mean + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * math.sqrt(mean * (1 - mean) / n + Z * Z / (4 * n * n))
    return Estimate(value=mean, low=max(centre - half, 0), high=min(centre + half, 1), n=n)


def correlation(first: Sequence[float], second: Sequence[float]) -> Estimate | None:
    """Return Pearson's correlation of two equally long series with Fisher's interval; None when one does not vary.

    Source of the interval: R. A. Fisher, Metron 1 (1921) 3-32; it needs four people at least.
    """
    n = len(first)
    if n < _FISHER_LEAST:
        return None
    mean_first, mean_second = fmean(first), fmean(second)
    shared = math.fsum((a - mean_first) * (b - mean_second) for a, b in zip(first, second, strict=True))
    spread = math.sqrt(
        math.fsum((a - mean_first) ** 2 for a in first) * math.fsum((b - mean_second) ** 2 for b in second)
    )
    if spread <= 0:
        return None
    value = max(-1.0, min(1.0, shared / spread))
    if abs(value) == 1:
        return Estimate(value=value, low=value, high=value, n=n)
    half = Z / math.sqrt(n - 3)
    centre = math.atanh(value)
    return Estimate(value=value, low=math.tanh(centre - half), high=math.tanh(centre + half), n=n)


def mean_of(values: Sequence[float]) -> Estimate | None:
    """Return the mean of at least two values with the interval of Student's t."""
    n = len(values)
    if n < 2:
        return None
    centre, half = fmean(values), student_quantile(n - 1) * stdev(values) / math.sqrt(n)
    return Estimate(value=centre, low=centre - half, high=centre + half, n=n)


def student_quantile(freedom: int) -> float:
    """Return the 97.5 % quantile of Student's t, within 0.002 from four degrees of freedom on.

    Source: the expansion 26.7.5 of Abramowitz and Stegun, Handbook of Mathematical Functions (1964).
    """
    z, v = Z, freedom
    return math.fsum(
        (
            z,
            (z**3 + z) / (4 * v),
            (5 * z**5 + 16 * z**3 + 3 * z) / (96 * v**2),
            (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * v**3),
            (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / (92160 * v**4),
        )
    )

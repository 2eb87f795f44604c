"""Periods of targets and where a target comes from. Pure."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from lms.institutions.targets.errors import (
    AgreementMissing,
    PeriodUnknown,
    TargetAboveWorkforce,
    WorkforceMissing,
)

MONTHS_OF = {"": (1, 12), "S1": (1, 6), "S2": (7, 6), "T1": (1, 3), "T2": (4, 3), "T3": (7, 3), "T4": (10, 3)}
"""First month and length of a year, its halves and its quarters."""
_WRITTEN = re.compile(r"(?P<year>20\d\d)(?:-(?P<part>S[12]|T[1-4]))?")


class TargetSource(StrEnum):
    """Where a number of people comes from."""

    AGREEMENT = "agreement"
    WORKFORCE = "workforce"
    SESSION = "session"


@dataclass(frozen=True, slots=True)
class TargetPeriod:
    """A year, half or quarter as people write it: 2026, 2026-S1, 2026-T3."""

    code: str
    first: date
    last: date


def read_period(written: str) -> TargetPeriod | None:
    """Return the period that was written, in any case; None when it is none."""
    found = _WRITTEN.fullmatch(written.strip().upper())
    if found is None:
        return None
    year, part = int(found["year"]), found["part"] or ""
    month, length = MONTHS_OF[part]
    last_month = month + length - 1
    after = date(year + 1, 1, 1) if last_month == 12 else date(year, last_month + 1, 1)
    return TargetPeriod(found[0], date(year, month, 1), after - timedelta(days=1))


def of_workforce(workforce: int, percent: int) -> int:
    """Return so many percent of a workforce, rounded up: nobody is trained by halves."""
    return -(-workforce * percent // 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetValues:
    """A target as it was written, apart from whose it is."""

    sector: str
    """A key of the table of sectors; empty for all."""
    period: str
    people: int
    source: TargetSource
    reference: str
    workforce: int | None = None


def check_values(values: TargetValues, *, has_agreement: bool) -> TargetValues:
    """Return the values with their period as it is kept, and nothing that its source does not ask for.

    Raises PeriodUnknown, AgreementMissing, WorkforceMissing and TargetAboveWorkforce.
    """
    period = read_period(values.period)
    if period is None:
        raise PeriodUnknown
    if values.source is TargetSource.AGREEMENT and not has_agreement:
        raise AgreementMissing
    if values.source is not TargetSource.WORKFORCE:
        return replace(values, period=period.code, workforce=None)
    if not values.workforce:
        raise WorkforceMissing
    if values.people > values.workforce:
        raise TargetAboveWorkforce
    return replace(values, period=period.code)

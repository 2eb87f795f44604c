"""Which months may be a span of a programme. Pure."""

import re
from datetime import date
from typing import Final

from lms.reports.spans.errors import CalendarPeriod, LastBeforeFirst, SpanTooLong
from lms.reports.tallies.rules import bounds_of, period_named, span_named

LONGEST: Final = 120
"""Months of a span."""
YEARS: Final = range(2000, 2101)
"""Years in which a span may begin and end: those for which reports are asked."""
_WRITTEN: Final = re.compile(r"(\d{4})-(\d{1,2})|(\d{1,2})/(\d{4})", re.ASCII)


def read_month(written: str) -> date | None:
    """Return the first day of a month written 2026-03 or 03/2026; None for what is none, or of no year of ours."""
    found = _WRITTEN.fullmatch(written.strip())
    if found is None:
        return None
    year, month = int(found[1] or found[4]), int(found[2] or found[3])
    return date(year, month, 1) if year in YEARS and 1 <= month <= 12 else None


def name_of(first: date, last: date) -> str:
    """Return the name of the span from one month to another, both whole.

    Raises LastBeforeFirst, SpanTooLong, and CalendarPeriod with its name.
    """
    if last < first:
        raise LastBeforeFirst
    if 12 * (last.year - first.year) + last.month - first.month >= LONGEST:
        raise SpanTooLong
    name = span_named(first, last)
    begins, ends = bounds_of(name) or (first, last)
    if known := period_named(begins, ends, until=date.max):
        raise CalendarPeriod(known)
    return name

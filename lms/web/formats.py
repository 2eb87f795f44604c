"""How numbers, dates and times are written for people. Pure: language and timezone are arguments.

Spanish follows the ISO habit (1 204 with a thin space, a decimal comma, 86 % with a space), which nobody in
the region misreads; the point and the comma mean opposite things in Mexico and in Ecuador.
"""

from datetime import date, datetime, tzinfo
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Final

from babel.dates import format_date

SPACE: Final = "\u00a0"
THIN_SPACE: Final = "\u202f"
MINUS: Final = "\u2212"
KILOBYTE: Final = 1024
MEGABYTE: Final = 1024 * KILOBYTE
Number = int | float | Decimal

_PATTERNS: Final = {
    "es": {
        "long": "EEEE d 'de' MMMM 'de' y",
        "medium": "d 'de' MMMM 'de' y",
        "short": "d MMM y",
        "month": "MMMM 'de' y",
    },
    "en": {"long": "EEEE d MMMM y", "medium": "d MMMM y", "short": "d MMM y", "month": "MMMM y"},
}


def thousands(number: int, *, language: str) -> str:
    """Return a whole number with its thousands apart: 1 204, or 1,204 in English."""
    text = f"{abs(number):,}"
    sign = MINUS if number < 0 else ""
    return sign + (text if language == "en" else text.replace(",", THIN_SPACE))


def decimal(number: Number, digits: int = 1, *, language: str) -> str:
    """Return a number with so many decimals, halves away from zero: 9,2, or 9.2 in English."""
    rounded = Decimal(str(number)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    whole, _, rest = f"{abs(rounded):f}".partition(".")
    point = "." if language == "en" else ","
    sign = MINUS if rounded < 0 else ""
    return sign + thousands(int(whole), language=language) + (point + rest if rest else "")


@lru_cache(maxsize=2048)
def percent(fraction: Number, digits: int = 0, *, language: str) -> str:
    """Return a fraction of one as a percentage: 86 %, or 86% in English."""
    number = decimal(Decimal(str(fraction)) * 100, digits, language=language)
    return f"{number}%" if language == "en" else f"{number}{SPACE}%"


def whole_percent(fraction: Number) -> int:
    """Return a fraction of one in whole percent as ``percent`` writes it: halves away from zero."""
    return int((Decimal(str(fraction)) * 100).quantize(Decimal(1), ROUND_HALF_UP))


def percent_of(part: int, whole: int, digits: int = 0, *, language: str) -> str:
    """Return what percentage the part is of the whole; a dash when there is no whole."""
    return percent(Decimal(part) / Decimal(whole), digits, language=language) if whole else "—"


def long_date(day: date, *, language: str, timezone: tzinfo) -> str:
    """Return jueves 20 de noviembre de 2026."""
    return _dated(day, "long", language, timezone)


def medium_date(day: date, *, language: str, timezone: tzinfo) -> str:
    """Return 20 de noviembre de 2026."""
    return _dated(day, "medium", language, timezone)


def short_date(day: date, *, language: str, timezone: tzinfo) -> str:
    """Return 20 nov 2026, for tables."""
    return _dated(day, "short", language, timezone)


def month(day: date, *, language: str, timezone: tzinfo) -> str:
    """Return noviembre de 2026."""
    return _dated(day, "month", language, timezone)


def clock(moment: datetime, *, timezone: tzinfo) -> str:
    """Return the time of day on 24 hours: 9:04."""
    local = _local(moment, timezone)
    return f"{local.hour}:{local.minute:02}"


def date_time(moment: datetime, *, language: str, timezone: tzinfo) -> str:
    """Return 20 de noviembre de 2026, 9:04."""
    return f"{medium_date(moment, language=language, timezone=timezone)}, {clock(moment, timezone=timezone)}"


def duration(minutes: int) -> str:
    """Return a length of time: 8 min, 1 h, 1 h 20 min."""
    hours, rest = divmod(minutes, 60)
    parts = ([f"{hours}{SPACE}h"] if hours else []) + ([f"{rest}{SPACE}min"] if rest or not hours else [])
    return SPACE.join(parts)


def byte_size(size: int, *, language: str) -> str:
    """Return the size of a file for people who pay for data: 312 KB, 2,1 MB."""
    if size < MEGABYTE:
        return f"{max(1, round(size / KILOBYTE))}{SPACE}KB"
    return f"{decimal(size / MEGABYTE, language=language)}{SPACE}MB"


def _dated(day: date, length: str, language: str, timezone: tzinfo) -> str:
    if isinstance(day, datetime):
        day = _local(day, timezone).date()
    return format_date(day, _PATTERNS[language][length], locale=language)


def _local(moment: datetime, timezone: tzinfo) -> datetime:
    if moment.tzinfo is None:
        message = "A naive moment cannot be shown: nobody knows which clock it was read from."
        raise ValueError(message)
    return moment.astimezone(timezone)

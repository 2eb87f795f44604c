"""Numbers, dates and times as people read them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from lms.web import formats

CANCUN = ZoneInfo("America/Cancun")
EVENING = datetime(2026, 11, 21, 1, 4, tzinfo=UTC)
"""Still Friday the 20th in Cancún."""


@pytest.mark.parametrize(
    ("number", "es", "en"),
    [(0, "0", "0"), (812, "812", "812"), (1204, "1\u202f204", "1,204"), (-5120, "−5\u202f120", "−5,120")],
)
def test_thousands_stand_apart(number, es, en):
    assert formats.thousands(number, language="es") == es
    assert formats.thousands(number, language="en") == en


@pytest.mark.parametrize(
    ("number", "digits", "text"),
    [
        (9.25, 1, "9,3"),
        (Decimal("13.5"), 1, "13,5"),
        (2.675, 2, "2,68"),
        (1234.5, 1, "1\u202f234,5"),
        (-0.04, 1, "0,0"),
        (7, 0, "7"),
    ],
)
def test_decimals_have_a_comma_and_round_halves_away_from_zero(number, digits, text):
    assert formats.decimal(number, digits, language="es") == text


@pytest.mark.parametrize(
    ("fraction", "es", "en"),
    [(0.86, "86\u00a0%", "86%"), (0.855, "86\u00a0%", "86%"), (1, "100\u00a0%", "100%")],
)
def test_percentages(fraction, es, en):
    assert formats.percent(fraction, language="es") == es
    assert formats.percent(fraction, language="en") == en


def test_whole_percents_are_those_of_the_percentages():
    for share in [n / 8 for n in range(-8, 9)] + [0.285, 0.575, 0.004, 0.0049]:
        assert f"{formats.whole_percent(share)}%" == formats.percent(share, language="en").replace("−", "-")


def test_nobody_is_no_percentage():
    assert formats.percent_of(0, 0, language="es") == "—"
    assert formats.percent_of(1, 3, 1, language="es") == "33,3\u00a0%"


def test_dates_are_those_of_the_place_not_of_the_server():
    assert formats.long_date(EVENING, language="es", timezone=CANCUN) == "viernes 20 de noviembre de 2026"
    assert formats.long_date(EVENING, language="en", timezone=CANCUN) == "Friday 20 November 2026"
    assert formats.clock(EVENING, timezone=CANCUN) == "20:04"
    assert formats.date_time(EVENING, language="es", timezone=CANCUN) == "20 de noviembre de 2026, 20:04"


def test_a_plain_date_is_itself_everywhere():
    day = date(2026, 3, 4)
    assert formats.medium_date(day, language="es", timezone=CANCUN) == "4 de marzo de 2026"
    assert formats.short_date(day, language="es", timezone=CANCUN) == "4 mar 2026"
    assert formats.month(day, language="en", timezone=CANCUN) == "March 2026"


def test_a_moment_without_a_clock_is_refused():
    with pytest.raises(ValueError, match="naive"):
        formats.clock(EVENING.replace(tzinfo=None), timezone=CANCUN)


@pytest.mark.parametrize(("minutes", "text"), [(0, "0 min"), (8, "8 min"), (60, "1 h"), (80, "1 h 20 min")])
def test_lengths_of_time(minutes, text):
    assert formats.duration(minutes).replace("\u00a0", " ") == text


@pytest.mark.parametrize(("size", "text"), [(10, "1 KB"), (319_488, "312 KB"), (2_200_000, "2,1 MB")])
def test_sizes_of_files(size, text):
    assert formats.byte_size(size, language="es").replace("\u00a0", " ") == text

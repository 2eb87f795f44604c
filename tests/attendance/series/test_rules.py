"""On which days a series meets, and at which instants."""

from datetime import UTC, date, time
from zoneinfo import ZoneInfo

import pytest

from lms.attendance.rules import span
from lms.attendance.series.rules import Pattern, Rhythm, days_of, read_day, titled

MONDAY = date(2026, 11, 2)
REVOLUTION = date(2026, 11, 16)


def days(*numbers, month=11):
    return tuple(date(2026, month, number) for number in numbers)


@pytest.mark.parametrize(
    ("pattern", "held"),
    [
        (
            Pattern(rhythm=Rhythm.WEEKLY, first=MONDAY, weekdays=frozenset({0, 3}), count=4),
            days(2, 5, 9, 12),
        ),
        (
            Pattern(rhythm=Rhythm.WEEKLY, first=MONDAY, weekdays=frozenset({0}), until=date(2026, 11, 23)),
            days(2, 9, 23),
        ),
        (Pattern(rhythm=Rhythm.WEEKLY, first=MONDAY, weekdays=frozenset({0}), count=3), days(2, 9, 23)),
        (Pattern(rhythm=Rhythm.DAILY, first=date(2026, 11, 15), count=3), days(15, 17, 18)),
        (
            Pattern(rhythm=Rhythm.LISTED, first=MONDAY, listed=(*days(20, 3, 3), REVOLUTION)),
            days(3, 20),
        ),
    ],
)
def test_a_series_holds_as_many_meetings_as_asked_on_days_that_are_worked(pattern, held):
    assert days_of(pattern, {REVOLUTION: "Revolución"}).held == held


def test_a_series_without_end_stops_at_a_hundred():
    assert len(days_of(Pattern(rhythm=Rhythm.DAILY, first=MONDAY), {}).held) == 100


def test_a_weekly_series_at_nine_stays_at_nine_when_the_clocks_change():
    zone = ZoneInfo("America/Santiago")
    pattern = Pattern(rhythm=Rhythm.WEEKLY, first=date(2026, 8, 24), weekdays=frozenset({0}), count=4)
    starts = [span(day, time(9), time(11), zone)[0] for day in days_of(pattern, {}).held]
    assert {each.astimezone(zone).hour for each in starts} == {9}
    assert {each.astimezone(UTC).hour for each in starts} == {12, 13}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-27", date(2026, 11, 27)),
        (" 27/11/2026 ", date(2026, 11, 27)),
        ("31/02/2026", None),
        ("mañana", None),
        ("٢٧/11/2026", None),
    ],
)
def test_a_day_is_read_as_people_write_it(text, day):
    assert read_day(text) == day


def test_the_number_of_a_meeting_stands_where_the_sign_does():
    assert titled("Sesión #", 3) == "Sesión 3"

"""The rules of attendance as tables: windows, clocks that jump, codes that change, shares of all planned meetings."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from math import ceil
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from lms.attendance import codes, rules
from lms.attendance.errors import (
    CheckInClosed,
    CheckInNotOpen,
    CodeRefused,
    EndRefused,
    RollTooEarly,
    TimeSkipped,
)
from lms.attendance.rules import Mark, Phase, window_of
from lms.attendance.shares import Planned, asked_of, share_of
from lms.core.ids import READABLE
from lms.plugins.criteria import State

NINE = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
"""Nine in the morning in Cancún."""
WINDOW = window_of(NINE, NINE + timedelta(hours=4), opens_minutes_before=30, late_after_minutes=15)
MEETING, OTHER = UUID(int=1), UUID(int=2)


def after(**parts: float) -> datetime:
    return NINE + timedelta(**parts)


@pytest.mark.parametrize(
    ("at", "mark"),
    [
        (after(minutes=-30), Mark.PRESENT),
        (after(minutes=0), Mark.PRESENT),
        (after(minutes=14, seconds=59), Mark.PRESENT),
        (after(minutes=15), Mark.LATE),
        (after(hours=4), Mark.LATE),
    ],
)
def test_the_moment_of_the_check_in_decides_the_mark(at, mark):
    assert rules.mark_at(WINDOW, at) is mark


def test_a_check_in_before_the_opening_says_when_it_opens():
    with pytest.raises(CheckInNotOpen) as refused:
        rules.mark_at(WINDOW, after(minutes=-30, seconds=-1))
    assert refused.value.opens_at == after(minutes=-30)


def test_a_check_in_after_the_end_says_when_it_closed():
    with pytest.raises(CheckInClosed) as refused:
        rules.mark_at(WINDOW, after(hours=4, seconds=1))
    assert refused.value.closed_at == after(hours=4)


@pytest.mark.parametrize(
    ("at", "phase"),
    [
        (after(minutes=-31), Phase.UPCOMING),
        (after(minutes=-30), Phase.OPEN),
        (after(hours=4), Phase.OPEN),
        (after(hours=4, seconds=1), Phase.OVER),
    ],
)
def test_the_phases_of_a_meeting(at, phase):
    assert WINDOW.phase(at) is phase


def test_lateness_longer_than_the_meeting_makes_nobody_late():
    window = window_of(NINE, after(hours=1), opens_minutes_before=0, late_after_minutes=90)
    assert rules.mark_at(window, after(hours=1)) is Mark.PRESENT


@pytest.mark.parametrize("mark", [Mark.PRESENT, Mark.LATE, Mark.ABSENT])
def test_before_a_meeting_only_a_justified_absence_is_known(mark):
    rules.check_roll(WINDOW, Mark.EXCUSED, after(days=-3))
    with pytest.raises(RollTooEarly):
        rules.check_roll(WINDOW, mark, after(minutes=-31))
    rules.check_roll(WINDOW, mark, after(minutes=-30))


@pytest.mark.parametrize("seconds", [-1, 601])
def test_a_scan_from_the_future_or_too_old_is_refused(seconds):
    rules.check_scan(NINE, NINE + timedelta(minutes=10))
    with pytest.raises(CodeRefused):
        rules.check_scan(NINE, NINE + timedelta(seconds=seconds))


CANCUN, TIJUANA, LIMA = ZoneInfo("America/Cancun"), ZoneInfo("America/Tijuana"), ZoneInfo("America/Lima")
SPRING, AUTUMN = date(2026, 3, 8), date(2026, 11, 1)
"""The days on which Tijuana's clocks are put forward and back, at two in the morning."""


@pytest.mark.parametrize(
    ("day", "starts", "ends", "zone", "span"),
    [
        # An ordinary morning, five hours behind UTC.
        (date(2026, 11, 20), time(9), time(13), CANCUN, ("2026-11-20T14:00", "2026-11-20T18:00")),
        (date(2026, 11, 20), time(9), time(13), LIMA, ("2026-11-20T14:00", "2026-11-20T18:00")),
        # Over midnight: the end is on the next day, also across months and years.
        (date(2026, 12, 31), time(22), time(1), CANCUN, ("2027-01-01T03:00", "2027-01-01T06:00")),
        (date(2026, 11, 20), time(20), time(0), CANCUN, ("2026-11-21T01:00", "2026-11-21T05:00")),
        # The night on which the clocks jump from two to three lasts an hour less.
        (SPRING, time(1), time(4), TIJUANA, ("2026-03-08T09:00", "2026-03-08T11:00")),
        # The night on which they show one o'clock twice lasts an hour more; the first one o'clock is meant.
        (AUTUMN, time(1), time(4), TIJUANA, ("2026-11-01T08:00", "2026-11-01T12:00")),
        # A day in summer and one in winter are not the same hour in UTC.
        (date(2026, 7, 1), time(9), time(10), TIJUANA, ("2026-07-01T16:00", "2026-07-01T17:00")),
        (date(2026, 12, 1), time(9), time(10), TIJUANA, ("2026-12-01T17:00", "2026-12-01T18:00")),
    ],
)
def test_local_times_become_instants(day, starts, ends, zone, span):
    found = rules.span(day, starts, ends, zone)
    assert tuple(moment.strftime("%Y-%m-%dT%H:%M") for moment in found) == span


@pytest.mark.parametrize("starts", [time(2), time(2, 30), time(2, 59)])
def test_a_time_that_the_clocks_jump_over_is_refused(starts):
    with pytest.raises(TimeSkipped):
        rules.span(SPRING, starts, time(6), TIJUANA)


@pytest.mark.parametrize(("starts", "ends"), [(time(9), time(9)), (time(9), time(8)), (time(9), time(21, 1))])
def test_a_meeting_of_more_than_twelve_hours_is_refused(starts, ends):
    with pytest.raises(EndRefused):
        rules.span(date(2026, 11, 20), starts, ends, CANCUN)


def test_a_code_is_six_characters_that_nobody_confuses():
    shown = {codes.code_at("secret", MEETING, after(seconds=30 * k)) for k in range(200)}
    assert len(shown) == 200
    assert all(len(code) == 6 and set(code) <= set(READABLE) for code in shown)


def test_a_code_holds_for_its_half_minute():
    assert codes.code_at("s", MEETING, NINE) == codes.code_at("s", MEETING, after(seconds=29))
    assert codes.code_at("s", MEETING, NINE) != codes.code_at("s", MEETING, after(seconds=30))


@pytest.mark.parametrize(
    ("seconds", "is_accepted"), [(-1, False), (0, True), (29, True), (30, True), (59, True), (60, False)]
)
def test_the_code_before_is_still_accepted_and_the_next_one_never(seconds, is_accepted):
    code = codes.code_at("s", MEETING, NINE)
    assert codes.matches("s", MEETING, code, after(seconds=seconds)) is is_accepted


@pytest.mark.parametrize("typed", ["{0}{1}", "{0} {1}", "{0}-{1}", " {0}{1} "])
def test_a_code_is_accepted_as_people_type_it(typed):
    code = codes.code_at("s", MEETING, NINE)
    for text in (typed, typed.lower()):
        assert codes.matches("s", MEETING, text.format(code[:3].lower(), code[3:]), NINE)


@pytest.mark.parametrize("typed", ["", "ñandú!", "AAAAAA", "A" * 500])
def test_what_is_not_the_code_is_refused(typed):
    assert not codes.matches("s", MEETING, typed, NINE)


def test_a_code_is_of_one_meeting_even_when_two_share_a_secret():
    assert not codes.matches("s", OTHER, codes.code_at("s", MEETING, NINE), NINE)
    assert not codes.matches("t", MEETING, codes.code_at("s", MEETING, NINE), NINE)


@pytest.mark.parametrize(("seconds", "left"), [(0, 30), (1, 29), (29, 1), (30, 30)])
def test_the_screen_knows_how_long_a_code_lasts(seconds, left):
    assert codes.seconds_left(after(seconds=seconds)) == left


# ── shares: P present, L late, E excused, A absent, - no mark; m before a letter: mandatory ──

MARKS = {
    "P": Mark.PRESENT,
    "L": Mark.LATE,
    "Q": Mark.LEFT_EARLY,
    "E": Mark.EXCUSED,
    "A": Mark.ABSENT,
    "-": None,
}
OVER, TODAY, AHEAD = after(days=-3), after(hours=-2), after(days=3)


def lived(history: str, ends: datetime = OVER) -> list[Planned]:
    """Return meetings as written; those after a bar are still to come."""
    past, _bar, coming = history.partition("|")
    return [*_planned(past, ends), *_planned(coming, AHEAD)]


def _planned(history: str, ends: datetime) -> list[Planned]:
    return [
        Planned(title=f"{word}{k}", closes_at=ends, is_mandatory=word.startswith("m"), mark=MARKS[word[-1]])
        for k, word in enumerate(history.split())
    ]


@pytest.mark.parametrize(
    ("history", "attended", "state"),
    [
        # Four fifths of five are four.
        ("P P P P|-", 4, State.MET),
        ("P P P|- -", 3, State.NOT_YET),
        ("P|- - - -", 1, State.NOT_YET),
        # One of one is not everything while four more are planned.
        ("P L E P|-", 4, State.MET),
        ("P A P P P", 4, State.MET),
        ("P A A|- -", 1, State.CANNOT),
        ("P - -|- -", 1, State.CANNOT),
        ("A P P P|-", 3, State.NOT_YET),
        ("A A A A A", 0, State.CANNOT),
        ("|- - - - -", 0, State.NOT_YET),
        # A justified absence known beforehand counts at once.
        ("P P P|E -", 4, State.MET),
        # Mandatory meetings weigh whatever the share is.
        ("P P P P|m-", 4, State.NOT_YET),
        ("P P P P mA", 4, State.CANNOT),
        ("P P P P mE", 5, State.MET),
        ("P P P P m-", 4, State.CANNOT),
        ("mL P P P|-", 4, State.MET),
        # Leaving early is worth half until a programme says otherwise, and is not enough where it is mandatory.
        ("P P P P Q", Fraction(9, 2), State.MET),
        ("P P P Q Q", 4, State.MET),
        ("P P P Q A", Fraction(7, 2), State.CANNOT),
        ("P P P Q|-", Fraction(7, 2), State.NOT_YET),
        ("P P P P mQ", Fraction(9, 2), State.CANNOT),
    ],
)
def test_the_share_is_over_all_planned_meetings(history, attended, state):
    share = share_of(lived(history), threshold=0.8, now=NINE)
    assert (share.attended, share.planned, share.state) == (attended, 5, state)
    assert share.fraction == Fraction(attended, 5)


def test_what_the_programme_credits_counts_exactly():
    thirds = [replace(each, credit=Fraction(2, 3)) for each in lived("L L L L L L")]
    assert share_of(thirds, threshold=0.66, now=NINE).state is State.MET
    assert share_of(thirds, threshold=0.67, now=NINE).state is State.CANNOT
    share = share_of(thirds, threshold=0.5, now=NINE)
    assert (share.attended, share.fraction) == (4, Fraction(2, 3))


def test_nothing_planned_has_no_share():
    assert share_of([], threshold=0.8, now=NINE) is None


def test_a_register_may_be_completed_for_a_day_before_a_missing_mark_is_an_absence():
    meetings = lived("-", ends=TODAY)
    assert share_of(meetings, threshold=1, now=NINE).state is State.NOT_YET
    assert share_of(meetings, threshold=1, now=TODAY + timedelta(hours=24)).state is State.NOT_YET
    assert share_of(meetings, threshold=1, now=TODAY + timedelta(hours=24, seconds=1)).state is State.CANNOT


def test_an_absence_that_was_registered_needs_no_day():
    assert share_of(lived("A", ends=TODAY), threshold=1, now=NINE).state is State.CANNOT


def test_whoever_is_absent_so_far_can_still_come_before_the_end():
    assert share_of(lived("A", ends=after(hours=1)), threshold=1, now=NINE).state is State.NOT_YET


@pytest.mark.parametrize(
    ("planned", "threshold", "needed"),
    [
        (5, 0.8, 4),
        (6, 0.8, 5),
        (1, 0.8, 1),
        (20, 0.55, 11),
        (10, 0.7, 7),
        (3, 1, 3),
        (7, 0, 0),
        (100, 0.29, 29),
    ],
)
def test_what_is_needed_is_exact(planned, threshold, needed):
    assert ceil(asked_of(planned, threshold)) == needed


def test_what_is_missing_is_named():
    share = share_of(lived("mA P|m- -"), threshold=0.8, now=NINE)
    assert share.mandatory_missed == ("mA0",)
    assert share.mandatory_left == ("m-0",)
    assert (share.missing, share.reachable) == (3, 3)

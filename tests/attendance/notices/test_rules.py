"""At which hours people are written to."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.attendance.notices.rules import Quiet, fill_in, is_quiet, last_loud, moment_before, next_loud

CANCUN, SANTIAGO = ZoneInfo("America/Cancun"), ZoneInfo("America/Santiago")
USUAL = Quiet()


def local(day, hour, minute=0, zone=CANCUN, month=11):
    return datetime(2026, month, day, hour, minute, tzinfo=zone)


@pytest.mark.parametrize(
    ("asked", "sent"),
    [
        (local(19, 12), local(19, 12)),
        (local(19, 20), local(20, 8)),
        (local(20, 3), local(20, 8)),
        (local(20, 20, 30), local(23, 8)),
        (local(22, 12), local(23, 8)),
    ],
)
def test_what_is_due_in_quiet_hours_waits_for_their_end(asked, sent):
    assert next_loud(asked, USUAL, CANCUN) == sent


@pytest.mark.parametrize(
    ("meeting", "hours", "sent"),
    [
        (local(19, 9), 24, local(18, 9)),
        (local(23, 9), 24, local(20, 19, 59)),
        (local(24, 9), 30, local(23, 8)),
        (local(21, 9), 2, local(20, 19, 59)),
    ],
)
def test_a_reminder_goes_earlier_when_waiting_would_leave_too_little(meeting, hours, sent):
    assert moment_before(meeting, timedelta(hours=hours), USUAL, CANCUN) == sent


def test_quiet_hours_end_at_eight_by_the_clocks_of_the_place_when_they_change():
    before, after = (next_loud(local(day, 22, zone=SANTIAGO, month=9), USUAL, SANTIAGO) for day in (3, 6))
    assert {each.astimezone(SANTIAGO).hour for each in (before, after)} == {8}
    assert (before.astimezone(UTC).hour, after.astimezone(UTC).hour) == (12, 11)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1)),  # noqa: DTZ001 - made aware below
    st.times(),
    st.times(),
    st.booleans(),
)
def test_what_is_proposed_is_never_quiet_and_on_the_right_side(moment, starts, ends, on_weekends):
    at = moment.replace(tzinfo=UTC)
    quiet = Quiet(
        starts=starts.replace(second=0, microsecond=0),
        ends=ends.replace(second=0, microsecond=0),
        on_weekends=on_weekends,
    )
    later = next_loud(at, quiet, SANTIAGO)
    assert later >= at
    assert not is_quiet(later, quiet, SANTIAGO)
    assert last_loud(at, quiet, SANTIAGO) <= at


def test_equal_hours_mean_none():
    assert not is_quiet(local(19, 23), Quiet(starts=time(8), ends=time(8)), CANCUN)


def test_a_sentence_takes_names_and_nothing_else():
    assert fill_in("{nombre}, {0.__class__} {otra}", {"nombre": "Ana"}) == "Ana, {0.__class__} {otra}"

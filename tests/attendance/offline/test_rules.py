"""When a mark of a device happened, whatever its clock says, and which meetings can be taken along."""

from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from lms.attendance.offline.rules import Standing, clashes, is_closed, is_offered, moment_of, origin_of
from lms.testing.pytest_plugin import TODAY

HOUR = 3600 * 1000
DEVICE, OTHER = UUID(int=1), UUID(int=2)
MADRID, CANCUN = ZoneInfo("Europe/Madrid"), ZoneInfo("America/Cancun")


def millis(moment):
    return int(moment.timestamp() * 1000)


@pytest.mark.parametrize("wrong_by", [-3, 0, 3])
def test_a_clock_that_is_wrong_by_hours_tells_the_right_time_once_compared(wrong_by):
    ten = TODAY - timedelta(hours=5)
    shown = millis(ten) + wrong_by * HOUR
    assert moment_of(shown, -wrong_by * HOUR, TODAY) == ten


def test_a_clock_put_forward_since_says_now_and_never_the_future():
    assert moment_of(millis(TODAY) + 3 * HOUR, 0, TODAY) == TODAY
    assert moment_of(2**53 - 1, 2**53 - 1, TODAY) == TODAY
    assert moment_of(-(2**53) + 1, 0, TODAY) == datetime(1970, 1, 1, tzinfo=UTC)


def test_the_night_in_which_clocks_are_put_back_keeps_the_order_of_marks():
    first, second = (datetime(2026, 10, 25, 2, 30, fold=fold, tzinfo=MADRID) for fold in (0, 1))
    moments = [moment_of(millis(each), 0, TODAY) for each in (first, second)]
    assert moments[1] - moments[0] == timedelta(hours=1)


@pytest.mark.parametrize(
    ("starts", "hours", "now", "offered"),
    [
        ((20, 9), 4, (20, 7), True),
        ((21, 9), 4, (20, 7), True),
        ((22, 9), 4, (20, 7), False),
        ((19, 9), 4, (20, 7), False),
        ((19, 22), 4, (20, 0), True),
        ((19, 22), 4, (20, 12), True),
    ],
)
def test_lists_of_today_and_tomorrow_and_of_the_session_over_midnight_can_be_taken(
    starts, hours, now, offered
):
    start, moment = (datetime(2026, 11, day, hour, tzinfo=CANCUN) for day, hour in (starts, now))
    assert is_offered(start, start + timedelta(hours=hours), CANCUN, moment.astimezone(UTC)) is offered


def test_a_day_of_the_place_and_not_of_the_server_decides():
    # 03:30 on the 21st in UTC is the evening of the 20th in Cancún.
    start = datetime(2026, 11, 22, 1, tzinfo=UTC)
    assert is_offered(start, start + timedelta(hours=1), CANCUN, datetime(2026, 11, 20, 13, tzinfo=UTC))
    assert not is_offered(start, start + timedelta(hours=1), UTC, datetime(2026, 11, 20, 13, tzinfo=UTC))


def test_seven_days_after_a_meeting_marks_come_too_late():
    assert not is_closed(TODAY, TODAY + timedelta(days=7), days=7)
    assert is_closed(TODAY, TODAY + timedelta(days=7, seconds=1), days=7)


@pytest.mark.parametrize(
    ("by", "theirs", "mine", "seen", "expected"),
    [
        (OTHER, "absent", "present", "", True),
        (OTHER, "absent", "present", "absent", False),
        (OTHER, "present", "present", "", False),
        (DEVICE, "absent", "present", "", False),
    ],
)
def test_only_what_somebody_else_said_unseen_clashes(by, theirs, mine, seen, expected):
    standing = Standing(state=theirs, method="roll-call", recorded_at=TODAY, origin=origin_of(by, 3))
    assert clashes(standing, device=DEVICE, state=mine, seen=seen) is expected
    assert not clashes(None, device=DEVICE, state=mine, seen=seen)

"""Our own reports keep the contract of reports; the list of indicators has each once."""

from lms.reports.completion import CompletionByInstitution, Indicators
from lms.reports.indicators import list_indicators
from lms.reports.learning import AttendanceAndLearning
from lms.reports.reached import TargetsReached
from lms.testing.contracts.reports import ReportContract


class TestCompletionByInstitution(ReportContract):
    """The commission's table."""

    report = CompletionByInstitution()


class TestIndicators(ReportContract):
    """Every indicator by institution."""

    report = Indicators()


class TestTargetsReached(ReportContract):
    """Targets of people beside what is reached."""

    report = TargetsReached()


class TestAttendanceAndLearning(ReportContract):
    """Attendance and learning by institution."""

    report = AttendanceAndLearning()


def test_the_list_has_each_indicator_once():
    reports = [CompletionByInstitution(), Indicators(), AttendanceAndLearning(), TargetsReached()]
    keys = [each.key for each in list_indicators(reports)]
    assert len(keys) == len(set(keys)) == 24


def test_every_count_says_that_test_people_are_left_out():
    found = list_indicators(
        [CompletionByInstitution(), Indicators(), AttendanceAndLearning(), TargetsReached()]
    )
    silent = {each.key for each in found if "personas de prueba" not in str(each.excluded)}
    assert silent == {"goal"}

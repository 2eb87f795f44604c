"""The ways to mark that come with attendance keep the promises of every plugin's."""

import pytest

from lms.attendance import words
from lms.attendance.errors import MethodUnknown
from lms.attendance.models import Mark
from lms.attendance.plugin import register_attendance_methods
from lms.attendance.service import mark
from lms.core.actors import SYSTEM
from lms.core.db import db
from lms.learning.models import Cohort
from lms.testing.contracts.attendance import AttendanceMethodContract
from lms.testing.factories.attendance import make_meeting
from lms.testing.factories.learning import make_enrolment
from lms.testing.pytest_plugin import TODAY

QR, CODE, ROLL_CALL = register_attendance_methods()


class TestQR(AttendanceMethodContract):
    method = QR


class TestCode(AttendanceMethodContract):
    method = CODE


class TestRollCall(AttendanceMethodContract):
    method = ROLL_CALL


def test_a_mark_is_made_in_a_registered_way_only(unit):
    with unit():
        enrolment = make_enrolment()
        meeting = make_meeting(db.session.get(Cohort, enrolment.cohort_id))
        with pytest.raises(MethodUnknown):
            mark(meeting, enrolment, mark=Mark.PRESENT, method="telepathy", actor=SYSTEM, now=TODAY)
        assert str(words.method("telepathy")) == "telepathy"

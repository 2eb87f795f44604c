"""Every page of attendance as its people see it."""

import pytest

from lms.accounts.models import Person
from lms.attendance.models import Mark
from lms.core.db import db
from lms.testing.factories.accounts import make_administrator
from lms.testing.factories.attendance import code_on_screen, make_mark, make_meeting
from lms.testing.factories.learning import make_cohort, make_enrolment


@pytest.fixture
def room(unit):
    """Return (administrator, cohort id, meeting id, person, code) of a meeting that is on."""
    with unit():
        cohort = make_cohort()
        meeting = make_meeting(cohort, is_mandatory=True)
        people = [make_enrolment(cohort) for _ in range(3)]
        make_mark(meeting, people[1])
        make_mark(meeting, people[2], Mark.EXCUSED, note="Comisión")
        person = db.session.get(Person, people[0].person_id)
        return make_administrator(), cohort.id, meeting.id, person, code_on_screen(meeting)


def test_pages_of_staff(client_for, room):
    admin, cohort_id, meeting_id, *_ = room
    client = client_for(admin)
    for path in (
        f"/attendance/cohorts/{cohort_id}",
        f"/attendance/cohorts/{cohort_id}/register",
        f"/attendance/cohorts/{cohort_id}/meetings/new",
        f"/attendance/meetings/{meeting_id}/edit",
        f"/attendance/meetings/{meeting_id}/cancel",
        f"/attendance/meetings/{meeting_id}/roll-call",
        f"/attendance/meetings/{meeting_id}/projection",
        f"/learning/cohorts/{cohort_id}",
    ):
        client.get(path)
    client.raw.get(f"/attendance/cohorts/{cohort_id}/register.csv")
    client.raw.get(f"/attendance/cohorts/{cohort_id}/register.xlsx")


def test_pages_of_the_trainee(client_for, room):
    *_, meeting_id, person, code = room
    client = client_for(person)
    for path in ("/learning/", "/attendance/", "/a", f"/a/{code}"):
        client.get(path)
    client.follow(client.post(f"/a/{code}"))
    assert client.get(f"/a/{code}", status=303).location.endswith("/entry")
    client.get("/a/AAAAAA", status=422)

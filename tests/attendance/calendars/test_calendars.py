"""The meetings of a person as calendar programs get them, read back by a library that is not the writer's tests."""

from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from lms.attendance.service import cancel_meeting, change_meeting
from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.core.db import db
from lms.core.mail import compose
from lms.testing.factories.accounts import make_person
from lms.testing.factories.attendance import make_meeting
from lms.testing.factories.learning import make_cohort, make_enrolment

STARTS = datetime(2026, 11, 27, 14, 0, tzinfo=UTC)


@pytest.fixture
def world(unit):
    """Return a person, a meeting of their own cohort and one of a cohort that is not theirs."""
    with unit():
        person = make_person(email="p014@example.org")
        cohort = make_cohort(name="Grupo 2")
        make_enrolment(cohort, person=person)
        title = "Sesión 3; mapa, ruta y práctica con un título que pasa de los setenta y cinco octetos"
        own = make_meeting(cohort, title=title, starts_at=STARTS)
        other = make_meeting(make_cohort(name="Grupo 9"), starts_at=STARTS)
        return person, own, other


def address_in(browser):
    page = browser.get("/attendance/calendar")
    return page.soup.select_one("a[data-copy]")["data-copy"].partition("localhost")[2]


def test_a_calendar_is_followed_without_signing_in(client_for, client, world):
    person, own, _other = world
    address = address_in(client_for(person))
    answer = client.raw.get(address)
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert max(len(line) for line in answer.data.split(b"\r\n")) <= 75
    (event,) = Calendar.from_ical(answer.data).walk("VEVENT")
    assert str(event["summary"]) == own.title
    assert event.decoded("dtstart") == STARTS
    assert event["dtstart"].params["TZID"] == "America/Cancun"
    assert event["status"] == "CONFIRMED"


def test_a_changed_address_answers_nothing_any_more(client_for, client, world):
    browser = client_for(world[0])
    before = address_in(browser)
    browser.post("/attendance/calendar")
    assert client.raw.get(before).status_code == 404
    assert client.raw.get(address_in(browser)).status_code == 200


def test_a_stranger_guesses_no_calendar(client, world):
    assert client.raw.get("/attendance/calendar/WyJhIiwwXQ.x.ics").status_code == 404


def test_one_meeting_is_a_file_and_that_of_another_cohort_is_none(client_for, world):
    person, own, other = world
    browser = client_for(person)
    answer = browser.raw.get(f"/attendance/meetings/{own.id}/calendar.ics")
    assert answer.headers["Content-Disposition"] == "attachment; filename=sesion-2026-11-27.ics"
    assert browser.raw.get(f"/attendance/meetings/{other.id}/calendar.ics").status_code == 404


def test_a_letter_about_a_change_moves_the_meeting_in_the_calendar_and_a_cancellation_takes_it_away(
    unit, world, mailbox, run_jobs
):
    _person, own, _other = world
    values = {
        name: getattr(own, name)
        for name in (
            "title",
            "venue",
            "facilitator",
            "opens_minutes_before",
            "late_after_minutes",
            "is_mandatory",
        )
    }
    later = STARTS + timedelta(days=1)
    with unit():
        meeting = db.session.merge(own)
        change_meeting(
            meeting, actor=SYSTEM, now=now(), starts_at=later, ends_at=later + timedelta(hours=4), **values
        )
    run_jobs()
    with unit():
        cancel_meeting(db.session.merge(own), actor=SYSTEM, now=now())
    run_jobs()
    letters = [message for message in mailbox.sent if message.calendar]
    moved, gone = (Calendar.from_ical(message.calendar) for message in letters)
    assert (moved["method"], gone["method"]) == ("REQUEST", "CANCEL")
    (first,), (second,) = moved.walk("VEVENT"), gone.walk("VEVENT")
    assert first["uid"] == second["uid"]
    assert first.decoded("dtstart") == later
    assert str(first["attendee"]) == "mailto:p014@example.org"
    assert second["status"] == "CANCELLED"
    mail = compose(letters[0], sender="ruta@example.org", host="example.org")
    kinds = [part.get_content_type() for part in mail.walk()]
    assert kinds == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/calendar",
        "text/calendar",
    ]
    assert list(mail.walk())[3].get_param("method") == "REQUEST"

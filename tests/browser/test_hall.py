"""A hall: the screen in one browser and twenty telephones in front of it, three of them real ones."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from lms.attendance import codes
from lms.attendance.models import Attendance, AttendanceObservation
from lms.core.actors import Role, ScopeKind
from lms.core.clock import now
from lms.core.db import db
from lms.testing.factories.accounts import PASSWORD, give_role, make_person
from lms.testing.factories.attendance import code_on_screen, make_meeting
from lms.testing.factories.institutions import make_institution, make_member
from lms.testing.factories.learning import make_cohort, make_enrolment

PHONES, REAL = 20, 3


@pytest.fixture
def hall(unit):
    """Return a meeting that is on, its trainer, and twenty people; the first three sign in with a password."""
    with unit():
        cohort, place = make_cohort(), make_institution()
        meeting = make_meeting(cohort, title="Apertura", venue="Auditorio")
        trainer = make_person(password=PASSWORD)
        give_role(trainer, Role.TRAINER, ScopeKind.COHORT, cohort.id)
        people = [make_member(place, password=PASSWORD if number < REAL else "") for number in range(PHONES)]
        for person in people:
            make_enrolment(cohort, person)
        yesterday = codes.code_at(meeting.secret, meeting.id, now() - timedelta(days=1))
        return SimpleNamespace(
            meeting=meeting.id,
            trainer=trainer,
            people=people,
            code=code_on_screen(meeting),
            yesterday=yesterday,
        )


def sign_in(visitor, person):
    visitor.fill(email=person.email, password=PASSWORD)
    visitor.press("Entrar", name="after-sign-in")


def scan(visitor, hall, person):
    """Scan as a stranger, sign in, come back, and tap once."""
    visitor.open(f"/a/{hall.code}", name="sign-in")
    sign_in(visitor, person)
    assert visitor.title == "Apertura"
    visitor.press("Registrar mi entrada", name="registered")
    assert visitor.title == "Entrada registrada"


def test_twenty_telephones_fill_the_screen_of_a_hall(visit, client_for, unit, hall):
    screen = visit(width=1280)
    screen.open(f"/attendance/meetings/{hall.meeting}/projection", name="screen-sign-in")
    sign_in(screen, hall.trainer)
    count = screen.page.locator(".projection__count .big-number")
    expect(count).to_have_text("0")
    screen.page.evaluate("window.same = true")
    phones = [visit(width=390) for _ in range(REAL)]

    phones[0].open(f"/a/{hall.yesterday}", name="sign-in")
    phones[0].faults.clear()
    for phone, person in zip(phones, hall.people, strict=False):
        scan(phone, hall, person)
    for person in hall.people[REAL:]:
        client_for(person).post(f"/a/{hall.code}")

    again = phones[0]
    again.open(f"/a/{hall.code}", name="again")
    assert again.title == "Entrada registrada"
    again.check()
    again.page.goto(f"{again.url}/a/{hall.yesterday}")
    assert again.title == "No reconocemos ese código"
    assert again.says("Escanee el de la pantalla de su sala")

    expect(count).to_have_text(str(PHONES), timeout=9000)
    expect(screen.page.locator(".projection__latest li")).to_have_count(3)
    seconds = screen.page.locator("[data-seconds]")
    before = seconds.inner_text()
    expect(seconds).not_to_have_text(before, timeout=2500)
    assert screen.page.evaluate("window.same"), "the page was loaded again by hand or by a header"
    screen.review("full")
    for visitor in (screen, *phones[1:]):
        visitor.check()
    with unit():
        assert db.session.scalar(select(func.count(Attendance.id))) == PHONES
        assert db.session.scalar(select(func.count(AttendanceObservation.id))) == PHONES


@pytest.mark.parametrize(("width", "height"), [(1024, 768), (1920, 1080)])
def test_the_screen_fits_without_scrolling_and_takes_the_next_code_in_place(
    visit, unit, hall, at, width, height
):
    """The code changes in the page that is open, so that it stays in full screen."""
    screen = visit(width=width)
    screen.page.set_viewport_size({"width": width, "height": height})
    screen.open(f"/attendance/meetings/{hall.meeting}/projection", name="screen-sign-in")
    with at(now() + timedelta(seconds=codes.SLOT_SECONDS - 2)):
        sign_in(screen, hall.trainer)
        assert screen.page.evaluate("document.documentElement.scrollHeight <= innerHeight")
        screen.page.evaluate("window.same = true")
        screen.page.get_by_role("button", name="Pantalla completa").click()
        expect(screen.page.get_by_role("button", name="Salir de pantalla completa")).to_be_visible()
        code = screen.page.locator(".join-code b")
        expect(code).to_have_text(hall.code)
    with at(now() + timedelta(minutes=1)):
        expect(code).not_to_have_text(hall.code, timeout=6000)
        assert screen.page.evaluate("window.same && Boolean(document.fullscreenElement)")
    screen.check()

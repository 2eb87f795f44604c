"""Attendance in a real browser: the roll by keyboard, the living screen of the room, and both without JavaScript."""

import re
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect, sync_playwright

from lms.accounts.models import Person
from lms.attendance.models import Mark, Meeting
from lms.attendance.queries import attendances_at, enrolments_of
from lms.core.db import db
from lms.testing.axe import review_page
from lms.testing.chromium import find_chromium, why_no_browser
from lms.testing.factories.accounts import make_administrator
from lms.testing.factories.attendance import code_on_screen, make_mark, make_meeting
from lms.testing.factories.learning import make_cohort, make_enrolment

MISSING = why_no_browser()
pytestmark = [pytest.mark.browser, pytest.mark.skipif(bool(MISSING), reason=MISSING)]


@pytest.fixture
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**find_chromium().launch_options())
        yield browser
        browser.close()


@pytest.fixture
def room(unit):
    """Return a meeting that is on, its administrator and three people of its cohort."""
    with unit():
        cohort = make_cohort()
        meeting = make_meeting(cohort)
        people = [make_enrolment(cohort) for _ in range(3)]
        persons = [db.session.get(Person, each.person_id) for each in people]
        return SimpleNamespace(
            cohort=cohort.id, meeting=meeting.id, keeper=make_administrator(), people=people, persons=persons,
            code=code_on_screen(meeting),
        )  # fmt: skip


@pytest.fixture
def open_page(chromium, client_for, live_server):
    """Return ``open_page(person, path)``: the page in a browser in which the person is signed in."""

    def opened(person, path, **options):
        context = chromium.new_context(
            locale="es-MX", reduced_motion="reduce", **{"viewport": {"width": 1280, "height": 800}} | options
        )
        cookie = client_for(person).raw.get_cookie("ruta").value
        context.add_cookies([{"name": "ruta", "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.goto(live_server.url + path)
        return page

    return opened


def marks(unit, room):
    with unit():
        found = attendances_at(room.meeting)
        return [found[each.id].mark if each.id in found else None for each in room.people]


@pytest.fixture
def hall(unit):
    """Return a meeting that is on, its administrator and forty people of its cohort."""
    with unit():
        cohort = make_cohort()
        meeting = make_meeting(cohort)
        return SimpleNamespace(
            meeting=meeting.id,
            keeper=make_administrator(),
            people=[make_enrolment(cohort) for _ in range(40)],
        )


def test_forty_people_take_one_key_each(open_page, unit, hall):
    page = open_page(hall.keeper, f"/attendance/meetings/{hall.meeting}/roll-call")
    page.get_by_role("link", name="Todos presentes").focus()
    letters = ["a" if at % 8 == 3 else "t" if at % 8 == 5 else "p" for at in range(40)]
    pressed = ["Tab", *letters, "Enter"]
    for key in pressed:
        page.keyboard.press(key)
    expect(page.get_by_text("Se guardaron 40 asistencias")).to_be_visible()
    assert len(pressed) <= 2 * 40
    assert sorted(marks(unit, hall)) == sorted(
        {"a": Mark.ABSENT, "t": Mark.LATE, "p": Mark.PRESENT}[each] for each in letters
    )


@pytest.mark.parametrize("has_scripts", [True, False])
def test_the_roll_needs_only_the_keyboard(open_page, unit, room, has_scripts):
    page = open_page(
        room.keeper, f"/attendance/meetings/{room.meeting}/roll-call", java_script_enabled=has_scripts
    )
    page.get_by_role("link", name="Todos presentes").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("all=present"))
    # From the link, one step leads to each person; arrows choose among the five marks.
    page.get_by_role("link", name="Todos presentes").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.type("Comisión")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Se guardaron 3 asistencias")).to_be_visible()
    assert marks(unit, room) == [Mark.LATE, Mark.EXCUSED, Mark.PRESENT]
    with unit():
        assert attendances_at(room.meeting)[room.people[1].id].note == "Comisión"


def test_the_screen_counts_by_itself(open_page, unit, room):
    page = open_page(room.keeper, f"/attendance/meetings/{room.meeting}/projection")
    expect(page.locator(".big-number")).to_have_text("0")
    with unit():
        make_mark(db.session.get(Meeting, room.meeting), enrolments_of(room.cohort)[room.people[0].id])
    expect(page.locator(".big-number")).to_have_text("1", timeout=8000)
    expect(page.locator("#rotation")).to_have_count(1)


@pytest.mark.parametrize("has_scripts", [True, False])
def test_whoever_scans_is_in_with_one_tap(open_page, unit, room, has_scripts):
    page = open_page(
        room.persons[0], f"/a/{room.code}", java_script_enabled=has_scripts,
        viewport={"width": 390, "height": 800},
    )  # fmt: skip
    page.get_by_role("button", name="Registrar mi entrada").click()
    expect(page.get_by_role("heading", name="Entrada registrada")).to_be_visible()
    assert marks(unit, room) == [Mark.PRESENT, None, None]


@pytest.mark.parametrize("width", [390, 1440])
def test_pages_are_accessible_and_fit(open_page, room, width):
    staff = [
        "/attendance/meetings/", f"/attendance/cohorts/{room.cohort}", f"/attendance/cohorts/{room.cohort}/register",
        f"/attendance/cohorts/{room.cohort}/meetings/new", f"/attendance/meetings/{room.meeting}/edit",
        f"/attendance/meetings/{room.meeting}/cancel", f"/attendance/meetings/{room.meeting}/roll-call",
        f"/attendance/meetings/{room.meeting}/projection",
    ]  # fmt: skip
    trainee = ["/attendance/", "/a", f"/a/{room.code}", "/a/ABCDEF"]
    for person, paths in ((room.keeper, staff), (room.persons[0], trainee)):
        page = open_page(person, paths[0], viewport={"width": width, "height": 800})
        for path in paths:
            page.goto(page.url.split("/a", 1)[0] + path)
            assert review_page(page) == [], path

"""Meetings that are online, in part or whole: the address at which people join, and who reads it."""

import pytest

from lms.accounts.models import Person
from lms.attendance.rules import is_joinable
from lms.core.actors import Role, ScopeKind
from lms.core.db import db
from lms.testing.factories.accounts import give_role, make_person
from lms.testing.factories.learning import make_enrolment
from tests.attendance.test_staff import FORM, meetings_of

LINK = "https://llamadas.example.org/sala/7?clave=abc"
ONLINE = {**FORM, "place": "online", "link": LINK}


@pytest.fixture
def learner(unit, cohort):
    with unit():
        return db.session.get_one(Person, make_enrolment(cohort).person_id)


@pytest.fixture
def path(cohort):
    return f"/attendance/cohorts/{cohort.id}/meetings/new"


def links_of(page):
    return [each["href"] for each in page.select("a[href^=https]")]


@pytest.mark.parametrize(
    ("text", "is_right"),
    [
        (LINK, True),
        ("https://llamadas.example.org", True),
        ("HTTPS://llamadas.example.org/a", True),
        ("http://llamadas.example.org/a", False),
        ("llamadas.example.org/a", False),
        ("https://llamadas", False),
        ("https://banco.example.org@otro.example.org/a", False),
        ("https://llamadas.example.org/a b", False),
        ("javascript:alert(1)//https://a.example.org", False),
    ],
)
def test_an_address_that_a_browser_opens_safely(text, is_right):
    assert is_joinable(text) is is_right


@pytest.mark.parametrize("place", ["online", "mixed"])
def test_whoever_takes_part_finds_where_to_join(trainer, learner, path, cohort, unit, client_for, place):
    page = trainer.follow(trainer.post(path, {**ONLINE, "place": place}))
    assert links_of(page) == [LINK]
    (meeting,) = meetings_of(unit, cohort)
    browser = client_for(learner)
    assert links_of(browser.get("/attendance/")) == [LINK]
    assert LINK in links_of(browser.get("/learning/"))
    calendar = browser.raw.get(f"/attendance/meetings/{meeting.id}/calendar.ics").text
    assert LINK in calendar.replace("\r\n ", "")


def test_who_only_reads_figures_of_the_cohort_reads_no_address(trainer, path, cohort, unit, client_for):
    trainer.post(path, ONLINE)
    with unit():
        reviewer = make_person()
        give_role(reviewer, Role.REVIEWER, ScopeKind.PROGRAMME, cohort.programme_id)
    page = client_for(reviewer).get(f"/attendance/cohorts/{cohort.id}")
    assert ONLINE["title"] in page.text
    assert LINK not in str(page.soup)


def test_a_meeting_in_a_room_has_no_address(trainer, path, cohort, unit):
    trainer.post(path, {**ONLINE, "place": "on-site"})
    assert [each.link for each in meetings_of(unit, cohort)] == [""]


def test_what_is_no_address_is_said_beside_it_and_kept(trainer, path, cohort, unit):
    page = trainer.post(path, {**ONLINE, "link": "llamadas.example.org/sala 7"}, status=422)
    assert "Escriba la dirección completa, con https:// y sin espacios." in page.text
    (field,) = page.select("#link")
    assert field["value"] == "llamadas.example.org/sala 7"
    assert not meetings_of(unit, cohort)


def test_another_address_is_told_and_one_called_off_is_not(
    trainer, learner, path, cohort, unit, client_for, run_jobs, mailbox
):
    trainer.post(path, ONLINE)
    (meeting,) = meetings_of(unit, cohort)
    other = LINK.replace("7", "8")
    trainer.post(f"/attendance/meetings/{meeting.id}/edit", {**ONLINE, "link": other})
    run_jobs()
    (letter,) = [each for each in mailbox.sent if each.subject.startswith("Cambió una sesión")]
    assert other in letter.text
    trainer.post(f"/attendance/meetings/{meeting.id}/cancel", {})
    assert links_of(client_for(learner).get("/attendance/")) == []


def test_a_series_is_joined_at_one_address(trainer, cohort, unit):
    series = f"/attendance/cohorts/{cohort.id}/series/new"
    values = {**ONLINE, "title": "Sesión #", "rhythm": "daily", "count": "3", "minimum_share": "3/4"}
    seen = trainer.post(series, values, status=200)
    (digest,) = seen.select("#seen")
    trainer.post(series, {**values, "seen": digest["value"], "plan": "y"})
    assert [each.link for each in meetings_of(unit, cohort)] == [LINK] * 3

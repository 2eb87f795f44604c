"""Records that only try things out: in no figure of any page, until they are like all others again."""

import csv
from io import StringIO

import pytest

from lms.attendance.commitments import MeetingsHeld
from lms.attendance.models import Mark
from lms.core.actors import Role, ScopeKind
from lms.core.clock import now
from lms.institutions.programmes.queries import get_programme
from lms.learning.commitments import CoursesGiven, PeopleTrained
from lms.plugins.commitments import CommitmentWindow
from lms.reports.tallies import service
from lms.testing.factories.accounts import give_role, make_administrator, make_person
from lms.testing.factories.attendance import make_mark, make_meeting
from lms.testing.factories.certificates import make_completion
from lms.testing.factories.institutions import affiliate_person, make_focal_point, make_institution
from lms.testing.factories.learning import make_cohort, make_enrolment
from lms.testing.pytest_plugin import TODAY
from tests.reports.test_views import read_csv

REPORTS = ("completion-by-institution", "indicators-by-institution", "learning-by-institution")


@pytest.fixture
def world(unit):
    """Six people who completed a course and were at its meeting, and Prueba, who did both and did not begin another."""
    with unit():
        place = make_institution("Secretaría de Salud", sector="health")
        cohort = make_cohort(ends_on=TODAY.date())
        later = make_cohort(programme=get_programme(cohort.programme_id))
        meeting = make_meeting(cohort, hours=2)
        trial = make_person(given_names="Prueba")
        for person in (*(make_person() for _ in range(6)), trial):
            affiliate_person(person, place)
            enrolment = make_enrolment(cohort, person, institution=place, sector="health")
            make_mark(meeting, enrolment, Mark.PRESENT)
            make_completion(enrolment)
        make_enrolment(later, trial, institution=place, sector="health")
        reviewer = make_person()
        give_role(reviewer, Role.REVIEWER, ScopeKind.PROGRAMME, cohort.programme_id)
        return {
            "place": place, "cohort": cohort.id, "meeting": meeting.id, "programme": cohort.programme_id,
            "trial": trial, "reviewer": reviewer, "enlace": make_focal_point(place), "admin": make_administrator(),
        }  # fmt: skip


def mark(browser, person, *, is_test):
    values = {"given_names": person.given_names, "first_surname": person.first_surname, "is_active": "y"}
    more = {"is_test": "y"} if is_test else {}
    browser.post(f"/people/{person.id}/edit", {**values, "email": person.email, **more})


def figures(client_for, world):
    """Return every table of the commission, and what a focal point reads of their own people."""
    reader, enlace = client_for(world["reviewer"]), client_for(world["enlace"])
    page = enlace.get(f"/institutions/{world['place'].id}")
    cohorts = page.select('section[aria-labelledby="cohorts-of-institution"] tbody tr')
    return {
        **{name: read_csv(reader, f"?report={name}&period=2026")[1:] for name in REPORTS},
        "cohorts": [[cell.get_text(strip=True) for cell in row.select("td.num")] for row in cohorts],
        "calls": [link.get_text(strip=True) for link in enlace.get("/reports/calls").select("tbody th > a")],
    }


def test_a_test_person_is_in_no_figure_and_comes_back_to_all_of_them(client_for, world, unit):
    admin = client_for(world["admin"])
    before = figures(client_for, world)
    assert [before[name][0][2] for name in REPORTS] == ["7"] * 3

    mark(admin, world["trial"], is_test=True)
    without = figures(client_for, world)
    assert [without[name][0][2] for name in REPORTS] == ["6"] * 3
    assert [without["completion-by-institution"][0][3], without["learning-by-institution"][0][3]] == [
        "6",
        "6",
    ]
    assert without["cohorts"] == [["6", "6", "6"]]
    assert without["calls"] == []
    with unit():
        assert service.verify(get_programme(world["programme"]), now=now()) == {}

    mark(admin, world["trial"], is_test=False)
    assert figures(client_for, world) == before


def test_staff_see_at_each_name_who_only_tries_things_out(client_for, world):
    admin = client_for(world["admin"])
    mark(admin, world["trial"], is_test=True)
    cohort, meeting = world["cohort"], world["meeting"]
    for path in (
        f"/learning/cohorts/{cohort}", f"/attendance/cohorts/{cohort}/register",
        f"/attendance/meetings/{meeting}/roll-call",
    ):  # fmt: skip
        (badge,) = (each for each in admin.get(path).select(".badge--maize") if each.string == "Prueba")
        assert world["trial"].name in badge.parent.get_text(" ", strip=True), path


def counts(admin, world):
    """Return what the screens of the cohort add up to, and how often each says who is apart."""
    cohort, meeting = world["cohort"], world["meeting"]
    pages = {
        "learning": (f"/learning/cohorts/{cohort}", "#people, .stats > *"),
        "register": (f"/attendance/cohorts/{cohort}/register", ".matrix tfoot th, .matrix tfoot td"),
        "whole": (f"/attendance/cohorts/{cohort}/register?view=all", ".matrix tfoot th, .matrix tfoot td"),
        "meetings": (f"/attendance/cohorts/{cohort}", ".meeting-row p.tabular"),
        "roll": (f"/attendance/meetings/{meeting}/roll-call", "form p.tabular"),
        "documents": (f"/certificates/cohorts/{cohort}/issue", "#eligible"),
        "listed": ("/learning/cohorts/", f'tr:has(a[href$="{cohort}"]) td.num'),
    }
    read = {name: (admin.get(path), choice) for name, (path, choice) in pages.items()}
    found = {
        name: [each.get_text(" ", strip=True) for each in page.select(choice)]
        for name, (page, choice) in read.items()
    }
    return found, {
        name: page.text.count("Aparte hay una persona de prueba") for name, (page, _choice) in read.items()
    }


def test_no_total_of_a_cohort_counts_test_people_and_each_page_says_so_once(client_for, world):
    admin = client_for(world["admin"])
    before, _said = counts(admin, world)
    mark(admin, world["trial"], is_test=True)
    after, said = counts(admin, world)
    apart = " (sin las personas de prueba)"
    for name, texts in before.items():
        assert any("7" in text for text in texts), name
        assert [each.replace(apart, "") for each in after[name]] == [each.replace("7", "6") for each in texts]
    assert said == {**dict.fromkeys(before, 1), "listed": 0}
    (named,) = (row for row in csv_of(admin, world) if "(prueba)" in row[0])
    assert world["trial"].name in named[0]


def csv_of(admin, world):
    path = f"/attendance/cohorts/{world['cohort']}/register.csv"
    return csv.reader(StringIO(admin.raw.get(path).get_data().decode("utf-8-sig")))


def test_no_commitment_of_an_agreement_fills_itself_with_test_people(client_for, world, unit):
    day = TODAY.date()
    window = CommitmentWindow(
        programme_id=world["programme"], institution_ids=frozenset(), first=day.replace(day=1),
        last=day.replace(month=12, day=31), sector="",
    )  # fmt: skip
    with unit():
        trial = make_person(given_names="Prueba")
        alone = make_cohort(programme=get_programme(world["programme"]), ends_on=day)
        enrolment = make_enrolment(alone, trial, institution=world["place"])
        make_mark(make_meeting(alone, hours=2), enrolment, Mark.PRESENT)
        make_completion(enrolment)
    counters = (PeopleTrained(), CoursesGiven(), MeetingsHeld())
    with unit():
        before = [each.count(window) for each in counters]
    mark(client_for(world["admin"]), trial, is_test=True)
    with unit():
        assert [each.count(window) for each in counters] == [count - 1 for count in before] == [7, 1, 1]

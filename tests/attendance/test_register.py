"""The register of a large cohort: narrowed, sorted, turned, printed whole, and the file of what is seen."""

import csv
from datetime import timedelta
from io import StringIO

import pytest

from lms.attendance.models import Mark
from lms.learning.queries import get_cohort
from lms.testing.factories.accounts import make_administrator, make_person
from lms.testing.factories.attendance import make_mark, make_meeting
from lms.testing.factories.institutions import make_institution
from lms.testing.factories.learning import make_cohort, make_enrolment
from lms.testing.pytest_plugin import TODAY

PAST = 4
"""Meetings that were; one more is to come, and four of five are asked for."""


@pytest.fixture
def known(unit):
    """Return a cohort and the id of an institution; each of its people is named for what they did."""
    with unit():
        cohort = make_cohort()
        meetings = [make_meeting(cohort, starts_at=TODAY - timedelta(days=9 - day)) for day in range(PAST)]
        make_meeting(cohort, starts_at=TODAY + timedelta(days=5))
        health, school = make_institution("Hospital"), make_institution("Escuela")
        came = {"Ana": 4, "Beto": 3, "Célia": 1}
        for name, times in came.items():
            place = school if name == "Ana" else health
            person = make_person(given_names=name)
            enrolment = make_enrolment(
                cohort, person, institution=place, sector="education" if place is school else None
            )
            for number, meeting in enumerate(meetings):
                mark = Mark.PRESENT if number < times else Mark.ABSENT
                make_mark(meeting, enrolment, Mark.LATE if (name, number) == ("Beto", 0) else mark)
        return cohort.id, health.id


@pytest.fixture
def keeper(unit, client_for):
    with unit():
        person = make_administrator()
    return client_for(person)


def names_of(page):
    return [next(tag.stripped_strings).split()[0] for tag in page.select(".matrix tbody th")]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Ana", "Beto", "Célia"]),
        ("?sort=-name", ["Célia", "Beto", "Ana"]),
        ("?sort=share", ["Célia", "Beto", "Ana"]),
        ("?sort=-share", ["Ana", "Beto", "Célia"]),
        ("?sort=-institution", ["Beto", "Célia", "Ana"]),
        ("?q=celia", ["Célia"]),
        ("?institution={health}", ["Beto", "Célia"]),
        ("?sector=education", ["Ana"]),
        ("?state=late", ["Beto"]),
        ("?state=absent&sort=-name", ["Célia", "Beto"]),
        ("?standing=met", ["Ana"]),
        ("?standing=tight", ["Beto"]),
        ("?standing=cannot", ["Célia"]),
        ("?institution=nada&standing=nada", ["Ana", "Beto", "Célia"]),
    ],
)
def test_the_file_holds_what_the_page_shows_in_its_order(keeper, known, query, expected):
    cohort, health = known
    path, query = f"/attendance/cohorts/{cohort}/register", query.format(health=health)
    page = keeper.get(path + query)
    assert names_of(page) == expected
    (link,) = [tag["href"] for tag in page.select("a[href]") if "register.csv" in tag["href"]]
    _head, *rows, totals = csv.reader(StringIO(keeper.raw.get(link).get_data().decode("utf-8-sig")))
    assert [row[0].split()[0] for row in rows] == expected
    assert totals[0] == f"Presentes, de {len(expected)}"
    assert totals[0] in page.text


def test_nobody_who_fits_is_said_and_leads_back(keeper, known):
    page = keeper.get(f"/attendance/cohorts/{known[0]}/register?q=nadie")
    assert "Nadie coincide" in page.text


def test_a_large_cohort_has_pages_and_prints_whole_in_as_few_statements(keeper, unit, known, count_queries):
    cohort, _health = known
    with unit():
        place, row = make_institution(), get_cohort(cohort)
        for _ in range(49):
            make_enrolment(row, institution=place)
    path = f"/attendance/cohorts/{cohort}/register"
    for query, shown in (
        ("", 50),
        ("?page=2", 2),
        ("?view=all&standing=cannot&sort=-share", 50),
        ("?view=all", 52),
    ):
        with count_queries() as statements:
            page = keeper.get(path + query)
        assert len(page.select(".matrix tbody tr")) == shown, query
        assert len(statements) < 10, statements
    assert "Ver por páginas" in page.text

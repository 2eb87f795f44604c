"""Attendance and learning by institution: the numbers of other slices, hidden by the rules of the table."""

import random
from collections import Counter
from itertools import product

import pytest

from lms.assessments.attempts import service
from lms.assessments.attempts.queries import get_quiz
from lms.attendance.hours.service import close as close_hours
from lms.attendance.models import Mark
from lms.core.actors import SYSTEM, Role, ScopeKind
from lms.core.clock import now
from lms.core.small_cells import SMALLEST, Hidden
from lms.courses.compiler.quiz_terms import Moment
from lms.courses.queries import list_outline
from lms.reports.learning import LearningFigures
from lms.reports.tallies.outcomes import Learned
from lms.testing.factories.accounts import give_role, make_person
from lms.testing.factories.attendance import make_mark, make_meeting
from lms.testing.factories.certificates import make_completion
from lms.testing.factories.courses import make_release
from lms.testing.factories.institutions import make_institution
from lms.testing.factories.learning import make_cohort, make_enrolment
from lms.testing.factories.measures import MEASURES, measure
from lms.testing.factories.surveys import FINAL_SURVEY
from tests.reports.test_differencing import (
    Observer,
    World,
    ask,
    facts_in,
    filters,
    vector_of,
)
from tests.reports.test_views import read_csv

GROUPS = (
    ("Clínica", "health", 8, 7, 6, 6),
    ("Fiscalía", "justice", 9, 8, 8, 7),
    ("Casa", "justice", 3, 2, 2, 1),
)
"""Name, sector, people, at the meeting, measured before, of those after too."""
NOTHING = Learned(*[0] * len(Learned._fields))
TABLE = "?report=learning-by-institution&period="


def _opine(enrolment, survey, point):
    attempt = service.start_attempt(enrolment, survey, actor=SYSTEM, now=now())
    service.save_answer(attempt, "opinion-frases", [f"1:{point}", "2:d"], now=now())
    service.submit(attempt, actor=SYSTEM, now=now())


@pytest.fixture
def reviewer(unit):
    """Somebody of the commission of a programme with a meeting, two measures and a survey."""
    with unit():
        files = {**MEASURES, "02-ruta/opinion.md": FINAL_SURVEY}
        release = make_release(slug="curso-medido", title="Curso medido", files=files)
        cohort = make_cohort(release=release)
        units = [each for module in list_outline(release.id) for each in module.units]
        survey = get_quiz(next(each.id for each in units if each.slug == "opinion"))
        meeting = make_meeting(cohort, hours=2)
        for name, sector, people, there, before, after in GROUPS:
            place = make_institution(name, sector=sector)
            for n in range(people):
                enrolment = make_enrolment(cohort, make_person(), institution=place, sector=sector)
                make_mark(meeting, enrolment, Mark.PRESENT if n < there else Mark.ABSENT)
                if n < before:
                    measure(enrolment, Moment.INITIAL, 1)
                if n < after:
                    measure(enrolment, Moment.FINAL, 3)
                if n < 6:
                    _opine(enrolment, survey, "c" if n < 3 else "b")
                if n < after:
                    make_completion(enrolment)
                    close_hours(enrolment.id, actor=SYSTEM, now=now())
        reviewer = make_person()
        give_role(reviewer, Role.REVIEWER, ScopeKind.PROGRAMME, cohort.programme_id)
    return reviewer


def test_a_commission_reads_attendance_gain_attrition_and_opinion_of_years_and_quarters(client_for, reviewer):
    browser = client_for(reviewer)
    for period in ("2026", "2026-Q4", "2026-11", "all"):
        lines = {row[0]: row[1:] for row in read_csv(browser, f"{TABLE}{period}")}
        # 7 people for 2 hours; 6 completed, each with 2 hours and 7 minutes of pages; 6 measured before, all of them
        # after; from 1 to 3 right of 4; 3 full and 3 half marks
        assert lines["Clínica"] == ["Salud", "8", "7", "14.0", "12.7", "6", "6", "0.0", "0.5", "6", "0.75"]
        assert lines["Casa"][1:5] == ["<5", "<5", "protegido", "protegido"]
        assert lines["Fiscalía"][1:5] == ["protegido"] * 4
        assert lines["Total"][1:3] == ["20", "17"]
    page = browser.get(f"/reports/{TABLE}2026")
    assert "+50 pts" in page.text
    assert page.select('a[href*="report=indicators-by-institution"][href*="period=2026"]')
    lines = {row[0]: row[2:] for row in read_csv(browser, f"{TABLE}2026&basis=now")}
    assert set(lines["Clínica"][1:]) == {""}
    assert "Elija «Como fue»" in browser.get(f"/reports/{TABLE}2026&basis=now").text


AMONG = {"attended": "enrolled", "closed": "completed"}


def _learn(world, people, period, observer, count):
    """Show the observer every sum of a count of a period."""

    def sums(name):
        facts = facts_in(name, AMONG[count])
        return {
            (world.places[key[0]].path, key[1]): NOTHING._replace(
                **{count: sum(people[n][fact] for fact in facts)}
            )
            for n, key in enumerate(world.keys)
        }

    def read(names):
        return {name: sums(name) for name in names}

    figures = LearningFigures(ask(world, "then", period), read)
    for rows in sorted(set(filters(world))):
        for inside in (*((row,) for row in rows), rows):
            cell = figures.total(count, inside, period)
            if not isinstance(cell, Hidden):
                assert not 0 < cell < SMALLEST
                observer.learn(vector_of(inside, period, AMONG[count]))


@pytest.mark.parametrize(
    ("seed", "count"), [*product(range(4), ["attended"]), *product(range(4, 8), ["closed"])]
)
def test_no_combination_of_filters_and_periods_tells_of_fewer_than_five(seed, count):
    world, chance = World(seed), random.Random(seed)  # noqa: S311  # a story, not a secret
    people = [
        Counter({fact: n if count == "closed" else chance.randint(0, n) for fact, n in facts.items()})
        for facts in world.facts["then"]
    ]
    observer = Observer()
    for period in world.periods:
        _learn(world, people, period, observer, count)
    for rows, period in product(sorted(set(filters(world))), world.periods):
        facts = facts_in(period, AMONG[count])
        if 0 < sum(people[row][fact] for row in rows for fact in facts) < SMALLEST:
            assert not observer.knows(vector_of(rows, period, AMONG[count]))

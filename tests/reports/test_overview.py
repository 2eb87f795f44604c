"""The first page of the commission: the funnel tells what the table tells, and curves tell no small months."""

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.core.actors import SYSTEM, Role, ScopeKind
from lms.core.db import db
from lms.core.small_cells import SMALLEST, Hidden
from lms.institutions.programmes.models import MembershipKind
from lms.institutions.programmes.queries import get_programme
from lms.institutions.programmes.service import add_member
from lms.reports.frozen.rules import Quarter
from lms.reports.frozen.taking import SECTOR_MONTHS, take_figures
from lms.reports.overview import _points, steps
from lms.reports.rules import months_ending
from lms.testing.factories.accounts import give_role, make_person
from lms.testing.factories.certificates import make_completion
from lms.testing.factories.institutions import make_institution
from lms.testing.factories.learning import make_cohort, make_enrolment
from lms.testing.pytest_plugin import TODAY


@pytest.fixture
def two_sectors(unit):
    """Two of health completed: that ten of justice did is hidden, for the total is twelve."""
    with unit():
        cohort = make_cohort()
        programme = get_programme(cohort.programme_id)
        day, kind = cohort.starts_on, MembershipKind.MEMBER
        for sector, enrolled, completed in (("health", 20, 2), ("justice", 30, 10)):
            place = make_institution(sector=sector)
            add_member(programme, place, kind=kind, starts_on=day, actor=SYSTEM, now=TODAY)
            people = [make_enrolment(cohort, institution=place, sector=sector) for _number in range(enrolled)]
            for enrolment in people[:completed]:
                make_completion(enrolment)
        reviewer = make_person()
        give_role(reviewer, Role.REVIEWER, ScopeKind.PROGRAMME, programme.id)
    return programme.id, reviewer


def test_no_curve_ends_in_a_total_that_its_table_hides(client_for, two_sectors, unit):
    programme_id, reviewer = two_sectors
    page = client_for(reviewer).get("/reports/")
    told = {chart["aria-label"] for chart in page.select(".multiples svg[role=img]")}
    assert told == {f"{name}: dato protegido al final del periodo." for name in ("Justicia", "Salud")}
    with unit():
        programme = get_programme(programme_id)
        months = take_figures(programme, Quarter.of(TODAY.date()), report_id="", now=TODAY).table(
            SECTOR_MONTHS
        )
        assert all(isinstance(cell, Hidden) for row in months.rows for cell in row[1:])


def test_curves_read_nothing_but_an_index(client_for, two_sectors, count_queries, app):
    browser = client_for(two_sectors[1])
    with count_queries() as asked:
        browser.get("/reports/")
    (statement,) = [each for each in asked if "sum(report_tally.completed)" in each]
    with app.app_context():
        if db.engine.dialect.name != "sqlite":
            return
        nothing = ("",) * statement.count("?")
        plan = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", nothing).all()
    assert "USING COVERING INDEX ix_report_tally_completed_by_month" in str(plan)
    assert "TEMP B-TREE" not in str(plan)


def test_three_who_did_not_take_a_step_are_told_as_few():
    stations = steps([200, 197, 164, 92, 92])
    assert [station.value for station in stations] == [200, 197, 164, 92, 92]
    assert [station.loss for station in stations] == [0, Hidden.SMALL, 33, 72, 0]


def test_a_step_hidden_by_its_table_is_hidden_in_the_funnel():
    stations = steps([200, Hidden.PROTECTS, 164, 92, 92])
    assert [station.loss for station in stations] == [0, 0, 36, 72, 0]


def test_nobody_enrolled_has_an_empty_funnel():
    assert [station.value for station in steps([0] * 5)] == [0, 0, 0, 0, 0]


@given(st.lists(st.integers(0, 60) | st.sampled_from(Hidden), min_size=5, max_size=5))
def test_a_step_tells_what_its_table_tells_and_no_small_number(values):
    stations = steps(values)
    assert [each.value for each in stations] == [
        Hidden.SMALL if value in range(1, 5) else value for value in values
    ]
    assert not {each.loss for each in stations} & set(range(1, SMALLEST))


@given(st.lists(st.integers(0, 9), min_size=12, max_size=12), st.integers(5, 60))
def test_a_curve_goes_in_whole_fives_until_its_last_month(finished, population):
    months = months_ending(TODAY.date())
    points = _points(population, months, {f"{m:%Y-%m}": n for m, n in zip(months, finished, strict=True)})
    counts = list(accumulate(finished))
    assert points[-1] == counts[-1] / population
    for point, count in zip(points[:-1], counts[:-1], strict=True):
        small = 0 < count < SMALLEST
        assert point is Hidden.SMALL if small else round(point * population) == count - count % 5

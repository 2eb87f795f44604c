"""Who completed in the quarter of a report is told in whole fives, whenever they had enrolled."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete

from lms.core.db import db
from lms.core.small_cells import Hidden
from lms.institutions.programmes.queries import get_programme
from lms.plugins.reports import Period, Question
from lms.reports.frozen.finished import finished_in, in_fives
from lms.reports.frozen.rules import Quarter
from lms.reports.frozen.taking import EVERYTHING, take_figures
from lms.reports.tallies.models import CountedProgramme
from lms.testing.factories.certificates import make_completion
from lms.testing.factories.institutions import make_institution
from lms.testing.factories.learning import make_cohort, make_enrolment

ENROLLED = datetime(2026, 2, 10, 15, tzinfo=UTC)
COMPLETED = datetime(2026, 8, 20, 15, tzinfo=UTC)
LATER = datetime(2026, 10, 20, 15, tzinfo=UTC)
PEOPLE = (("health", 12, 11), ("justice", 6, 3), ("tourism", 7, 0))
"""Sector, who enrolled in February, who completed in August."""


@pytest.fixture
def programme(unit, at):
    waiting = []
    with at(ENROLLED), unit():
        cohort = make_cohort()
        for sector, enrolled, completed in PEOPLE:
            place = make_institution(sector=sector)
            people = [make_enrolment(cohort, institution=place, sector=sector) for _ in range(enrolled)]
            waiting += people[:completed]
        late = people[:5]
    with at(COMPLETED), unit():
        for enrolment in waiting:
            make_completion(enrolment)
    with at(LATER), unit():
        for enrolment in late:
            make_completion(enrolment)
    return cohort.programme_id


def asked(programme_id, quarter):
    return Question(
        programme_id=programme_id, period=Period(first=quarter.first, last=quarter.last), reach=EVERYTHING
    )


@pytest.mark.parametrize("is_kept", [True, False])
def test_the_quarter_tells_who_completed_in_it_though_they_enrolled_before(unit, at, programme, is_kept):
    with at(LATER), unit():
        if not is_kept:
            db.session.execute(delete(CountedProgramme))
        table = finished_in(asked(programme, Quarter(2026, 3)), ZoneInfo("UTC"))
        assert table.rows == (("Salud", 10), ("Justicia", Hidden.SMALL))
        assert table.totals == (None, 10)
        assert finished_in(asked(programme, Quarter(2026, 2)), ZoneInfo("UTC")) is None
        assert finished_in(asked(programme, Quarter(2026, 4)), ZoneInfo("UTC")).totals == (None, 5)


def test_the_report_says_it_in_a_sentence_beside_those_who_enrolled_in_the_quarter(unit, at, programme):
    with at(LATER), unit():
        snapshot = take_figures(get_programme(programme), Quarter(2026, 3), report_id="1", now=LATER)
    assert snapshot.findings[:2] == (
        "Nadie se inscribió en el trimestre.",
        "Personas que completaron el curso en el trimestre, contando a quienes se inscribieron antes: 10 o más.",
    )
    assert any(each.term == "Completaron en el trimestre" for each in snapshot.definitions)


@pytest.mark.parametrize(
    ("people", "told"), [(0, 0), (1, Hidden.SMALL), (4, Hidden.SMALL), (5, 5), (9, 5), (10, 10)]
)
def test_whole_fives_tell_of_no_small_group(people, told):
    assert in_fives(people) == told

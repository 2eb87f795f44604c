"""Somebody who studies a course with a case."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from lms.testing.factories.accounts import make_person
from lms.testing.factories.courses import make_release
from lms.testing.factories.learning import make_cohort, make_enrolment
from lms.testing.factories.simulations import simulations_of
from lms.testing.pytest_plugin import TODAY


@pytest.fixture
def study(unit, client_for):
    """A person whose course, open until tomorrow, has a case of three scenes, and their browser."""
    with unit():
        person = make_person()
        last_day = TODAY.date() + timedelta(days=1)
        cohort = make_cohort(release=make_release(has_simulation=True), ends_on=last_day)
        enrolment = make_enrolment(cohort, person)
        case = simulations_of(enrolment)[0]
    return SimpleNamespace(
        person=person,
        cohort=cohort,
        enrolment=enrolment,
        case=case,
        address=f"/simulations/enrolments/{enrolment.id}/units/{case.id}",
        browser=client_for(person),
    )

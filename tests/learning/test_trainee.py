"""What a trainee sees and does: home, course, lesson."""

from datetime import timedelta

import pytest

from lms.accounts.models import Person
from lms.core.db import db
from lms.learning import queries, service
from lms.learning.models import Enrolment
from lms.core.actors import SYSTEM
from lms.testing.factories.accounts import make_person
from lms.testing.factories.institutions import affiliate_person, make_focal_point, make_institution
from lms.testing.factories.learning import finish_units, make_cohort, make_enrolment, units_of
from lms.testing.pytest_plugin import TODAY

LESSON = "/learning/{}/senales/leccion"


@pytest.fixture
def study(unit):
    """Return (enrolment id, person) of somebody in health who has not started."""
    with unit():
        enrolment = make_enrolment(sector="health")
        return enrolment.id, db.session.get(Person, enrolment.person_id)


def test_the_home_leads_to_the_first_lesson(client_for, study):
    enrolment_id, person = study
    page = client_for(person).get("/learning/")
    assert page.title == "Su ruta empieza aquí"
    (button,) = page.select("a.button--maize")
    assert button["href"] == LESSON.format(enrolment_id)


def test_page(client_for, study):
    enrolment_id, person = study
    client_for(person).get(f"/learning/{enrolment_id}")
    client_for(person).get(LESSON.format(enrolment_id))

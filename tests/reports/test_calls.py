"""Whom to call: by name inside one's own scope, with what is missing, and never for a commission."""

from datetime import timedelta

import pytest

from lms.core.actors import Role, ScopeKind
from lms.testing.factories.accounts import give_role, make_person
from lms.testing.factories.certificates import make_completion
from lms.testing.factories.institutions import make_focal_point, make_institution
from lms.testing.factories.learning import finish_units, make_cohort, make_enrolment
from lms.testing.pytest_plugin import TODAY


@pytest.fixture
def world(unit):
    """A course that ends in ten days, with somebody at each point of it, and a neighbour."""
    with unit():
        cohort = make_cohort(ends_on=TODAY.date() + timedelta(days=10))
        place, elsewhere = make_institution("Secretaría de Salud"), make_institution("Fiscalía General")
        for name, count in (("Ana", 0), ("Berta", 1), ("Carla", -1)):
            enrolment = make_enrolment(cohort, make_person(given_names=name), institution=place)
            if count:
                finish_units(enrolment, count=count)
        make_completion(make_enrolment(cohort, make_person(given_names="Delia"), institution=place))
        make_enrolment(cohort, make_person(given_names="Vecina"), institution=elsewhere)
        trainer = make_person(given_names="Quien enseña")
        give_role(trainer, Role.TRAINER, ScopeKind.COHORT, cohort.id)
        make_enrolment(cohort, trainer, institution=place)  # counts in no figure, so nobody calls them
        reviewer = make_person()
        give_role(reviewer, Role.REVIEWER, ScopeKind.PROGRAMME, cohort.programme_id)
        return {"enlace": make_focal_point(place), "reviewer": reviewer}


def names(page):
    return [link.get_text(strip=True).split()[0] for link in page.select("tbody th > a:first-child")]


def test_each_person_is_in_the_list_of_their_reason_and_no_neighbour_is(client_for, world):
    browser = client_for(world["enlace"])
    assert names(browser.get("/reports/calls")) == ["Ana"]
    assert names(browser.get("/reports/calls?reason=at-risk")) == ["Berta"]
    waiting = browser.get("/reports/calls?reason=waiting")
    assert names(waiting) == ["Carla"]
    assert waiting.select("tbody td p strong")


def test_a_commission_reads_no_names(client_for, world):
    browser = client_for(world["reviewer"])
    browser.get("/reports/calls", status=403)
    assert not browser.get("/reports/").select("a[href='/reports/calls']")

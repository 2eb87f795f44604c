"""A cohort with a call in which a secretariat with a hospital below it shares two places, and a neighbour has one."""

from types import SimpleNamespace

import pytest

from lms.core.actors import Role, ScopeKind
from lms.testing.factories.accounts import give_role, make_person
from lms.testing.factories.institutions import make_focal_point, make_institution
from lms.testing.factories.learning import make_cohort
from lms.testing.factories.nominations import make_call


@pytest.fixture
def place(unit):
    """Return the call's id, its institutions, and who nominates and decides."""
    with unit():
        health = make_institution("Secretaría de Salud")
        hospital = make_institution("Hospital General", parent=health)
        tourism = make_institution("Secretaría de Turismo")
        cohort = make_cohort(name="Grupo 2", capacity=3)
        call = make_call(cohort, {health: 2, tourism: 1})
        secretary = make_person(given_names="Secretaría")
        give_role(secretary, Role.ADMINISTRATOR, ScopeKind.PROGRAMME, cohort.programme_id)
        return SimpleNamespace(
            health=health,
            hospital=hospital,
            tourism=tourism,
            cohort=cohort.id,
            call=call.id,
            url=f"/nominations/calls/{call.id}",
            staff_url=f"/learning/cohorts/{cohort.id}/nominations",
            focal_point=make_focal_point(health),
            neighbour=make_focal_point(tourism),
            secretary=secretary,
        )

"""A cohort and whoever teaches it, for the tests of attendance that need no other."""

import pytest

from lms.core.actors import Role, ScopeKind
from lms.testing.factories.accounts import give_role, make_person
from lms.testing.factories.learning import make_cohort


@pytest.fixture
def cohort(unit):
    with unit():
        return make_cohort(name="Grupo 2")


@pytest.fixture
def trainer(unit, client_for, cohort):
    """Return the browser of the cohort's trainer."""
    with unit():
        person = make_person()
        give_role(person, Role.TRAINER, ScopeKind.COHORT, cohort.id)
    return client_for(person)

"""People around a draft: who writes it, who reviews it, who releases it."""

import pytest

from lms.core.actors import Role
from lms.testing.factories.accounts import give_role, make_administrator, make_person
from lms.testing.factories.authoring import make_draft


@pytest.fixture
def author(unit):
    """Return somebody who writes courses."""
    with unit():
        person = make_person(given_names="Autora")
        give_role(person, Role.TRAINER)
    return person


@pytest.fixture
def reviewer(unit):
    """Return somebody of the commission who reviews and signs."""
    with unit():
        person = make_person(given_names="Revisora")
        give_role(person, Role.REVIEWER)
    return person


@pytest.fixture
def administrator(unit):
    """Return somebody who administers everything."""
    with unit():
        return make_administrator()


@pytest.fixture
def draft(unit, author):
    """Return the draft of a new course."""
    with unit():
        return make_draft(author)


@pytest.fixture
def browser(client_for, author):
    """Return the browser of who writes."""
    return client_for(author)

"""Personal data: a person is shown all that is kept about them, and erased so that nobody finds them again."""

from sqlalchemy import select

from lms.accounts.models import Person, RoleAssignment, SignInSession
from lms.accounts.privacy import ACCOUNTS
from lms.accounts.service import open_session
from lms.core.actors import Role
from lms.core.db import db
from lms.testing.factories.accounts import PASSWORD, give_role, make_person
from lms.testing.factories.world import make_world
from lms.testing.pytest_plugin import TODAY


def test_an_account_is_shown_whole(unit):
    with unit():
        person = make_person(password=PASSWORD)
        give_role(person, Role.REVIEWER)
        open_session(person, stay=False, device="Firefox", now=TODAY)
        shown = str(ACCOUNTS.export(person.id))
        secret = person.password_hash
    for value in (person.name, person.email, "reviewer", "Firefox"):
        assert value in shown
    assert secret not in shown


def test_an_erased_account_neither_enters_nor_is_found(client, unit):
    with unit():
        person = make_person(password=PASSWORD)
        give_role(person, Role.ADMINISTRATOR)
        open_session(person, stay=False, device="", now=TODAY)
        email = person.email
        ACCOUNTS.erase(person.id)
    client.post("/account/sign-in", {"email": email, "password": PASSWORD}, status=422)
    with unit():
        row = db.session.get_one(Person, person.id)
        assert (row.email, row.password_hash, row.search_text, row.is_active) == (None, None, "", False)
        assert not db.session.query(RoleAssignment).filter_by(person_id=person.id).count()
        assert not db.session.query(SignInSession).filter_by(person_id=person.id).count()


def test_every_declaration_shows_and_erases_without_an_accident(app, unit):
    with unit():
        world = make_world("curso-uno")
    declared = [data for part in app.extensions["lms_slices"] for data in part.personal_data]
    with unit():
        # Whoever studies has no drafts and whoever writes has no certificate: together they have something of all.
        people = db.session.scalars(select(Person)).all()
        shown = {data.name: [row for person in people for row in data.export(person.id)] for data in declared}
    assert [name for name, rows in shown.items() if not rows] == []
    with unit():
        for data in reversed(declared):  # what builds on a slice goes before it
            for person in people:
                data.erase(person.id)
    with unit():
        kept = [data for data in declared if "certificate" not in data.name]
        left = str([data.export(person.id) for data in kept for person in people])
    for person in (world.people[role] for role in (Role.TRAINEE, Role.TRAINER, Role.ADMINISTRATOR)):
        assert person.email not in left
        assert person.name not in left

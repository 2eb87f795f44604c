"""The command that makes the first administrator."""

from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner

from lms.accounts.cli import administrator
from lms.accounts.queries import find_person_by_email, list_assignments
from lms.core.actors import Role, ScopeKind

PASSWORD = "una frase larga y tranquila"


@pytest.fixture
def run(app):
    def run(*words):
        return CliRunner().invoke(administrator, list(words), obj=lambda: app)

    return run


def link_of(answer):
    return urlsplit(answer.output.split()[-1]).path


def test_the_first_administrator_chooses_a_password_and_enters(run, client, unit):
    answer = run("jefatura@example.org", "--name", "Jefatura")
    assert answer.exit_code == 0, answer.output
    client.post(link_of(answer), {"password": PASSWORD, "again": PASSWORD})
    client.get("/operations/jobs")
    with unit():
        person = find_person_by_email("jefatura@example.org")
        held = list_assignments(person.id)
    assert [(each.role, each.kind) for each in held] == [(Role.ADMINISTRATOR, ScopeKind.EVERYWHERE)]


def test_asking_twice_gives_a_new_link_to_the_same_person(run, unit):
    run("jefatura@example.org", "--name", "Jefatura")
    answer = run("Jefatura@example.org", "--name", "Otro nombre")
    assert "Jefatura administra" in answer.output
    with unit():
        assert len(list_assignments(find_person_by_email("jefatura@example.org").id)) == 1


@pytest.mark.parametrize("email", ["jefatura", "jefatura@", "@example.org", "a b@example.org"])
def test_half_an_address_is_refused(run, email):
    answer = run(email)
    assert answer.exit_code == 2
    assert "correo completo" in answer.output

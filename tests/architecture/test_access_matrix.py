"""Every address × every role × every distance: who gets in with their own things, and nobody with a neighbour's.

A new endpoint fails here until it has a line in ``access_table``; a new parameter, until a world has a value for it.
"""

import re
from collections.abc import Iterator, Mapping

import pytest
from flask import Flask
from werkzeug.routing import Rule

from lms.core.actors import Role, ScopeKind
from lms.core.policy import policy_of
from lms.testing.client import ReviewingClient
from lms.testing.factories.accounts import give_role, make_administrator
from lms.testing.factories.certificates import issue_to, make_completion
from lms.testing.factories.institutions import make_focal_point, make_institution, make_member
from lms.testing.factories.learning import make_cohort, make_enrolment
from lms.testing.factories.world import Places, make_world
from tests.architecture.access_table import (
    COMMON,
    EVERYBODY,
    FIXED,
    INSTALLATION_ONLY,
    SIGNED_IN,
    VALUE_OF,
    WHO,
)

REFUSED = {403, 404}
PARAMETER = re.compile(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>")


@pytest.fixture
def worlds(unit):
    with unit():
        return make_world("curso-uno"), make_world("curso-dos")


def parameters(rule: Rule) -> list[str]:
    return PARAMETER.findall(rule.rule)


def names_a_thing(rule: Rule) -> bool:
    """Say whether an address names a thing; one with only a file's ending is a list of what is in reach."""
    return any(name not in FIXED for name in parameters(rule))


def fill(rule: Rule, places: Mapping[str, str]) -> str:
    wanted = VALUE_OF.get(rule.endpoint, {})
    return PARAMETER.sub(lambda found: {**places, **FIXED}[wanted.get(found[1], found[1])], rule.rule)


def requests_of(app: Flask, *, public: bool = False) -> Iterator[tuple[Rule, str]]:
    """Yield every address with each method that it answers; public ones only when asked for."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if policy_of(app.view_functions[rule.endpoint]).is_public is public:
            yield from ((rule, method) for method in sorted(rule.methods - {"HEAD", "OPTIONS"}))


def ask(client: ReviewingClient, method: str, path: str) -> int:
    data = {"csrf_token": client.csrf_token()} if method == "POST" else None
    with client.raw.open(path, method=method, data=data) as answer:
        return answer.status_code


def may(role: Role, endpoint: str) -> bool:
    return WHO[endpoint] == SIGNED_IN or role.value in WHO[endpoint].split()


def faults_of(client, app, places: Places, *, within=lambda _rule: True) -> list[str]:
    """Ask for everything that these places name; return what was not refused."""
    return [
        f"{method} {rule.rule}: {status}"
        for rule, method in requests_of(app)
        if names_a_thing(rule) and rule.endpoint not in COMMON and within(rule)
        if (status := ask(client, method, fill(rule, places))) not in REFUSED
    ]


def test_the_table_knows_every_endpoint_and_every_parameter(app, worlds):
    own, _other = worlds
    endpoints = set(app.view_functions)
    assert sorted(endpoints - set(WHO)) == [], "say in WHO who may open it"
    assert sorted(set(WHO) - endpoints) == [], "no such endpoint any more"
    known = {*own.places, *FIXED}
    unknown = {
        f"{rule.endpoint}: {name}"
        for rule in app.url_map.iter_rules()
        for name in parameters(rule)
        if VALUE_OF.get(rule.endpoint, {}).get(name, name) not in known
    }
    assert sorted(unknown) == [], "give the world a value for it (lms/testing/factories/world.py)"


def test_the_table_says_what_the_policies_say(app):
    said = {name for name, who in WHO.items() if who == EVERYBODY}
    stated = {name for name, view in app.view_functions.items() if policy_of(view).is_public}
    assert said == stated


def test_a_stranger_is_asked_to_sign_in(app, client, worlds):
    own, _other = worlds
    faults = []
    for rule, method in requests_of(app):
        data = {"csrf_token": client.csrf_token()} if method == "POST" else None
        answer = client.raw.open(fill(rule, own.places), method=method, data=data)
        if answer.status_code != 303 or "/account/sign-in" not in answer.headers["Location"]:
            faults.append(f"{method} {rule.rule}: {answer.status_code}")
    assert faults == []


def test_a_stranger_opens_what_is_public(app, client, worlds):
    own, _other = worlds
    faults = [
        f"{method} {rule.rule}: {status}"
        for rule, method in requests_of(app, public=True)
        if (status := ask(client, method, fill(rule, own.places))) >= (400 if method == "GET" else 500)
    ]
    assert faults == []


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_a_role_opens_its_own_addresses_and_no_others(app, client_for, worlds, role):
    own, _other = worlds
    client = client_for(own.people[role])
    faults = []
    for rule, method in requests_of(app):
        is_open = may(role, rule.endpoint) and rule.endpoint not in INSTALLATION_ONLY
        if is_open and method == "POST":
            continue  # what a form does is tested where the form is
        status = ask(client, method, fill(rule, own.places))
        if (status >= 400) if is_open else (status not in REFUSED):
            faults.append(f"{method} {rule.rule}: {status}")
    assert faults == []


def test_an_administrator_of_everything_opens_both_programmes(app, client_for, unit, worlds):
    with unit():
        administrator = make_administrator()
    client = client_for(administrator)
    own_only = {name for name, who in WHO.items() if who == "trainee"} | {
        name for name in WHO if {"token", "run_id"} & set(VALUE_OF.get(name, {}))
    }
    faults = [
        f"{rule.rule}: {status}"
        for world in worlds
        for rule, method in requests_of(app)
        if method == "GET" and "administrator" in WHO[rule.endpoint] and rule.endpoint not in own_only
        if (status := ask(client, method, fill(rule, world.places))) >= 400
    ]
    assert faults == []


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_nobody_reaches_a_neighbour_programme(app, client_for, worlds, role):
    own, other = worlds
    assert faults_of(client_for(own.people[role]), app, other.places) == []


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_nobody_reaches_a_neighbours_thing_by_way_of_their_own(app, client_for, worlds, role):
    own, other = worlds
    client = client_for(own.people[role])
    faults = []
    for rule, method in requests_of(app):
        ids = [name for name in parameters(rule) if name.endswith("_id") and name != "question_id"]
        if len(ids) > 1 and rule.endpoint not in COMMON:
            for name in ids:
                key = VALUE_OF.get(rule.endpoint, {}).get(name, name)
                status = ask(client, method, fill(rule, {**own.places, key: other.places[key]}))
                faults += (
                    [] if status in REFUSED else [f"{method} {rule.rule} with another's {name}: {status}"]
                )
    assert faults == []


def test_a_focal_point_reaches_no_neighbour_institution(app, client_for, unit, worlds):
    own, _other = worlds
    with unit():
        institution = make_institution()
        focal_point = make_focal_point(institution)
        make_enrolment(own.cohort, make_member(institution))
    about_people = {
        "institution_id", "person_id", "holder_id", "enrolment_id", "attempt_id", "run_id", "certificate_id",
        "session_id",
    }  # fmt: skip
    client = client_for(focal_point)
    assert faults_of(client, app, own.places, within=lambda rule: about_people & set(parameters(rule))) == []
    trainee = own.people[Role.TRAINEE]
    for path in (
        f"/learning/cohorts/{own.cohort.id}",
        f"/learning/cohorts/{own.cohort.id}/roster.csv",
        f"/certificates/cohorts/{own.cohort.id}",
        "/people/",
        "/institutions/",
        "/reports/",
    ):
        text = client.raw.get(path).get_data(as_text=True)
        assert trainee.name not in text, path
        assert own.institution.name not in text, path


def test_a_trainer_of_one_cohort_reaches_no_neighbour_cohort(app, client_for, unit, worlds):
    own, _other = worlds
    with unit():
        trainer = make_member(own.institution)
        theirs = make_cohort(programme=own.programme, release=own.release)
        give_role(trainer, Role.TRAINER, ScopeKind.COHORT, theirs.id)
    client = client_for(trainer)
    of_cohorts = {"cohort_id", "enrolment_id", "meeting_id", "attempt_id", "run_id", "certificate_id"}
    assert faults_of(client, app, own.places, within=lambda rule: of_cohorts & set(parameters(rule))) == []
    assert ask(client, "GET", f"/learning/cohorts/{theirs.id}") == 200


def test_a_trainee_reaches_nothing_of_a_fellow_in_the_same_cohort(app, client_for, unit, worlds):
    own, _other = worlds
    with unit():
        fellow = make_member(own.institution)
        enrolment = make_enrolment(own.cohort, fellow)
        make_completion(enrolment)
        issue_to(enrolment)
    client = client_for(fellow)
    of_one = {"enrolment_id", "attempt_id", "run_id", "certificate_id", "session_id", "person_id"}
    assert faults_of(client, app, own.places, within=lambda rule: of_one & set(parameters(rule))) == []


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.FOCAL_POINT, Role.ADMINISTRATOR], ids=str)
@pytest.mark.parametrize(("method", "path"), [("GET", "/reports/"), ("POST", "/reports/completion.csv")])
def test_a_report_of_a_neighbour_programme_is_not_found(client_for, worlds, role, method, path):
    own, other = worlds
    client = client_for(own.people[role])
    assert ask(client, method, f"{path}?programme={own.programme.id}") == 200
    assert ask(client, method, f"{path}?programme={other.programme.id}") == 404


def test_lists_show_nothing_of_a_neighbour_programme(app, client_for, worlds):
    own, other = worlds
    theirs = [
        other.institution.name,
        other.programme.name,
        other.people[Role.TRAINEE].name,
        other.cohort.name,
    ]
    faults = []
    for role in Role:
        client = client_for(own.people[role])
        for rule, method in requests_of(app):
            if method == "GET" and not parameters(rule) and may(role, rule.endpoint):
                with client.raw.get(rule.rule) as answer:
                    text = answer.get_data().decode(errors="ignore")
                faults += [f"{role.value} {rule.rule}: {name}" for name in theirs if name in text]
    assert faults == []

"""What holds for every address at once: forms carry their token, redirects stay here, keys stay on the server."""

import pytest

from lms.core.actors import Role
from lms.testing.factories.accounts import PASSWORD, make_administrator, make_person
from lms.testing.factories.world import make_world
from tests.architecture.access_table import FIXED

ABROAD = (
    "//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example", "\\/evil.example", "/%0d/evil",
    "///evil.example", "http:evil.example", "javascript:alert(1)", " //evil.example", "/\u2028/evil.example\n",
)  # fmt: skip
KEYS = (
    "Así empieza la ruta",
    "La privacidad protege",
    "Grabar la pone en riesgo",
    "Falta confirmar",
    "is_right",
)
"""Of the small course: the feedback of its quiz, which says what is right."""
ONE_CLICK = {"notices_stop.stop"}
"""Mail programs ask for these by themselves, without a page before (RFC 8058); the signed address is the proof."""


@pytest.fixture
def world(unit):
    with unit():
        return make_world("curso-uno")


def addresses(app, world, method):
    """Yield every address of a method that this world has the parts of."""
    places = {**world.places, **FIXED}
    for rule in app.url_map.iter_rules():
        if method in rule.methods and rule.endpoint != "static":
            values = {name: places.get(name, world.places["people_token"]) for name in rule.arguments}
            yield rule.endpoint, rule.build(values, append_unknown=False)[1]


def test_no_form_is_taken_without_its_token(app, client, client_for, unit, world):
    with unit():
        boss = make_administrator()
    for browser in (client, client_for(boss), client_for(world.people[Role.TRAINEE])):
        for data in ({}, {"csrf_token": "falso"}):
            taken = [
                path
                for name, path in addresses(app, world, "POST")
                if name not in ONE_CLICK and browser.raw.post(path, data=data).status_code != 400
            ]
            assert taken == []


def test_asking_for_any_page_changes_nothing(app, client_for, unit, world):
    """A GET runs in a transaction that cannot write: one that tried would be an accident."""
    with unit():
        boss = make_administrator()
    browser = client_for(boss)
    for _name, path in addresses(app, world, "GET"):
        with browser.raw.get(path) as answer:
            assert answer.status_code < 500, path


@pytest.mark.parametrize("target", ABROAD)
def test_no_redirect_leaves_the_site(client, client_for, unit, target):
    with unit():
        person = make_person(password=PASSWORD)
    inside = client_for(person)
    locations = [
        client.post("/preferences/language", {"language": "es", "next": target}).location,
        client.post("/preferences/appearance", {"appearance": "dark", "next": target}).location,
        inside.raw.get("/account/sign-in", query_string={"next": target}).location,
        client.post(
            "/account/sign-in", {"email": person.email, "password": PASSWORD, "next": target}
        ).location,
    ]
    for location in locations:
        assert location.startswith("/")
        assert not location.startswith(("//", "/\\"))
        assert "evil.example" not in location


@pytest.mark.parametrize("header", [{}, {"HX-Request": "true"}])
def test_no_page_of_a_trainee_tells_the_key_of_an_open_quiz(app, client_for, world, header):
    browser = client_for(world.people[Role.TRAINEE])
    told = []
    for name, path in addresses(app, world, "GET"):
        with browser.raw.get(path, headers=header) as answer:
            text = answer.get_data().decode(errors="ignore")
        told += [f"{name}: {key}" for key in KEYS if key in text]
    assert told == []


def test_saving_an_answer_tells_nothing_about_it(client_for, world):
    browser = client_for(world.people[Role.TRAINEE])
    place = f"/assessments/attempts/{world.places['attempt_id']}/questions/1/answer"
    asked = {"status": 200, "headers": {"HX-Request": "true"}}
    answers = {browser.post(place, {"answer": key}, **asked).response.text for key in ("a", "b", "zzz")}
    assert len(answers) == 1

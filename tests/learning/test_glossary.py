"""The glossary of a course as a learner reads it: by letter, by search, in their language, from a lesson's words."""

import pytest
from sqlalchemy import delete

from lms.accounts.models import Person
from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.core.db import db
from lms.courses.compiler.source import SourceFile, SourceTree
from lms.courses.models import ReleasedGlossary
from lms.courses.service import release_tree
from lms.testing.factories.accounts import make_person
from lms.testing.factories.authoring import course_files
from lms.testing.factories.learning import make_cohort, make_enrolment

TERMS = """
## Ámbito seguro

Un lugar a solas. Vea [la lección](01-senales/01-leccion.md).

## Refugio

También: albergue, casa de acogida.

Un lugar con dirección reservada.
"""


@pytest.fixture
def study(unit):
    """Return (enrolment id, person) of somebody whose course has three terms."""
    files = course_files()
    files["glosario.md"] += TERMS.encode()
    tree = SourceTree(files={path: SourceFile(path=path, content=body) for path, body in files.items()})
    with unit():
        release = release_tree(tree, "con-glosario", actor=SYSTEM, now=now())
        enrolment = make_enrolment(make_cohort(release=release))
        return enrolment.id, db.session.get(Person, enrolment.person_id)


def url_of(enrolment_id):
    return f"/learning/{enrolment_id}/glossary/"


def terms_of(page):
    return [tag.get_text() for tag in page.select("dt strong")]


def test_terms_stand_by_letter_with_their_other_names(client_for, study):
    enrolment_id, person = study
    client = client_for(person)
    course = client.get(f"/learning/{enrolment_id}")
    assert course.select(f"a[href='{url_of(enrolment_id)}']")
    page = client.get(url_of(enrolment_id))
    assert terms_of(page) == ["Ámbito seguro", "Canalizar", "Refugio"]
    letters = [tag["href"] for tag in page.select("nav a[href^='#letra-']")]
    assert letters == ["#letra-a", "#letra-c", "#letra-r"]
    assert all(page.select(anchor) for anchor in letters)
    assert "(albergue, casa de acogida)" in page.select("#g-refugio")[0].get_text()


def test_a_link_of_a_definition_opens_the_lesson(client_for, study):
    enrolment_id, person = study
    client = client_for(person)
    (link,) = client.get(url_of(enrolment_id)).select("#g-ambito-seguro a")
    assert link["href"] == "../senales/leccion"
    client.get(f"/learning/{enrolment_id}/senales/leccion")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ambito", ["Ámbito seguro"]),
        ("ALBERGUE", ["Refugio"]),
        ("lugar", ["Ámbito seguro", "Refugio"]),
        ("lugar reservada", ["Refugio"]),
        ("href", []),
    ],
)
def test_a_search_looks_in_names_and_definitions(client_for, study, words, found):
    enrolment_id, person = study
    page = client_for(person).get(f"{url_of(enrolment_id)}?q={words}")
    assert terms_of(page) == found
    assert ("Ninguna palabra coincide" in page.text) is not found


def test_a_word_of_a_lesson_leads_to_its_place(client_for, study):
    enrolment_id, person = study
    lesson = client_for(person).get(f"/learning/{enrolment_id}/senales/leccion")
    assert lesson.select(f".entry dt a[href='{url_of(enrolment_id)}#g-canalizar']")


def test_it_is_read_in_the_language_of_whoever_reads(client_for, study, unit):
    enrolment_id, person = study
    with unit():
        spanish = db.session.query(ReleasedGlossary).one()
        terms = [{**term, "term": "Refer"} if term["slug"] == "canalizar" else {**term, "language": "es"}
                 for term in spanish.terms]  # fmt: skip
        db.session.add(ReleasedGlossary(release_id=spanish.release_id, language="en", terms=terms))
    page = client_for(person).get(f"{url_of(enrolment_id)}?language=en")
    assert terms_of(page) == ["Ámbito seguro", "Refer", "Refugio"]
    assert page.select("#g-refugio")[0]["lang"] == "es"
    assert page.select("dl")[0]["lang"] == "en"
    assert "Canalizar" in terms_of(client_for(person).get(f"{url_of(enrolment_id)}?language=pt"))


def test_an_earlier_release_has_the_terms_that_its_lessons_link(client_for, study, unit):
    enrolment_id, person = study
    with unit():
        db.session.execute(delete(ReleasedGlossary))
    assert terms_of(client_for(person).get(url_of(enrolment_id))) == ["Canalizar"]
    assert not client_for(person).get(f"/learning/{enrolment_id}").select("a[href$='/glossary/']")


def test_it_takes_four_statements_and_nobody_elses_opens(client_for, study, unit, count_queries):
    enrolment_id, person = study
    client = client_for(person)
    client.get(url_of(enrolment_id))
    with count_queries() as statements:
        client.get(url_of(enrolment_id))
    assert len(statements) == 4  # session, roles, enrolment, terms
    with unit():
        stranger = make_person()
    client_for(stranger).get(url_of(enrolment_id), status=404)

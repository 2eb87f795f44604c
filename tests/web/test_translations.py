"""The interface in English: complete, faithful to the Spanish sentences, and what an English browser gets."""

import ast
import re
from io import BytesIO

import pytest
from babel.messages.pofile import read_po

from lms.accounts.queries import get_person
from lms.attendance.rules import Mark
from lms.core.i18n import speaking
from lms.institutions.intake.institutions import FIELDS as INSTITUTION_FIELDS
from lms.institutions.intake.people import FIELDS as PEOPLE_FIELDS
from lms.testing.factories.accounts import make_administrator
from lms.testing.factories.attendance import make_mark, make_meeting
from lms.testing.factories.courses import MODULES
from lms.testing.factories.institutions import make_institution
from lms.testing.factories.learning import make_cohort, make_enrolment
from tools import build_translations as tool

ENGLISH = {"Accept-Language": "en"}
PLACEHOLDER = re.compile(r"%\(\w+\)s|%%")
TAG = re.compile(r"</?\w[^>]*>")
SAME_IN_BOTH = {
    "PIN",
    "Plan",
    "Radio",
    "no",
    "Provisional",
    "Aiken",
    "No",
    "QTI 3.0",
    "%(hours)s h",
    "%(num)s error",
    "cmi5",
    "Colombia",
    "Costa Rica",
    "Ecuador",
    "Editor",
    "Error",
    "Error %(status)s",
    "Error:",
    "Folio",
    "general",
    "PDF, %(size)s",
    "pts",
    "SCORM 1.2",
    "Sector",
    "Total",
}
"""What English and Spanish write alike; a sentence that is not here and reads the same was not translated."""
SPANISH = re.compile(
    r"[¿¡«»]|\b(el|la|los|las|del|una|usted|su|sus|para|por|con|sin|que|está|curso|cursos|sesión|sesiones"
    r"|constancia|constancias|persona|personas|correo|guardar|buscar|todavía|lección|módulo|avance|ayuda|entrar|salir)\b",
    re.IGNORECASE,
)
NAMES = [name for _, name in MODULES]
WRITTEN = (
    "Administración",
    "Comisión de prueba",
    "Curso de prueba",
    "Un curso pequeño para las pruebas.",
    "Habla de violencia sin relatos crudos.",
    *(f"Reconocer lo que se dice de {name}." for name in NAMES),
    *(f"{kind} de {name}" for name in NAMES for kind in ("Lección", "Comprobación")),
    *NAMES,
)
"""Spanish that people wrote, in the example data: never translated."""
WRITTEN_CSS = "[lang=es], .ruled-list strong, .ruled-list a .visually-hidden"
"""Where pages show what the directory of contacts says, and the names of languages in their own language."""


CATALOGUE = [message for message in read_po(BytesIO(tool.read(tool.FOLDER / "messages.po"))) if message.id]


@pytest.fixture(scope="module")
def updated():
    """Return the catalogue as the code has it now; reading the code takes seconds."""
    return tool.updated()


def forms(text):
    return list(text) if isinstance(text, tuple | list) else [text]


def test_the_catalogue_is_fresh(updated):
    assert tool.as_po(updated) == tool.read(tool.FOLDER / "messages.po")
    assert tool.as_mo(updated) == tool.read(tool.FOLDER / "messages.mo")


def test_every_sentence_has_its_english(updated):
    assert [message.id for message in updated if message.id and not tool.is_translated(message)] == []


@pytest.mark.parametrize("message", CATALOGUE, ids=lambda message: str(message.id)[:60])
def test_the_english_is_faithful(message):
    spanish, english = forms(message.id), forms(message.string)
    assert len(english) == len(spanish)
    for source, said in zip(spanish, english, strict=True):
        assert sorted(PLACEHOLDER.findall(said)) == sorted(PLACEHOLDER.findall(source))
        assert sorted(TAG.findall(said)) == sorted(TAG.findall(source))
        assert (
            said != source or not re.search(r"[^\W\d_]{2}", PLACEHOLDER.sub("", said)) or said in SAME_IN_BOTH
        )
        assert said.endswith("\n") == source.endswith("\n")
        assert "!" not in said


def test_what_is_written_alike_is_still_in_the_catalogue():
    assert {form for message in CATALOGUE for form in forms(message.id)} >= SAME_IN_BOTH


def test_the_headings_of_the_model_files_are_understood_in_english(app):
    with app.app_context(), speaking("en"):
        for field in (*PEOPLE_FIELDS, *INSTITUTION_FIELDS):
            assert str(field.label).lower() in field.aliases


def calls_in_f_strings(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        for each in ast.walk(node) if isinstance(node, ast.JoinedStr) else ():
            if (
                isinstance(each, ast.Call)
                and isinstance(each.func, ast.Name)
                and each.func.id in tool.KEYWORDS
            ):
                yield f"{path.relative_to(tool.ROOT)}:{each.lineno}"


def test_no_sentence_hides_in_an_f_string_where_the_extractor_does_not_look():
    assert [place for path in tool.PACKAGE.rglob("*.py") for place in calls_in_f_strings(path)] == []


def leftovers(page):
    assert page.soup.html["lang"] == "en"
    for tag in page.select(WRITTEN_CSS):
        tag.decompose()
    names = ("aria-label", "placeholder", "title", "data-label")
    text = " ".join([page.text, *(str(tag[name]) for name in names for tag in page.select(f"[{name}]"))])
    for words in WRITTEN:
        text = text.replace(words, "")
    return sorted({found.group().lower() for found in SPANISH.finditer(text)})


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/courses/",
        "/account/sign-in",
        "/account/password/forgotten",
        "/help",
        "/accessibility",
        "/privacy",
        "/case-now",
        "/v",
        "/nowhere",
    ],
)
def test_a_stranger_with_an_english_browser_reads_english(client, path):
    page = client.get(path, headers=ENGLISH, status=404 if path == "/nowhere" else 200)
    assert leftovers(page) == []


def test_a_trainee_who_prefers_english_reads_english(client_for, unit):
    with unit():
        enrolment = make_enrolment(make_cohort())
        person = get_person(enrolment.person_id)
        person.language = "en"
        number = enrolment.id
    browser = client_for(person)
    for path in (
        "/learning/",
        f"/learning/{number}",
        f"/certificates/enrolments/{number}/why-not-yet",
        "/certificates/",
        "/account/",
    ):
        assert leftovers(browser.get(path)) == [], path


@pytest.mark.parametrize(
    "path",
    [
        "/institutions/",
        "/institutions/new",
        "/institutions/import",
        "/people/",
        "/people/new",
        "/people/import",
        "/programmes/",
        "/programmes/new",
        "/courses/releases/",
        "/learning/cohorts/",
        "/learning/cohorts/new",
        "/attendance/meetings/",
        "/reports/",
        "/operations/audit",
        "/operations/jobs",
    ],
)
def test_an_administrator_who_prefers_english_reads_english(client_for, unit, path):
    with unit():
        person = make_administrator()
        person.language = "en"
        make_cohort()
    assert leftovers(client_for(person).get(path)) == []


def test_the_staff_of_a_cohort_reads_english(client_for, unit):
    with unit():
        cohort = make_cohort()
        enrolment = make_enrolment(cohort, institution=make_institution(name="Hospital 01"))
        meeting = make_meeting(cohort, title="Meeting 01")
        make_mark(meeting, enrolment, Mark.LATE)
        person = make_administrator()
        person.language = "en"
        paths = [
            f"/learning/cohorts/{cohort.id}",
            f"/learning/cohorts/{cohort.id}/edit",
            f"/learning/cohorts/{cohort.id}/enrol",
            f"/learning/enrolments/{enrolment.id}",
            f"/learning/enrolments/{enrolment.id}/track",
            f"/learning/enrolments/{enrolment.id}/withdraw",
            f"/assessments/cohorts/{cohort.id}",
            f"/attendance/cohorts/{cohort.id}",
            f"/attendance/cohorts/{cohort.id}/meetings/new",
            f"/attendance/cohorts/{cohort.id}/register",
            f"/attendance/meetings/{meeting.id}/roll-call",
            f"/attendance/meetings/{meeting.id}/projection",
            f"/certificates/cohorts/{cohort.id}",
            f"/certificates/cohorts/{cohort.id}/issue",
        ]
    browser = client_for(person)
    for path in paths:
        assert leftovers(browser.get(path)) == [], path

"""Cases and banks in the language of whoever plays or answers, over HTTP: one story, one stream of figures."""

import pytest

from lms.accounts.models import Person
from lms.assessments.attempts import queries as quizzes
from lms.assessments.simulations import queries as cases
from lms.authoring.preview import find_unit, glossary_at
from lms.core.actors import SYSTEM, Role
from lms.core.clock import now
from lms.core.db import db
from lms.courses import service
from lms.courses.compiler.source import SourceFile, SourceTree
from lms.courses.models import UnitKind
from lms.courses.sharing import ReleaseLibrary
from lms.testing.factories.accounts import give_role, make_person
from lms.testing.factories.learning import make_cohort, make_enrolment, units_of
from tests.courses.variants.test_other_languages import BANK, CASE, LESSON, VARIANT, english

FILES = english(CASE, BANK, LESSON, VARIANT, "glosario.md")


def make_release(files=FILES):
    tree = SourceTree(
        files={path: SourceFile(path=path, content=text.encode()) for path, text in files.items()}
    )
    return service.release_tree(tree, "curso-en-dos-lenguas", actor=SYSTEM, now=now())


@pytest.fixture
def release(unit):
    with unit():
        return make_release()


@pytest.fixture
def study(unit, client_for, release):
    """An enrolment, the browser of its person, and the ids of its units by kind."""
    with unit():
        enrolment = make_enrolment(make_cohort(release=release))
        person = db.session.get(Person, enrolment.person_id)
        found = {each.kind: each.id for each in units_of(enrolment)}
    return client_for(person), enrolment.id, found


def speak(browser, language):
    browser.post("/preferences/language", data={"language": language, "next": "/"})


def test_a_case_begun_in_one_language_goes_on_in_another(study, unit):
    browser, enrolment_id, units = study
    case = units[UnitKind.SIMULATION]
    address = f"/simulations/enrolments/{enrolment_id}/units/{case}"
    assert browser.get(address).soup.select_one("h1").text == "Un caso"
    speak(browser, "en")
    page = browser.get(address)
    assert page.soup.select_one("h1").text == "A case"
    assert "Before you start" in page.text
    play = browser.post(f"{address}/runs", follow_redirects=True, status=200)
    assert play.soup.select_one("#scene-title").text == "Somebody arrives"
    assert play.soup.select_one(".glossary dt").text == "Referral"
    form = next(each for each in play.select("form.question"))
    data = {"position": "1", "option": "b"}
    speak(browser, "es")
    made = browser.post(form["action"], data=data, follow_redirects=True, status=200)
    assert "Puso en riesgo" in made.text
    speak(browser, "en")
    again = browser.get(made.response.request.path)
    assert "Put at risk" in again.text
    assert "nobody asked" in again.text.casefold()
    assert not again.select("main [lang=es]")
    with unit():
        (run,) = cases.list_runs(enrolment_id, case)
        assert [(each.scene, each.option) for each in cases.list_decisions(run.id)] == [("llegada", "b")]
        assert (run.ending, run.score["safety"]) == ("perdida", -2)


def test_a_case_without_a_translation_is_read_in_the_original_and_marked(unit, client_for):
    with unit():
        files = {path: text for path, text in FILES.items() if path != f"idiomas/en/{CASE}"}
        enrolment = make_enrolment(make_cohort(release=make_release(files)))
        person = db.session.get(Person, enrolment.person_id)
        case = next(each.id for each in units_of(enrolment) if each.kind is UnitKind.SIMULATION)
        address = f"/simulations/enrolments/{enrolment.id}/units/{case}"
    browser = client_for(person)
    speak(browser, "en")
    page = browser.get(address)
    assert (page.soup.select_one("h1").text, page.soup.select_one("h1")["lang"]) == ("Un caso", "es")
    play = browser.post(f"{address}/runs", follow_redirects=True, status=200)
    assert play.soup.select_one("#scene-title")["lang"] == "es"
    assert play.soup.select_one(".glossary dt")["lang"] == "es"
    assert "Escuchar" in play.soup.select_one(".options [lang=es]").text


def test_an_attempt_asks_the_questions_of_its_bank_in_the_language_of_the_person(study, unit):
    browser, enrolment_id, units = study
    speak(browser, "en")
    address = f"/assessments/enrolments/{enrolment_id}/quizzes/{units[UnitKind.QUIZ]}"
    intro = browser.get(address)
    assert (intro.soup.select_one("h1").text, intro.soup.select_one("h1")["lang"]) == ("Comprobación", "es")
    with unit():
        quiz = quizzes.get_quiz(units[UnitKind.QUIZ])
        assert list(quiz.questions) == ["propia", "uno", "dos"]
    page = browser.post(f"{address}/attempts", follow_redirects=True, status=200)
    assert "¿Sí, propia?" in page.soup.select_one(".question [lang=es]").text
    second = browser.get(page.response.request.path.rsplit("/", 1)[0] + "/2")
    assert "Yes, " in second.soup.select_one("form.question").text
    assert not second.select("form.question [lang=es]")


def test_a_variant_is_read_in_the_language_of_the_page(study, unit):
    browser, enrolment_id, _ = study
    speak(browser, "en")
    page = browser.get(f"/learning/{enrolment_id}/marco/tema")
    assert "In Quintana Roo" in page.text
    assert not page.select(".lesson__content .prose [lang=es]:not(nav a)")
    assert page.soup.select_one(".glossary dt").text == "Referral"


@pytest.fixture
def trainer(unit, client_for, release):
    with unit():
        person = make_person()
        give_role(person, Role.TRAINER)
    return client_for(person), f"/courses/releases/{release.id}/preview/marco"


def test_a_trainer_prints_the_case_in_any_of_its_languages(trainer):
    browser, address = trainer
    page = browser.get(f"{address}/caso?language=en")
    sheet = browser.get(page.soup.select_one("a[href*=tabletop]")["href"])
    assert sheet.soup.select_one("h1").text == "A case"
    assert (sheet.soup.select_one("h1")["lang"], sheet.soup.select_one(".tabletop h2")["lang"]) == (
        "en",
        "en",
    )
    assert "Somebody arrives" in sheet.text
    assert "Put at risk" in sheet.text
    assert "Alguien espera" not in sheet.text
    assert "Llega una persona" in browser.get(f"{address}/caso/tabletop").text


def test_a_trainer_sees_the_quiz_in_any_of_its_languages(trainer):
    browser, address = trainer
    page = browser.get(f"{address}/comprobacion?language=en")
    assert "Yes, uno?" in page.text
    answers = page.soup.select_one("a[href*='answers=1']")["href"]
    assert "language=en" in answers
    assert "That is it" in browser.get(answers).text


def test_a_course_that_includes_the_module_has_its_languages_too(unit, release):
    with unit():
        found = ReleaseLibrary().find("curso-en-dos-lenguas", release.number, "marco")
        titles = {each.unit_slug: each.unit.title for each in found.translations}
    assert titles == {"tema": "Consent", "caso": "A case", "comprobacion": "Comprobación"}


def test_an_author_previews_what_the_file_in_another_language_becomes(compiled):
    course = compiled(FILES).course
    for path, title in ((VARIANT, "Consent"), (CASE, "A case")):
        _module, found = find_unit(course, f"idiomas/en/{path}")
        assert found.title == title
    assert [entry.term for entry in glossary_at(course, "idiomas/en/glosario.md")] == ["Referral", "Risk"]
    assert [entry.term for entry in glossary_at(course, "glosario.md")] == ["Canalizar", "Riesgo"]

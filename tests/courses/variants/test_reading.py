"""What people read of a course that has variants by place and translations, over HTTP."""

import pytest

from lms.accounts.models import Person
from lms.assessments.attempts import queries as quizzes
from lms.core.actors import SYSTEM, Role
from lms.core.clock import now
from lms.core.db import db
from lms.courses import queries, service
from lms.courses.blocks.built_in import BUILT_IN_BLOCKS
from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.sections import sections
from lms.courses.compiler.source import SourceFile, SourceTree
from lms.courses.compiler.splitter import split
from lms.courses.models import UnitKind
from lms.institutions.programmes.queries import get_programme
from lms.learning.models import Enrolment
from lms.learning.queries import get_cohort
from lms.plugins.blocks import by_name
from lms.testing.factories.accounts import give_role, make_person
from lms.testing.factories.learning import make_cohort, make_enrolment, units_of

HEAD = "---\ntitulo: El consentimiento\nminutos: 1\nobjetivo: Decidir.\nrevisado: 2026-11-21\nfuentes: [PAL]\n---\n"
LESSON = """\
## Lo común

Lo leen todas.

::: lugar general {id=consentimiento}
No se toma en cuenta si hubo un medio.
:::

::: lugar mx En México
No excusa en ningún caso.
:::

::: pregunta {id=consentimiento-repaso}
¿Qué se hace?

( ) Interrogar.
    > No.
(x) Escuchar.
    > Sí.
:::
"""
ENGLISH = """\
## In common

Everybody reads it.

::: place general {id=consentimiento}
It is not taken into account.
:::

::: place mx In Mexico
It is never an excuse.
:::

::: question {id=consentimiento-repaso}
What comes first?

( ) Questioning.
    > Not so.
(x) Listening.
    > Well done.
:::
"""
QUIZ = """\
::: pregunta {id=uno}
¿Uno?

(x) Sí.
    > Sí.
( ) No.
    > No.
:::
"""
COVER = """\
titulo: Curso
resumen: De prueba.
horas: 1
aviso: Aviso común.
modulos:
  - carpeta: 01-marco
    titulo: Marco
    horas: 1
variantes:
  mx:
    titulo: Curso para México
    aprobacion:
      cuestionarios: 0.6
  mx-roo:
    aviso: Aviso de Quintana Roo.
"""


def hashes(body):
    return ", ".join(
        each.hash for each in sections(split(body, "x.md", Findings()), by_name(BUILT_IN_BLOCKS))
    )


FILES = {
    "curso.yaml": COVER,
    "fuentes.yaml": "PAL:\n  titulo: Protocolo\n  consultado: 2026-11-21\n",
    "01-marco/01-tema.md": HEAD + LESSON,
    "01-marco/comprobacion.md": f"---\ntipo: cuestionario\ntitulo: Comprobación\nminutos: 5\nintentos: 3\n---\n{QUIZ}",
    "idiomas/en/curso.yaml": "titulo: Course\nmodulos:\n  - carpeta: 01-marco\n    titulo: Frame\n",
    "idiomas/en/01-marco/01-tema.md": f"---\ntitulo: Consent\ntraduce: [{hashes(LESSON)}]\n---\n{ENGLISH}",
    "idiomas/pt/01-marco/01-tema.md": f"---\ntitulo: Consentimento\ntraduce: [{hashes(LESSON)}]\n---\n{ENGLISH}",
    "idiomas/en/01-marco/comprobacion.md": (
        f"---\ntitulo: Check\ntraduce: [{hashes(QUIZ)}]\n---\n"
        "::: question {id=uno}\nOne?\n\n(x) Yes.\n    > Yes.\n( ) No.\n    > No.\n:::\n"
    ),
}


def release_files(files, slug="curso-de-lugares"):
    tree = SourceTree(
        files={path: SourceFile(path=path, content=text.encode()) for path, text in files.items()}
    )
    return service.release_tree(tree, slug, actor=SYSTEM, now=now())


@pytest.fixture
def study(unit, client_for):
    """Return a function that enrols somebody in a programme of a place and gives their browser and enrolment."""

    def enrol(country, territory, files=None):
        with unit():
            cohort = make_cohort(release=release_files(files or FILES))
            programme = get_programme(cohort.programme_id)
            programme.country, programme.territory = country, territory
            enrolment = make_enrolment(cohort)
            person = db.session.get(Person, enrolment.person_id)
        return client_for(person), enrolment.id

    return enrol


def page_of(browser, enrolment_id, query="", **options):
    return browser.get(f"/learning/{enrolment_id}/marco/tema{query}", **options)


@pytest.mark.parametrize(
    ("country", "territory", "own", "other"),
    [
        ("MX", "Quintana Roo", "No excusa", "No se toma en cuenta"),
        ("EC", "Distrito Metropolitano de Quito", "No se toma en cuenta", "No excusa"),
    ],
)
def test_a_trainee_reads_what_holds_where_the_programme_trains(study, country, territory, own, other):
    page = page_of(*study(country, territory))
    (fork,) = page.select(".sector-block")
    assert own in fork.select_one(".sector-block__body").text
    assert other in fork.select_one("details").text
    assert "de la lección" not in fork.text


def test_without_a_general_branch_nobody_reads_the_law_of_another_as_theirs(study):
    text = LESSON.replace("lugar general", "lugar pe")
    files = {path: each for path, each in FILES.items() if "idiomas" not in path}
    browser, enrolment_id = study("EC", "", files | {"01-marco/01-tema.md": HEAD + text})
    (fork,) = page_of(browser, enrolment_id).select(".sector-block")
    assert "Todavía no hay un apartado" in fork.select_one(".sector-block__body").text
    assert "Perú; México" in fork.select_one("summary").text
    assert "No excusa" in fork.select_one("details").text


def test_the_cover_says_what_the_place_sets(study):
    browser, enrolment_id = study("MX", "Quintana Roo")
    page = browser.get(f"/learning/{enrolment_id}")
    assert page.select("h1")[0].text == "Curso para México"
    assert "Aviso de Quintana Roo." in page.text


def test_the_mark_of_the_place_comes_before_that_of_the_programme(study, unit):
    _, enrolment_id = study("MX", "Quintana Roo")
    _, elsewhere = study("PE", "Puno")
    marks = []
    with unit():
        for key in (enrolment_id, elsewhere):
            enrolment = db.session.get(Enrolment, key)
            found = next(each for each in units_of(enrolment) if each.kind is UnitKind.QUIZ)
            release = queries.get_release(found.release_id)
            programme = get_programme(get_cohort(enrolment.cohort_id).programme_id)
            marks.append(float(quizzes.pass_mark_of(quizzes.get_quiz(found.id), release, programme)))
    assert marks == [0.6, 0.8]


def english(browser):
    browser.post("/preferences/language", data={"language": "en", "next": "/"})
    return browser


def test_a_trainee_reads_in_the_language_of_their_pages(study):
    browser, enrolment_id = study("MX", "")
    page = page_of(english(browser), enrolment_id)
    assert page.select("h1")[0].text == "Consent"
    assert "Everybody reads it." in page.text
    assert "Lo leen todas" not in page.text
    assert "It is never an excuse" in page.select(".sector-block__body")[0].text
    assert not page.select(".lesson__content [lang=es]:not(nav a)")
    assert "Frame" in page.select(".lesson__outline")[0].text


def test_what_is_not_translated_is_marked_in_its_language(study):
    files = {path: each for path, each in FILES.items() if "idiomas" not in path}
    browser, enrolment_id = study("MX", "", files)
    page = page_of(english(browser), enrolment_id)
    assert page.select("h1")[0]["lang"] == "es"
    assert "Lo leen todas" in page.select("div.prose[lang=es]")[0].text


def test_any_translation_is_one_link_away(study):
    browser, enrolment_id = study("MX", "")
    page = page_of(browser, enrolment_id)
    links = page.select("nav[aria-label='Idioma de la lección'] [lang]")
    assert [(link.text, link["lang"]) for link in links] == [
        ("Español", "es"),
        ("English", "en"),
        ("Português", "pt"),
    ]
    page = page_of(browser, enrolment_id, "?language=pt")
    assert page.select("h1")[0].text == "Consentimento"
    assert page.select("div.prose[lang=pt]")[0]


def test_the_feedback_of_a_self_check_comes_in_the_language_of_the_lesson(study, unit):
    browser, enrolment_id = study("MX", "")
    page = page_of(browser, enrolment_id, "?language=pt")
    form = page.select("form.question")[0]
    data = {"answer": "b", "next": form.select_one("[name=next]")["value"]}
    fragment = browser.post(form["action"], data=data, headers={"HX-Request": "true"}, status=200)
    assert "Well done" in fragment.text


def test_a_quiz_asks_the_same_in_another_language(study, unit):
    browser, enrolment_id = study("MX", "")
    with unit():
        found = next(
            each for each in units_of(db.session.get(Enrolment, enrolment_id)) if each.kind is UnitKind.QUIZ
        )
    english(browser)
    intro = browser.get(f"/assessments/enrolments/{enrolment_id}/quizzes/{found.id}")
    assert intro.select("h1")[0].text == "Check"


def test_a_lesson_in_another_language_takes_few_statements(study, count_queries):
    browser, enrolment_id = study("MX", "Quintana Roo")
    english(browser)
    page_of(browser, enrolment_id)
    with count_queries() as counted:
        page_of(browser, enrolment_id)
    assert len(counted) <= 6


@pytest.fixture
def trainer(unit, client_for):
    with unit():
        person = make_person()
        give_role(person, Role.TRAINER)
        release_id = release_files(FILES).id
    return client_for(person), f"/courses/releases/{release_id}/preview/marco/tema"


def test_a_trainer_chooses_the_place_of_the_preview(trainer):
    browser, address = trainer
    page = browser.get(address)
    assert [option["value"] for option in page.select("select[name=place] option")] == ["", "MX"]
    assert "No se toma en cuenta" in page.select(".sector-block__body")[0].text
    page = browser.get(f"{address}?place=MX-ROO")
    assert "No excusa" in page.select(".sector-block__body")[0].text
    assert browser.get(f"{address}?place=MX&language=en").select("h1")[0].text == "Consent"


def test_an_unknown_place_or_language_of_the_preview_is_no_place(trainer):
    browser, address = trainer
    page = browser.get(f"{address}?place=ZZ&language=xx")
    assert page.select("h1")[0].text == "El consentimiento"
    assert "No se toma en cuenta" in page.select(".sector-block__body")[0].text

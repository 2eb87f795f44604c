"""Modules of other courses: pinned to a release, compiled as they were, taken once."""

import pytest

from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.core.db import db
from lms.courses import queries, service
from lms.courses.compiler.origins import Origin
from lms.courses.compiler.source import SourceFile, SourceTree
from lms.courses.errors import CourseInvalid
from lms.courses.models import ReleasedModule
from lms.courses.sharing import ReleaseLibrary
from lms.learning import service as learning
from lms.learning.queries import find_completion, progress_of
from lms.testing.factories.accounts import make_person
from lms.testing.factories.learning import make_cohort, make_enrolment, units_of

HEAD = "---\ntitulo: {0}\nminutos: 1\nobjetivo: O.\nrevisado: 2026-11-21\nfuentes: [PAL]\n---\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 1"><path d="M0 5h3"/></svg>'
SOURCES = "PAL:\n  titulo: Protocolo\n  consultado: 2026-11-21\n"
QUIZ = (
    "---\ntipo: cuestionario\ntitulo: Comprobación\nminutos: 5\nintentos: 3\n---\n"
    "::: pregunta {id=tronco-uno}\n¿?\n\n(x) Sí.\n    > Sí.\n( ) No.\n    > No.\n:::\n"
)
TRUNK = {
    "curso.yaml": (
        "titulo: Tronco común\nresumen: R.\nhoras: 3\nmodulos:\n"
        "  - carpeta: 01-marco\n    titulo: Marco\n    horas: 2\n    objetivo: Distinguir.\n"
        "  - carpeta: 02-otro\n    titulo: Otro\n    horas: 1\n"
    ),
    "fuentes.yaml": SOURCES,
    "glosario.md": "## Canalizar\n\nAcompañar.\n",
    "imagenes/m.svg": SVG,
    "01-marco/01-tema.md": HEAD.format("Tema")
    + "Hay que [[canalizar]]. [La otra](../02-otro/01-nada.md) y [el cuestionario](comprobacion.md).\n\n"
    + "![Un mapa](../imagenes/m.svg)\n",
    "01-marco/comprobacion.md": QUIZ,
    "02-otro/01-nada.md": HEAD.format("Nada") + "Nada.\n",
    "idiomas/en/01-marco/01-tema.md": "---\ntitulo: Topic\ntraduce: []\n---\nOne [[canalizar|refers]].\n\n",
}
COVER = (
    "titulo: Curso de salud\nresumen: R.\nhoras: 3\nmodulos:\n"
    "  - incluye: tronco-comun@1/01-marco\n"
    "  - carpeta: 02-salud\n    titulo: Salud\n    horas: 1\n"
)
OWN = {
    "curso.yaml": COVER,
    "fuentes.yaml": SOURCES,
    "02-salud/01-triaje.md": HEAD.format("Triaje")
    + "[El marco](../01-marco/01-tema.md) no.\n".replace(
        "[El marco](../01-marco/01-tema.md) no", "Sin acompañantes"
    ),
}


def release_files(files, slug):
    tree = SourceTree(
        files={path: SourceFile(path=path, content=text.encode()) for path, text in files.items()}
    )
    return service.release_tree(tree, slug, actor=SYSTEM, now=now())


def problems_of(files):
    tree = SourceTree(
        files={path: SourceFile(path=path, content=text.encode()) for path, text in files.items()}
    )
    return service.check_tree(tree, "salud-local").diagnostics


@pytest.fixture
def trunk(unit):
    with unit():
        return release_files(TRUNK, "tronco-comun").id


@pytest.fixture
def both(unit, trunk):
    with unit():
        return trunk, release_files(OWN, "salud-local").id


def test_an_included_module_is_what_the_release_had(unit, both):
    trunk, own = both
    with unit():
        first, second = queries.list_outline(own)
        assert (first.slug, first.title, first.objective, first.hours) == ("marco", "Marco", "Distinguir.", 2)
        assert [unit.slug for unit in first.units] == ["tema", "comprobacion"]
        assert [second.slug, second.title] == ["salud", "Salud"]
        module = db.session.get(ReleasedModule, first.id)
        assert module.origin == "tronco-comun@1"
        theirs = queries.find_unit(trunk, "marco", "tema")
        ours = queries.find_unit(own, "marco", "tema")
        assert theirs.shared_key == ours.shared_key != ""
        assert queries.lesson_of(ours).terms[0].slug == "canalizar"
        assert queries.read_lesson(ours, queries.get_release(own), "en").lesson.title == "Topic"
        digest = queries.lesson_of(ours).parts[0].html.partition("/courses/assets/")[2][:64]
        assert queries.find_asset(digest) is not None


def test_an_included_module_may_be_called_otherwise(unit, trunk):
    cover = COVER.replace("01-marco\n", "marco\n    titulo: Lo común\n    horas: 2\n    objetivo: Otro.\n", 1)
    with unit():
        first, _ = queries.list_outline(release_files(OWN | {"curso.yaml": cover}, "salud-local").id)
        assert (first.title, first.objective) == ("Lo común", "Otro.")


def test_links_out_of_the_included_module_lose_their_address_with_a_warning(unit, both, trunk):
    with unit():
        html = queries.lesson_of(queries.find_unit(both[1], "marco", "tema")).parts[0].html
        assert 'href="../marco/comprobacion"' in html
        assert "La otra y" in html
        (problem,) = problems_of(OWN)
        assert (problem.code, problem.severity, problem.path, problem.line) == (
            "R362",
            "warning",
            "curso.yaml",
            5,
        )


def test_a_module_included_from_a_course_that_included_it_keeps_its_first_origin(unit, both):
    with unit():
        included = ReleaseLibrary().find("salud-local", 1, "marco")
        key = queries.find_unit(both[0], "marco", "tema").shared_key
        assert included.module.origin.course == "tronco-comun"
        assert included.module.origin.keys["tema"] == key
        assert isinstance(included.module.origin, Origin)


@pytest.mark.parametrize(
    ("include", "code", "says"),
    [
        ("tronco-comum@1/01-marco", "R361", "¿Quiso decir «tronco-comun@1/marco»?"),
        ("tronco-comun@2/01-marco", "R361", "¿Quiso decir «tronco-comun@1/marco»?"),
        ("tronco-comun@1/01-marca", "R361", "No hay ninguna versión publicada"),
        ("tronco-comun/01-marco", "R360", "curso@versión/módulo"),
        ("tronco-comun@0/01-marco", "R360", "curso@versión/módulo"),
    ],
)
def test_a_module_that_is_not_there_is_an_error(unit, trunk, include, code, says):
    with unit():
        (problem,) = problems_of(OWN | {"curso.yaml": COVER.replace("tronco-comun@1/01-marco", include)})
        assert (problem.code, problem.path, problem.line) == (code, "curso.yaml", 5)
        assert says in problem.message


def test_a_withdrawn_release_is_not_included(unit, trunk):
    with unit():
        service.withdraw(queries.get_release(trunk), actor=SYSTEM, now=now())
        db.session.flush()
        with pytest.raises(CourseInvalid):
            release_files(OWN, "salud-local")


def test_without_a_library_nothing_can_be_included(compiled):
    assert [each.code for each in compiled(OWN | {"01-marco/01-tema.md": None}).diagnostics] == ["R361"]


def test_the_same_question_id_in_both_is_an_error(unit, trunk):
    with unit():
        text = HEAD.format("T") + "::: pregunta {id=tronco-uno}\n¿?\n\n(x) Sí.\n( ) No.\n:::\n"
        codes = {each.code for each in problems_of(OWN | {"02-salud/01-triaje.md": text})}
        assert "R309" in codes


def test_hours_that_do_not_add_up_are_noticed_once_they_are_known(unit, trunk):
    with unit():
        codes = [
            each.code for each in problems_of(OWN | {"curso.yaml": COVER.replace("horas: 3", "horas: 9")})
        ]
        assert codes.count("R123") == 1


def finished(enrolment):
    found = progress_of([enrolment.id])[enrolment.id]
    return {key for key, each in found.items() if each.finished_at is not None}


def keys(enrolment, *slugs):
    return {unit.id for unit in units_of(enrolment) if unit.slug in slugs}


def finish(enrolment, *slugs):
    for each in units_of(enrolment):
        if each.slug in slugs:
            learning.finish_unit(enrolment, each, actor=SYSTEM, now=now())


def test_what_was_finished_in_the_trunk_counts_when_enrolling_elsewhere(unit, both):
    with unit():
        person = make_person()
        first = make_enrolment(make_cohort(release=queries.get_release(both[0])), person)
        finish(first, "tema", "comprobacion", "nada")
        second = make_enrolment(make_cohort(release=queries.get_release(both[1])), person)
        assert finished(second) == keys(second, "tema", "comprobacion")


def test_what_is_finished_later_counts_in_the_other_course_at_once(unit, both):
    with unit():
        person = make_person()
        first = make_enrolment(make_cohort(release=queries.get_release(both[0])), person)
        second = make_enrolment(make_cohort(release=queries.get_release(both[1])), person)
        finish(second, "triaje", "comprobacion")
        assert finished(first) == keys(first, "comprobacion")
        assert find_completion(second.id) is None
        finish(first, "tema")
        assert finished(second) == keys(second, "tema", "comprobacion", "triaje")
        assert find_completion(second.id) is not None


def test_nobody_else_is_credited(unit, both):
    with unit():
        first = make_enrolment(make_cohort(release=queries.get_release(both[0])))
        second = make_enrolment(make_cohort(release=queries.get_release(both[1])))
        finish(first, "tema")
        assert finished(second) == set()


def test_whoever_takes_the_same_course_again_reads_it_again(unit, trunk):
    with unit():
        person = make_person()
        first = make_enrolment(make_cohort(release=queries.get_release(trunk)), person)
        finish(first, "tema")
        again = make_enrolment(make_cohort(release=queries.get_release(trunk)), person)
        assert finished(again) == set()


def test_a_cohort_that_has_not_begun_credits_at_the_first_opening(unit, both, at):
    with unit():
        person = make_person()
        first = make_enrolment(make_cohort(release=queries.get_release(both[0])), person)
        finish(first, "tema")
        today = now().date()
        later = make_cohort(
            release=queries.get_release(both[1]),
            starts_on=today.replace(day=28),
            ends_on=today.replace(month=12),
        )
        second = make_enrolment(later, person)
        assert finished(second) == set()
        opened = now().replace(day=29)
        learning.see_unit(second, units_of(second)[-1], opened)
        assert finished(second) == keys(second, "tema")


def test_a_quiz_that_counts_already_is_not_asked_again(unit, both, client_for):
    with unit():
        person = make_person()
        first = make_enrolment(make_cohort(release=queries.get_release(both[0])), person)
        finish(first, "comprobacion")
        second = make_enrolment(make_cohort(release=queries.get_release(both[1])), person)
        (quiz,) = keys(second, "comprobacion")
    page = client_for(person).get(f"/assessments/enrolments/{second.id}/quizzes/{quiz}")
    assert "No hace falta repetirla" in page.text
    assert not page.select("form[action$=attempts]")

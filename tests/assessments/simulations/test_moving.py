"""A cohort moves to another release: decisions count where the case still decides the same."""

import pytest

from lms.assessments.simulations.queries import list_decisions, list_runs
from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.courses.changes import ChangeClass
from lms.courses.service import release as release_folder
from lms.learning import moving
from lms.learning.queries import find_progress, get_cohort
from lms.testing.factories.courses import make_release, write_course
from lms.testing.factories.learning import make_cohort, make_enrolment
from lms.testing.factories.simulations import make_run, simulations_of

CASE = "02-ruta/02-caso.md"


@pytest.fixture
def edit(tmp_path):
    """Return a function that releases the course after changing its case."""
    folder = write_course(tmp_path / "curso-de-prueba", has_simulation=True)

    def edit_(before, after):
        file = folder / CASE
        text = file.read_text(encoding="utf-8")
        assert before in text
        file.write_text(text.replace(before, after), encoding="utf-8")
        return release_folder(folder, actor=SYSTEM, now=now())

    return edit_


@pytest.fixture
def played(unit):
    with unit():
        enrolment = make_enrolment(make_cohort(release=make_release(has_simulation=True)))
        make_run(enrolment, "bb")
        return enrolment


def move(enrolment, release):
    cohort = get_cohort(enrolment.cohort_id)
    return moving.move_cohort(cohort, release, ask_again=True, actor=SYSTEM, now=now())


@pytest.mark.parametrize(
    ("before", "after", "change_class"),
    [
        ("quien la controla.", "quien la controlaa.", ChangeClass.TYPO),
        ("La acompañante quiere irse.", "La acompañante recoge los papeles y habla muy alto.", ChangeClass.CONTENT),
        ("(#a-solas) {seguridad=+1}", "(#a-solas) {seguridad=+2}", ChangeClass.ASSESSMENT),
        ("espere afuera](#a-solas)", "espere afuera](#silencio)", ChangeClass.ASSESSMENT),
        ("minutos: 2", "minutos: 2\naprobar: 0.5", ChangeClass.ASSESSMENT),
        ("Dejar que se vayan", "Preguntarle a la mujer su nombre completo y su dirección", ChangeClass.ASSESSMENT),
        (' critico="La puso en riesgo."', "", ChangeClass.ASSESSMENT),
    ],
)  # fmt: skip
def test_the_class_of_a_change_follows_what_it_decides(unit, edit, played, before, after, change_class):
    with unit():
        release = edit(before, after)
        assert release.change_class is change_class


def test_runs_follow_a_case_whose_wording_changed(unit, edit, played):
    with unit():
        move(played, edit("Primero la seguridad, después las preguntas.", "Primero la seguridad de todas."))
    with unit():
        case = simulations_of(played)[0]
        (run,) = list_runs(played.id, case.id)
        assert [each.option for each in list_decisions(run.id)] == ["b", "b"]
        assert find_progress(played.id, case.id).finished_at is not None


def test_a_case_that_decides_something_else_is_played_anew(unit, edit, played):
    with unit():
        old = simulations_of(played)[0]
        move(played, edit("(#a-solas) {seguridad=+1}", "(#a-solas) {seguridad=+2}"))
    with unit():
        case = simulations_of(played)[0]
        assert list_runs(played.id, case.id) == []
        (run,) = list_runs(played.id, old.id)
        assert find_progress(played.id, case.id) is None
        assert run.ending == "acuerdo"
        make_run(played, "bb")
        assert find_progress(played.id, case.id).finished_at is not None

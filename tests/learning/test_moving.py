"""A cohort moves to another release: what each page becomes is shown first, and nobody loses what they did."""

import pytest

from lms.assessments.attempts.queries import list_attempts
from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.core.db import db
from lms.courses.changes import ChangeClass
from lms.courses.service import Declaration
from lms.courses.service import release as release_folder
from lms.learning import moving, queries
from lms.learning.errors import ReleaseElsewhere, ReleaseWithdrawn
from lms.learning.moving import Effect
from lms.testing.factories.accounts import make_administrator
from lms.testing.factories.assessments import make_result, quizzes_of
from lms.testing.factories.courses import make_release, write_course
from lms.testing.factories.learning import finish_units, make_cohort, make_enrolment, units_of


@pytest.fixture
def edit(tmp_path):
    """Return a function that releases the course after changing one file in it."""
    folder = write_course(tmp_path / "curso-de-prueba")

    def edit_(path, before, after):
        file = folder / path
        text = file.read_text(encoding="utf-8")
        assert before in text
        file.write_text(text.replace(before, after), encoding="utf-8")
        return release_folder(folder, actor=SYSTEM, now=now())

    return edit_


LESSON, QUIZ = "01-senales/01-leccion.md", "01-senales/comprobacion.md"


def finished(enrolment):
    progress = queries.progress_of([enrolment.id])[enrolment.id]
    return {
        unit.slug for unit in units_of(enrolment) if unit.id in progress and progress[unit.id].finished_at
    }


def study():
    enrolment = make_enrolment(make_cohort(release=make_release()))
    make_result(enrolment, quizzes_of(enrolment)[0])
    finish_units(enrolment, count=2)
    return enrolment, queries.get_cohort(enrolment.cohort_id)


def move(cohort, release, *, ask_again=False):
    return moving.move_cohort(cohort, release, ask_again=ask_again, actor=SYSTEM, now=now())


def effects(plan):
    return {page.place: page.effect for page in plan.pages}


def test_a_changed_lesson_stays_read_and_the_quiz_stays_passed(unit, edit):
    with unit():
        enrolment, cohort = study()
        before = finished(enrolment)
        assert before
        plan = move(cohort, edit(LESSON, "## ", "Un párrafo nuevo que no estaba.\n\n## "))
        assert set(effects(plan).values()) == {Effect.KEPT}
        assert plan.difference.change_class is ChangeClass.CONTENT
        db.session.expire_all()
        assert finished(enrolment) == before
        assert len(list_attempts(enrolment.id, quizzes_of(enrolment)[0].id)) == 1


def test_a_new_page_has_to_be_done_and_one_that_goes_stops_counting(unit, edit, tmp_path):
    with unit():
        enrolment, cohort = study()
        lesson = tmp_path / "curso-de-prueba" / LESSON
        text = lesson.read_text(encoding="utf-8").replace("id=", "id=otra-")
        lesson.rename(lesson.with_name("02-otra.md"))
        lesson.with_name("02-otra.md").write_text(text, encoding="utf-8")
        goes = Declaration(drops=frozenset({"senales/leccion", "senales-repaso"}))
        plan = move(cohort, release_folder(lesson.parents[1], actor=SYSTEM, now=now(), declared=goes))
        assert effects(plan)["senales/otra"] is Effect.NEW
        assert effects(plan)["senales/leccion"] is Effect.GONE
        assert "otra" not in finished(enrolment)


@pytest.mark.parametrize("ask_again", [False, True])
def test_a_quiz_whose_key_changed_is_asked_again_only_if_somebody_says_so(unit, edit, ask_again):
    with unit():
        enrolment, cohort = study()
        assert "comprobacion" in finished(enrolment)
        plan = move(cohort, edit(QUIZ, "intentos: 3", "intentos: 5"), ask_again=ask_again)
        assert effects(plan)["senales/comprobacion"] is Effect.ASKED
        db.session.expire_all()
        assert ("comprobacion" in finished(enrolment)) is not ask_again


def test_moving_there_and_back_loses_nothing(unit, edit):
    with unit():
        enrolment, cohort = study()
        before, first = finished(enrolment), queries.get_cohort(cohort.id).release_id
        move(cohort, edit(QUIZ, "intentos: 3", "intentos: 5"), ask_again=True)
        move(cohort, db.session.get_one(type(make_release()), first))
        db.session.expire_all()
        assert finished(enrolment) == before


def test_whoever_has_all_that_the_new_release_asks_completes(unit, run_jobs, edit, tmp_path):
    with unit():
        enrolment, cohort = study()
        for quiz in quizzes_of(enrolment)[1:]:
            make_result(enrolment, quiz)
        assert queries.find_completion(enrolment.id) is None
        folder = tmp_path / "curso-de-prueba"
        gone = [path for path in sorted(folder.glob("02-*/*.md")) if "comprobacion" not in path.name]
        for path in gone:
            path.unlink()
        goes = Declaration(drops=frozenset({"ruta/leccion", "ruta-repaso"}))
        move(cohort, release_folder(folder, actor=SYSTEM, now=now(), declared=goes))
        enrolment_id = enrolment.id
    run_jobs()
    with unit():
        assert queries.find_completion(enrolment_id) is not None


def test_another_course_and_a_withdrawn_release_are_refused(unit, edit):
    with unit():
        _enrolment, cohort = study()
        with pytest.raises(ReleaseElsewhere):
            moving.plan_move(cohort, make_release(slug="otro-curso"))
        with pytest.raises(ReleaseElsewhere):
            moving.plan_move(cohort, make_release())
        withdrawn = edit(LESSON, "## ", "Otra frase.\n\n## ")
        withdrawn.withdrawn_at = now()
        with pytest.raises(ReleaseWithdrawn):
            moving.plan_move(cohort, withdrawn)


@pytest.fixture
def place(unit, edit):
    """Return a cohort one release behind, its new release, and who may move it."""
    with unit():
        _enrolment, cohort = study()
        newer = edit(QUIZ, "intentos: 3", "intentos: 5")
        return f"/learning/cohorts/{cohort.id}/move", newer.id, make_administrator()


def test_the_page_shows_what_changes_before_it_changes_anything(client_for, place):
    url, newer, administrator = place
    client = client_for(administrator)
    page = client.get(f"{url}?release={newer}")
    assert "Evaluación. Cambió el número de intentos." in page.text
    assert "Deben aprobarla otra vez" in page.text
    assert "versión 1" in client.get(url.removesuffix("/move")).text


def test_whoever_manages_the_cohort_moves_it_and_sees_it_done(client_for, place):
    url, newer, administrator = place
    client = client_for(administrator)
    client.post(url, {"release": newer, "ask_again": "0"})
    assert "versión 2" in client.get(url.removesuffix("/move")).text
    client.get(f"{url}?release={newer}", status=404)

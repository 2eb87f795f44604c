"""Corrections follow whoever moves to a release that asks the same: what was corrected stays, and so do later ones."""

import pytest

from lms.assessments.attempts import queries
from lms.assessments.grading import regrading
from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.courses.service import release as release_folder
from lms.learning import moving, person_moves
from lms.learning.queries import get_cohort, get_enrolment
from lms.testing.factories.accounts import make_person
from lms.testing.factories.assessments import make_result, quizzes_of, wrong_keys
from lms.testing.factories.courses import make_release, write_course
from lms.testing.factories.learning import make_cohort, make_enrolment


def edited(tmp_path):
    folder = write_course(tmp_path / "curso-de-prueba")
    lesson = folder / "01-senales/01-leccion.md"
    lesson.write_text(lesson.read_text(encoding="utf-8") + "\nUna frase más.\n", encoding="utf-8")
    return folder


@pytest.fixture
def moved(unit, tmp_path, run_jobs):
    """Return a function: Ana missed a question with a wrong key; her cohort moved before or after it was corrected."""

    def make(*, is_applied):
        with unit():
            ana = make_enrolment(make_cohort(release=make_release()), make_person())
            quiz = quizzes_of(ana)[0]
            make_result(ana, quiz, wrong=1)
            question = next(iter(quiz.questions.values()))
            order = ("accept", wrong_keys(question)[0])
            regrading.order_regrade(quiz, question["id"], *order, reason="Clave.", actor=SYSTEM, now=now())
        if is_applied:
            run_jobs()
        with unit():
            newer = release_folder(edited(tmp_path), actor=SYSTEM, now=now())
            moving.move_cohort(get_cohort(ana.cohort_id), newer, ask_again=False, actor=SYSTEM, now=now())
        run_jobs()
        return ana, newer

    return make


def result_of(enrolment):
    quiz = quizzes_of(enrolment)[0]
    (attempt,) = queries.list_attempts(enrolment.id, quiz.id)
    return attempt.earned == len(quiz.questions), attempt.is_passed


@pytest.mark.parametrize("is_applied", [True, False])
def test_what_was_missed_is_corrected_in_the_release_the_cohort_moved_to(unit, moved, is_applied):
    ana, newer = moved(is_applied=is_applied)
    with unit():
        assert result_of(ana) == (True, True)
        (past,) = regrading.list_regrades(newer.id, SYSTEM)
        regrade = past.regrade
        assert (regrade.done, regrade.total, regrade.changed) == (1, 1, 0 if is_applied else 1)
        assert regrade.ended_at


def test_it_holds_there_for_attempts_that_follow_and_for_no_other_cohort(unit, moved):
    ana, newer = moved(is_applied=True)
    with unit():
        later = make_enrolment(get_cohort(ana.cohort_id), make_person())
        other = make_enrolment(make_cohort(release=newer), make_person())
        for each in (later, other):
            make_result(each, quizzes_of(each)[0], wrong=1)
        assert result_of(later) == (True, True)
        assert result_of(other) == (False, False)


@pytest.fixture
def two_cohorts(unit, tmp_path, run_jobs):
    """Return a function: Ana missed a question with a wrong key; it is corrected where she was, or where she goes."""

    def make(*, is_corrected_there, is_applied):
        with unit():
            ana = make_enrolment(make_cohort(release=make_release()), make_person())
            make_result(ana, quizzes_of(ana)[0], wrong=1)
            newer = release_folder(edited(tmp_path), actor=SYSTEM, now=now())
            there = make_cohort(release=newer)
            quiz = quizzes_of(make_enrolment(there, make_person()) if is_corrected_there else ana)[0]
            question = next(iter(quiz.questions.values()))
            order = ("accept", wrong_keys(question)[0])
            regrading.order_regrade(quiz, question["id"], *order, reason="Clave.", actor=SYSTEM, now=now())
        if is_applied:
            run_jobs()
        return ana, there

    return make


def move_person(enrolment, cohort):
    values = {"reason": "Cambio de turno", "ask_again": False, "actor": SYSTEM, "now": now()}
    person_moves.move_person(enrolment, cohort, **values)


@pytest.mark.parametrize("is_corrected_there", [True, False])
@pytest.mark.parametrize("is_applied", [True, False])
def test_they_reach_one_person_who_moves_and_nobody_else_there(
    unit, run_jobs, two_cohorts, is_corrected_there, is_applied
):
    ana, there = two_cohorts(is_corrected_there=is_corrected_there, is_applied=is_applied)
    with unit():
        ana, home = get_enrolment(ana.id), get_cohort(ana.cohort_id)
        move_person(ana, get_cohort(there.id))
    run_jobs()
    with unit():
        ana = get_enrolment(ana.id)
        assert result_of(ana) == (True, True)
        other = make_enrolment(get_cohort(there.id), make_person())
        make_result(other, quizzes_of(other)[0], wrong=1)
        assert result_of(other)[0] is is_corrected_there
        move_person(ana, get_cohort(home.id))
    run_jobs()
    with unit():
        assert result_of(get_enrolment(ana.id)) == (True, True)


def test_what_somebody_brought_holds_for_what_they_hand_in_and_goes_on_with_the_cohort(
    unit, tmp_path, run_jobs, two_cohorts
):
    ana, there = two_cohorts(is_corrected_there=False, is_applied=True)
    with unit():
        eva = make_enrolment(get_cohort(ana.cohort_id), make_person())
        move_person(eva, get_cohort(there.id))
    with unit():
        lesson = tmp_path / "curso-de-prueba/01-senales/01-leccion.md"
        lesson.write_text(lesson.read_text(encoding="utf-8") + "\nOtra más.\n", encoding="utf-8")
        newest = release_folder(tmp_path / "curso-de-prueba", actor=SYSTEM, now=now())
        moving.move_cohort(get_cohort(there.id), newest, ask_again=False, actor=SYSTEM, now=now())
    run_jobs()
    with unit():
        eva, other = get_enrolment(eva.id), make_enrolment(get_cohort(there.id), make_person())
        for each in (eva, other):
            make_result(each, quizzes_of(each)[0], wrong=1)
        assert (result_of(eva), result_of(other)) == ((True, True), (False, False))

"""Correcting results after a wrong key: previewed, applied by jobs once, told, and never taking a pass away."""

from types import SimpleNamespace

import pytest

from lms.assessments.attempts import queries
from lms.assessments.attempts import service as attempts
from lms.assessments.grading import regrading
from lms.assessments.grading.effects import preview
from lms.assessments.grading.models import Regrade, RegradedAttempt
from lms.core.actors import SYSTEM, Role, ScopeKind
from lms.core.audit import AuditEntry
from lms.core.db import db
from lms.learning.queries import find_progress, get_cohort
from lms.testing.factories.accounts import give_role, make_administrator, make_person
from lms.testing.factories.assessments import make_attempt, make_result, quizzes_of, wrong_keys
from lms.testing.factories.courses import make_release
from lms.testing.factories.learning import make_cohort, make_enrolment
from lms.testing.pytest_plugin import TODAY


@pytest.fixture
def failed(unit, client_for):
    """Ana missed the first question of a quiz and so did not pass; Beto passed; Carla is in another programme."""
    with unit():
        release = make_release()
        cohort, other = make_cohort(release=release), make_cohort(release=release)
        ana, beto, carla = (
            make_person(given_names=name, email=f"{name}@example.org") for name in ("ana", "beto", "carla")
        )
        enrolments = [make_enrolment(cohort, ana), make_enrolment(cohort, beto), make_enrolment(other, carla)]
        quiz = quizzes_of(enrolments[0])[0]
        for enrolment, wrong in zip(enrolments, (1, 0, 1), strict=True):
            make_result(enrolment, quiz, wrong=wrong)
        boss = make_administrator()
        local = make_person()
        give_role(local, Role.ADMINISTRATOR, ScopeKind.PROGRAMME, cohort.programme_id)
    question = next(iter(quiz.questions.values()))
    return SimpleNamespace(
        release=release, quiz=quiz, question=question, enrolments=enrolments, boss=client_for(boss),
        local=client_for(local), page=f"/grading/releases/{release.id}/regrades",
        named=f"{quiz.id}:{question['id']}", wrong=wrong_keys(question)[0],
    )  # fmt: skip


def result_of(failed, unit, number):
    enrolment = failed.enrolments[number]
    with unit():
        (attempt,) = queries.list_attempts(enrolment.id, failed.quiz.id)
        progress = find_progress(enrolment.id, failed.quiz.id)
        return attempt.earned, attempt.is_passed, bool(progress and progress.finished_at)


def apply(browser, failed, change, reason="La clave estaba mal."):
    return browser.post(failed.page, {"question": failed.named, "change": change, "reason": reason})


def test_a_preview_names_only_those_in_reach_and_changes_nothing(failed, unit):
    address = f"{failed.page}?question={failed.named}&change=accept:{failed.wrong}"
    own, everywhere = failed.local.get(address), failed.boss.get(address)
    assert "ana" in own.text
    assert "carla" not in own.text
    assert "carla" in everywhere.text
    assert "beto" not in everywhere.text
    assert "nunca deja de estarlo" in own.text
    assert result_of(failed, unit, 0)[1:] == (False, False)


def test_an_option_taken_as_right_passes_those_who_chose_it_once_and_tells_them(
    failed, unit, run_jobs, mailbox
):
    change = f"accept:{failed.wrong}"
    run_jobs()
    mailbox.sent.clear()
    assert "change" in apply(failed.local, failed, change, reason=" ").location
    for _ in range(2):
        apply(failed.local, failed, change)
        run_jobs()
    total = len(failed.quiz.questions)
    assert result_of(failed, unit, 0) == (total, True, True)
    assert result_of(failed, unit, 2)[1] is False
    assert [each.to for each in mailbox.sent] == ["ana@example.org"]
    with unit():
        assert db.session.query(RegradedAttempt).count() == 1
        assert [each.changed for each in db.session.query(Regrade).order_by(Regrade.ordered_at)] in (
            [1, 0],
            [0, 1],
        )
        assert all(each.ended_at for each in db.session.query(Regrade))
        assert "grading.attempt-regraded" in {each.code for each in db.session.query(AuditEntry)}
    assert "terminada" in failed.local.get(failed.page).text


def test_a_question_that_is_annulled_counts_for_all_and_for_attempts_that_follow(failed, unit, run_jobs):
    apply(failed.boss, failed, "annul:")
    run_jobs()
    assert result_of(failed, unit, 0)[1:] == (True, True)
    assert result_of(failed, unit, 2)[1:] == (True, True)
    with unit():
        later = make_enrolment(make_cohort(release=failed.release), make_person())
        attempt = make_result(later, failed.quiz, wrong=1)
        assert attempt.is_passed


def test_a_preview_counts_what_the_jobs_then_change_and_the_page_says_how_far_they_are(
    failed, unit, run_jobs
):
    with unit():
        cohort = make_cohort(release=failed.release)
        silent, working = (make_enrolment(cohort, make_person()) for _ in range(2))
        attempts.submit(make_attempt(silent, failed.quiz), actor=SYSTEM, now=TODAY)
        make_attempt(working, failed.quiz)
        correction = regrading.correction_of(failed.quiz, failed.question["id"], "annul", "")
        found = preview(failed.quiz.id, failed.question["id"], correction, regrading.scope_of(SYSTEM))
        assert (len(found.changed), found.raised, found.lowered, found.passing) == (3, 3, 0, 2)
    assert "Aprobarían" in failed.boss.get(f"{failed.page}?question={failed.named}&change=annul:").text
    apply(failed.boss, failed, "annul:")
    assert "0 de 4 intentos" in failed.boss.get(failed.page).text
    run_jobs()
    with unit():
        regrade = db.session.query(Regrade).one()
        assert (regrade.done, regrade.total, regrade.changed) == (4, 4, 3)
    assert "Ver cuánto falta" not in failed.boss.get(failed.page).text


def test_the_key_of_another_release_holds_and_takes_no_pass_away(failed, unit, run_jobs, tmp_path):
    config = failed.question
    with unit():
        newer = make_release(title="Otra edición")
        other = next(
            each
            for each in quizzes_of(make_enrolment(make_cohort(release=newer)))
            if each.quiz.slug == failed.quiz.quiz.slug
        )
        options = [{**each, "is_right": each["key"] == failed.wrong} for each in config["options"]]
        unit_row = db.session.get_one(regrading.Unit, other.id)
        body = {**unit_row.body, "questions": [
            {**each, "options": options} if each["id"] == config["id"] else each for each in unit_row.body["questions"]
        ]}  # fmt: skip
        unit_row.body = body
    queries._quiz.cache_clear()
    apply(failed.boss, failed, f"key:{other.id}")
    run_jobs()
    total = len(failed.quiz.questions)
    assert result_of(failed, unit, 0) == (total, True, True)
    assert result_of(failed, unit, 1) == (total - 1, True, True)
    queries._quiz.cache_clear()


@pytest.mark.parametrize("limit", ["BATCH", "AT_ONCE"])
def test_trainers_do_not_correct_keys_and_batches_go_on(
    failed, unit, client_for, run_jobs, monkeypatch, limit
):
    with unit():
        trainer = make_person()
        give_role(trainer, Role.TRAINER)
    client_for(trainer).get(failed.page, status=403)
    monkeypatch.setattr(regrading, limit, 1)
    apply(failed.boss, failed, "annul:")
    run_jobs()
    with unit():
        regrade = db.session.query(Regrade).one()
        assert (regrade.done, regrade.total, regrade.changed) == (3, 3, 2)
        assert regrade.ended_at >= TODAY


@pytest.fixture
def neighbour(failed, unit, client_for):
    """A browser of who administers the other programme, that of Carla."""
    with unit():
        boss, cohort = make_person(), get_cohort(failed.enrolments[2].cohort_id)
        give_role(boss, Role.ADMINISTRATOR, ScopeKind.PROGRAMME, cohort.programme_id)
    return client_for(boss)


def test_a_correction_of_one_programme_is_not_told_in_another(failed, neighbour, run_jobs):
    apply(failed.local, failed, "annul:", reason="La clave de aquí.")
    for each in (failed.local, failed.boss):
        assert "La clave de aquí." in each.get(failed.page).text
    assert "Correcciones" not in neighbour.get(failed.page).text
    run_jobs()
    assert "1 resultado cambió" in failed.local.get(failed.page).text
    assert "Correcciones" not in neighbour.get(failed.page).text


def test_of_a_correction_of_everything_each_programme_sees_its_own_results(failed, neighbour, unit, run_jobs):
    apply(failed.boss, failed, "annul:")
    assert "0 de 3 intentos" in failed.boss.get(failed.page).text
    assert "En marcha" in neighbour.get(failed.page).text
    assert "de 3 intentos" not in neighbour.get(failed.page).text
    run_jobs()
    assert "2 resultados cambiaron" in failed.boss.get(failed.page).text
    assert "1 resultado cambió" in neighbour.get(failed.page).text


def test_what_one_cohort_brought_along_is_not_told_in_another_programme(failed, neighbour, unit, run_jobs):
    apply(failed.boss, failed, "annul:", reason="Vino con el grupo.")
    run_jobs()
    with unit():
        (regrade,) = db.session.query(Regrade)
        regrade.cohort_id = failed.enrolments[0].cohort_id
    assert "Vino con el grupo." in failed.local.get(failed.page).text
    assert "Correcciones" not in neighbour.get(failed.page).text

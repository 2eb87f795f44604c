"""Time limits, deliveries that come late, waits, what counts of several attempts, and what is shown when."""

from contextlib import ExitStack
from datetime import timedelta
from fractions import Fraction
from types import SimpleNamespace

import pytest

from lms.assessments.attempts import queries, service
from lms.assessments.attempts.errors import TooSoon
from lms.assessments.attempts.models import Attempt
from lms.assessments.attempts.timing import GRACE
from lms.core.actors import SYSTEM
from lms.core.audit import AuditEntry
from lms.core.db import db
from lms.testing.factories.accounts import make_administrator, make_person
from lms.testing.factories.assessments import make_result, quizzes_of, right_keys, wrong_keys
from lms.testing.factories.courses import QUIZ, make_release
from lms.testing.factories.learning import make_cohort, make_enrolment
from lms.testing.pytest_plugin import TODAY

MINUTE = timedelta(minutes=1)


@pytest.fixture
def at(at):
    """Return ``at(moment)``: from then on, that is the time."""
    with ExitStack() as stack:
        yield lambda moment: stack.enter_context(at(moment))


@pytest.fixture
def sitting(unit, client_for):
    """Return a function that gives a person, a quiz whose front matter has some more lines, and their browser."""

    def sit(*lines, files=None, **changes):
        head = "\n".join(("intentos: 3", *lines))
        text = QUIZ.format(name="Señales", slug="senales").replace("intentos: 3", changes.get("head", head))
        with unit():
            person = make_person()
            release = make_release(files={"01-senales/comprobacion.md": text, **(files or {})})
            enrolment = make_enrolment(person=person, cohort=make_cohort(release=release))
            quiz = quizzes_of(enrolment)[0]
        return SimpleNamespace(
            person=person,
            enrolment=enrolment,
            quiz=quiz,
            address=f"/assessments/enrolments/{enrolment.id}/quizzes/{quiz.id}",
            browser=client_for(person),
        )

    return sit


def begin(sat):
    return sat.browser.post(f"{sat.address}/attempts").location.partition("/questions")[0]


def save(sat, base, number, answer, **delivery):
    sent = {"answer": answer, "csrf_token": sat.browser.csrf_token(), **delivery}
    return sat.browser.raw.post(f"{base}/questions/{number}/answer", data=sent)


def last_attempt(sat, unit):
    with unit():
        attempt = queries.list_attempts(sat.enrolment.id, sat.quiz.id)[-1]
        return attempt, queries.answers_of(attempt.id)


def test_the_page_says_until_when_and_a_limit_holds_for_the_server(sitting, at, unit):
    sat = sitting("tiempo: 30")
    assert "30 min por intento" in sat.browser.get(sat.address).text
    base = begin(sat)
    page = sat.browser.get(f"{base}/questions/1")
    assert "Puede responder hasta las 10:30." in page.text
    assert page.select("[data-left]")[0]["data-left"] == "1800"
    at(TODAY + 30 * MINUTE)
    assert save(sat, base, 1, "b").status_code == 200
    at(TODAY + 30 * MINUTE + timedelta(seconds=1))
    refused = save(sat, base, 1, "a")
    assert (refused.status_code, refused.get_json()["code"]) == (409, "attempts.time-over")
    assert "Se terminó el tiempo" in sat.browser.get(f"{base}/questions/1").text
    assert last_attempt(sat, unit)[1]["senales-uno"].chosen == ["b"]


def test_what_was_given_in_time_and_arrives_within_the_grace_is_kept_and_marked(sitting, at, unit):
    sat = sitting("tiempo: 30")
    base = begin(sat)
    end = TODAY + 30 * MINUTE
    at(end + GRACE)
    kept = save(sat, base, 1, "b", source="s", turn="1", delay=str(int(GRACE.total_seconds() * 1000) + 1000))
    assert kept.status_code == 200
    answer = last_attempt(sat, unit)[1]["senales-uno"]
    assert (answer.is_late, answer.given_at, answer.saved_at) == (
        True,
        end - timedelta(seconds=1),
        end + GRACE,
    )
    assert save(sat, base, 2, "a", source="s", turn="2", delay="1000").status_code == 409
    at(end + GRACE + timedelta(seconds=1))
    assert save(sat, base, 3, "b", source="s", turn="3", delay="9999999").status_code == 409


def test_an_attempt_without_time_is_handed_in_by_a_job_or_by_the_next_thing_its_person_does(
    sitting, at, unit, run_jobs
):
    for settle in (lambda sat, _base: run_jobs(), lambda sat, base: sat.browser.post(f"{base}/submit"),
                   lambda sat, _base: sat.browser.post(f"{sat.address}/attempts")):  # fmt: skip
        at(TODAY)
        sat = sitting("tiempo: 30")
        base = begin(sat)
        for number, config in enumerate(sat.quiz.questions.values(), 1):
            sat.browser.post(f"{base}/questions/{number}", {"answer": right_keys(config), "go": "next"})
        at(TODAY + 30 * MINUTE)
        run_jobs()
        assert last_attempt(sat, unit)[0].submitted_at is None
        at(TODAY + 33 * MINUTE)
        settle(sat, base)
        attempt, _answers = last_attempt(sat, unit)
        assert (attempt.is_expired, attempt.is_passed) == (True, True)
        assert attempt.submitted_at == TODAY + 30 * MINUTE
        assert "Se terminó el tiempo y se envió" in sat.browser.get(f"{base}/result").text


def test_more_time_moves_the_end_of_what_is_being_answered_and_is_audited(
    sitting, at, unit, client_for, run_jobs
):
    sat = sitting("tiempo: 30")
    base = begin(sat)
    with unit():
        trainer = make_administrator()
    browser = client_for(trainer)
    page = f"/assessments/cohorts/{sat.enrolment.cohort_id}"
    given = {
        "person": str(sat.enrolment.id),
        "percent": "150",
        "minutes": "5",
        "reason": "Usa lector de pantalla.",
    }
    assert browser.post(f"{page}/time", {**given, "reason": ""}, status=422)
    assert browser.post(f"{page}/time", {**given, "percent": "50"}, status=422)
    browser.post(f"{page}/time", given)
    assert "Usa lector de pantalla." in browser.get(page).text
    assert last_attempt(sat, unit)[0].ends_at == TODAY + 50 * MINUTE
    assert "50 min por intento" in sat.browser.get(sat.address).text
    with unit():
        entry = db.session.query(AuditEntry).filter_by(code="attempts.extra-time-given").one()
        assert entry.actor_id == trainer.id
    at(TODAY + 34 * MINUTE)
    run_jobs()
    assert save(sat, base, 1, "b").status_code == 200


def test_a_replay_changes_nothing_and_an_older_answer_replaces_none_newer(sitting, at, unit):
    sat = sitting()
    base = begin(sat)

    def chosen():
        return last_attempt(sat, unit)[1]["senales-uno"].chosen

    save(sat, base, 1, "b", source="one", turn="7", delay="0")
    at(TODAY + MINUTE)
    for turn, answer in (("7", "a"), ("6", "a")):
        assert save(sat, base, 1, answer, source="one", turn=turn, delay="0").status_code == 200
        assert chosen() == ["b"]
    save(sat, base, 1, "a", source="one", turn="8", delay="10000")
    assert chosen() == ["a"]
    save(sat, base, 1, "b", source="two", turn="1", delay="30000")
    assert chosen() == ["a"]
    save(sat, base, 1, "b", source="two", turn="2", delay="10")
    assert chosen() == ["b"]
    sat.browser.post(f"{base}/questions/1", {"answer": "a", "go": "next"})
    assert chosen() == ["a"]
    with unit():
        assert len(queries.answers_of(last_attempt(sat, unit)[0].id)) == 1


def test_saving_asks_at_most_six_statements(sitting, count_queries):
    sat = sitting("tiempo: 30")
    base = begin(sat)
    save(sat, base, 1, "b")
    with count_queries() as statements:
        save(sat, base, 1, "a", source="s", turn="1", delay="5")
    assert len(statements) <= 6, statements


def test_the_next_attempt_waits_for_the_hours_that_the_author_asks(sitting, at, unit):
    sat = sitting("espera: 24")
    with unit():
        make_result(sat.enrolment, sat.quiz, wrong=3)
    page = sat.browser.get(sat.address)
    assert "Podrá intentarlo de nuevo el 21 de noviembre de 2026, 10:00" in page.text
    assert "Intentar de nuevo" not in page.text
    assert sat.browser.post(f"{sat.address}/attempts", status=409)
    with pytest.raises(TooSoon), unit():
        service.start_attempt(
            sat.enrolment, sat.quiz, actor=SYSTEM, now=TODAY + timedelta(hours=23, minutes=59)
        )
    at(TODAY + timedelta(hours=24))
    assert begin(sat)


@pytest.mark.parametrize(
    ("counting", "passed", "said"),
    [
        ("mejor", [False, True], None),
        ("media", [False, False], "Cuenta el promedio"),
        ("ultima", [False, True], None),
    ],
)
def test_what_counts_of_several_attempts_decides_about_passing(sitting, unit, counting, passed, said):
    sat = sitting(f"cuenta: {counting}")
    with unit():
        attempts = [make_result(sat.enrolment, sat.quiz, wrong=wrong) for wrong in (2, 0)]
        assert [attempt.earned for attempt in attempts] == [Fraction(1), Fraction(3)]
        assert [attempt.is_passed for attempt in attempts] == passed
    if said:
        page = sat.browser.get(sat.address)
        assert f"{said}: 6,66 de 10." in page.text
        with unit():
            third = make_result(sat.enrolment, sat.quiz)
            assert third.is_passed is False
            assert queries.standing_of(
                queries.list_attempts(sat.enrolment.id, sat.quiz.id), sat.quiz, 0
            ).is_used_up


def finish(sat, *, wrong):
    base = begin(sat)
    for number, config in enumerate(sat.quiz.questions.values(), 1):
        keys = wrong_keys(config) if number <= wrong else right_keys(config)
        sat.browser.post(f"{base}/questions/{number}", {"answer": keys, "go": "next"})
    sat.browser.post(f"{base}/submit")
    return sat.browser.get(f"{base}/result")


def test_the_author_decides_what_is_shown_after_handing_in(sitting):
    page = finish(sitting("revision: {al-enviar: [respuesta]}"), wrong=1)
    assert "Lo que respondió" in page.text
    for hidden in ("Acertó", "Para releer", "Se pregunta antes a la persona.", "Así empieza la ruta."):
        assert hidden not in page.text
    page = finish(sitting("revision: {al-enviar: [puntos]}"), wrong=1)
    assert "6,66" in page.text
    assert "Escuchar a la persona." not in page.text
    page = finish(sitting("revision: {al-enviar: [respuesta, acierto, puntos]}"), wrong=1)
    assert "Para releer" in page.text
    assert "Se pregunta antes a la persona." not in page.text


def test_an_answer_that_is_judged_at_once_does_not_change(sitting):
    sat = sitting("revision: {durante: [acierto, retroalimentacion]}")
    base = begin(sat)
    assert not sat.browser.get(f"{base}/questions/1").select("form[data-save]")
    page = sat.browser.follow(sat.browser.post(f"{base}/questions/1", {"answer": "a", "go": "stay"}))
    assert "Se pregunta antes a la persona." in page.text
    assert "Así empieza la ruta." not in page.text
    assert save(sat, base, 1, "b").get_json()["code"] == "attempts.answer-fixed"
    assert save(sat, base, 1, "a").status_code == 200


def bank(slug):
    return "---\ntipo: banco\ntitulo: Forma\n---\n" + "".join(
        f"\n::: pregunta {{id={slug}-{name}}}\n¿Sí o no, {name}?\n\n(x) Sí.\n    > Sí.\n( ) No.\n    > No.\n:::\n"
        for name in ("uno", "dos")
    )


def measure(moment):
    lines = "" if moment == "inicial" else "intentos: 1\n"
    return (
        f"---\ntipo: cuestionario\ntitulo: Medición {moment}\nminutos: 5\n{lines}momento: {moment}\n"
        "formas: [forma-a, forma-b]\n---\n"
    )


def test_each_person_gets_one_form_before_and_the_other_after(unit):
    files = {
        "bancos/forma-a.md": bank("a"), "bancos/forma-b.md": bank("b"),
        "01-senales/00-antes.md": measure("inicial"), "02-ruta/09-despues.md": measure("final"),
    }  # fmt: skip
    with unit():
        cohort = make_cohort(release=make_release(files=files))
        forms = []
        for _ in range(24):
            enrolment = make_enrolment(person=make_person(), cohort=cohort)
            quizzes = quizzes_of(enrolment)
            before, after = (quiz for quiz in quizzes if quiz.quiz.forms)
            first, last = (make_result(enrolment, quiz, wrong=2) for quiz in (before, after))
            assert first.question_ids[0][0] != last.question_ids[0][0]
            assert {first.form, last.form} == {0, 1}
            assert (first.is_passed, first.pass_mark, last.is_passed) == (True, 0, False)
            forms.append(first.form)
        assert 4 <= sum(forms) <= 20
        counts = queries.count_quizzes([enrolment.id])[enrolment.id]
        assert [count.title for count in counts if "Medición" in count.title] == ["Medición final"]
        assert db.session.query(Attempt).filter_by(enrolment_id=enrolment.id).count() == 2

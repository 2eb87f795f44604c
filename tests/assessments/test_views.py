"""What a person can do with a quiz, and what is refused."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from lms.assessments.attempts import queries
from lms.assessments.attempts.models import Answer, Attempt
from lms.core.actors import SYSTEM
from lms.core.audit import AuditEntry
from lms.core.db import db
from lms.learning import service as learning
from lms.learning.queries import find_progress
from lms.testing.factories.accounts import make_person
from lms.testing.factories.assessments import make_attempt, quizzes_of, right_keys, wrong_keys
from lms.testing.factories.learning import make_cohort, make_enrolment
from lms.testing.pytest_plugin import TODAY


@pytest.fixture
def taking(unit, client_for):
    """A person with a course of two quizzes of three questions, three attempts each, and their browser."""
    with unit():
        person = make_person()
        enrolment = make_enrolment(person=person, sector="health")
        quiz, final = quizzes_of(enrolment)
    address = f"/assessments/enrolments/{enrolment.id}/quizzes/{quiz.id}"
    return SimpleNamespace(
        person=person,
        enrolment=enrolment,
        quiz=quiz,
        final=final,
        address=address,
        browser=client_for(person),
    )


def start(taking):
    return taking.browser.post(f"{taking.address}/attempts").location


def base_of(location):
    return location.partition("/questions")[0]


def answer_all(taking, base, *, wrong=0):
    for number, config in enumerate(taking.quiz.questions.values(), start=1):
        keys = wrong_keys(config) if number <= wrong else right_keys(config)
        page = taking.browser.post(f"{base}/questions/{number}", {"answer": keys, "go": "next"})
    return page


def take(taking, *, wrong=0):
    base = base_of(start(taking))
    answer_all(taking, base, wrong=wrong)
    page = taking.browser.post(f"{base}/submit")
    return base, taking.browser.follow(page)


def test_the_first_page_says_what_the_quiz_asks_for(taking):
    page = taking.browser.get(taking.address)
    assert page.title == "Comprobación de Señales"
    assert "Se aprueba con 8 de 10" in page.text.replace("\xa0", " ")
    assert "3 intentos" in page.text
    assert page.select("form button")[-1].get_text(strip=True) == "Empezar"


def test_opening_the_first_page_starts_nothing(taking, unit):
    taking.browser.get(taking.address)
    with unit():
        assert queries.list_attempts(taking.enrolment.id, taking.quiz.id) == []


def test_answering_leads_from_question_to_question_and_to_the_review(taking):
    base = base_of(start(taking))
    page = taking.browser.get(f"{base}/questions/1")
    assert "Pregunta 1 de 3" in page.text
    assert not page.select("button[value=previous]")
    page = taking.browser.post(f"{base}/questions/1", {"answer": "a", "go": "next"})
    assert page.location.endswith("/questions/2")
    page = taking.browser.post(f"{base}/questions/2", {"go": "previous"})
    assert page.location.endswith("/questions/1")
    page = taking.browser.post(f"{base}/questions/3", {"go": "next"})
    assert page.location.endswith("/review")
    page = taking.browser.post(f"{base}/questions/1", {"answer": "a", "go": "review"})
    assert page.location.endswith("/review")


def test_an_answer_is_shown_as_it_was_saved_and_when(taking):
    base = base_of(start(taking))
    taking.browser.post(f"{base}/questions/2", {"answer": ["a", "c"], "go": "next"})
    page = taking.browser.get(f"{base}/questions/2")
    assert [box["value"] for box in page.select("input[checked]")] == ["a", "c"]
    assert "Guardado 10:00." in page.text
    taking.browser.post(f"{base}/questions/2", {"go": "next"})
    assert not taking.browser.get(f"{base}/questions/2").select("input[checked]")


def test_a_script_saves_an_answer_as_soon_as_it_changes(taking, unit):
    base = base_of(start(taking))
    page = taking.browser.raw.post(
        f"{base}/questions/1/answer", data={"answer": "b", "csrf_token": taking.browser.csrf_token()}
    )
    assert page.get_json()["said"].strip() == "Guardado 10:00."
    with unit():
        attempt = queries.list_attempts(taking.enrolment.id, taking.quiz.id)[0]
        assert queries.find_answer(attempt.id, attempt.question_ids[0]).chosen == ["b"]


def test_the_page_says_where_to_save_and_has_a_place_to_say_so(taking):
    page = taking.browser.get(start(taking))
    (form,) = page.select("form[data-save]")
    assert form["data-save"] == f"{form['action']}/answer"
    (status,) = page.select("#saved")
    assert status["role"] == "status"


def test_an_attempt_goes_on_where_it_was_left(taking):
    base = base_of(start(taking))
    taking.browser.post(f"{base}/questions/1", {"answer": "a", "go": "next"})
    assert "Continuar" in taking.browser.get(taking.address).text
    assert start(taking) == f"{base}/questions/2"
    answer_all(taking, base)
    assert start(taking) == f"{base}/review"


def test_the_options_keep_their_order_on_every_visit(taking, unit):
    location = start(taking)
    orders = [
        [box["value"] for box in taking.browser.get(location).select("input[name=answer]")] for _ in range(2)
    ]
    assert orders[0] == orders[1]


def test_the_key_and_the_feedback_never_reach_the_browser_before_submitting(taking):
    base = base_of(start(taking))
    answer_all(taking, base, wrong=1)
    pages = [taking.browser.get(f"{base}/{place}") for place in ("questions/1", "questions/2", "review")]
    pages.append(taking.browser.get(taking.address))
    secrets = [
        option["feedback_html"].removeprefix("<p>").removesuffix("</p>")
        for config in taking.quiz.questions.values()
        for option in config["options"]
    ]
    for page in pages:
        html = page.response.get_data(as_text=True)
        assert "is_right" not in html
        assert not [secret for secret in secrets if secret in html]


def test_the_review_names_what_is_unanswered(taking):
    base = base_of(start(taking))
    taking.browser.post(f"{base}/questions/2", {"answer": "a", "go": "next"})
    page = taking.browser.get(f"{base}/review")
    assert "Faltan 2 respuestas" in page.text
    assert page.text.count("Sin responder") == 2
    assert [link["href"].rpartition("/")[2] for link in page.select("main ol a")] == ["1", "2", "3"]


def test_passing_finishes_the_quiz(taking, unit):
    _base, page = take(taking)
    assert page.title == "Módulo aprobado"
    assert "10 de 10" in page.text.replace("\xa0", " ")
    assert "Acertó 3 de 3 preguntas." in page.text
    with unit():
        progress = find_progress(taking.enrolment.id, taking.quiz.id)
        assert progress.finished_at == TODAY
    assert "Evaluación aprobada" in taking.browser.get(taking.address).text


def test_a_failed_attempt_gives_feedback_and_keeps_the_key(taking):
    _base, page = take(taking, wrong=1)
    html = page.response.get_data(as_text=True)
    assert page.title == "Todavía no"
    assert "6,66 de 10" in page.text.replace("\xa0", " ")
    assert "Se pregunta antes a la persona." in page.text
    assert "Así empieza la ruta." not in page.text
    assert "Intentar de nuevo" in page.text
    assert "Las respuestas correctas se muestran al aprobar" in page.text
    assert html.count('data-r="right"><input') == 3  # only what was rightly chosen in the other two questions
    assert "Releer: Lección de Señales, lección 1.1" in page.text


def test_passing_with_a_mistake_shows_what_was_right(taking, unit):
    with unit():
        attempt = make_attempt(taking.enrolment, taking.quiz)
        attempt.pass_mark = attempt.pass_mark / 2
    base, page = take(taking, wrong=1)
    assert page.title == "Módulo aprobado"
    assert "Así empieza la ruta." in page.text
    assert "Seguir al módulo 2" in page.text
    assert str(attempt.id) in base


def test_the_last_failed_attempt_shows_what_was_right_and_leads_to_the_coordinator(taking):
    for _ in range(3):
        _base, page = take(taking, wrong=2)
    assert "Así empieza la ruta." in page.text
    assert "pida un intento más a quien coordina su cohorte" in page.text
    taking.browser.post(f"{taking.address}/attempts", status=409)
    assert "Usó todos los intentos" in taking.browser.get(taking.address).text


def test_nobody_repeats_a_quiz_that_is_passed(taking):
    take(taking)
    taking.browser.post(f"{taking.address}/attempts", status=409)


def test_submitting_twice_counts_once(taking, unit):
    base, _page = take(taking, wrong=1)
    page = taking.browser.post(f"{base}/submit")
    assert page.location.endswith("/result")
    with unit():
        (attempt,) = queries.list_attempts(taking.enrolment.id, taking.quiz.id)
        assert (attempt.earned, attempt.is_passed) == (2, False)


def test_answers_no_longer_change_after_submitting(taking, unit):
    base, _page = take(taking, wrong=1)
    taking.browser.post(f"{base}/questions/1", {"answer": "b", "go": "next"}, status=409)
    assert taking.browser.get(f"{base}/questions/1", status=303).location.endswith("/result")
    assert taking.browser.get(f"{base}/review", status=303).location.endswith("/result")
    with unit():
        attempt = queries.list_attempts(taking.enrolment.id, taking.quiz.id)[0]
        assert queries.find_answer(attempt.id, attempt.question_ids[0]).chosen == ["a"]


def test_the_result_waits_for_submitting(taking):
    base = base_of(start(taking))
    assert taking.browser.get(f"{base}/result", status=303).location == taking.address


def test_a_quiz_closes_after_the_last_day_of_the_cohort(taking, at, client_for):
    base = base_of(start(taking))
    answer_all(taking, base)
    with at(TODAY + timedelta(days=61)):
        browser = client_for(taking.person)
        page = browser.get(taking.address)
        assert "Ya no recibe respuestas" in page.text
        assert not page.select("main form")
        browser.post(f"{base}/questions/1", {"answer": "a", "go": "next"}, status=409)
        browser.post(f"{base}/submit", status=409)
        browser.post(f"{taking.address}/attempts", status=409)
        browser.get(f"{base}/questions/1", status=409)
        browser.get(f"{base}/review", status=409)


def test_the_last_day_ends_at_midnight_of_the_programme(taking, at, client_for):
    base = base_of(start(taking))
    last_minute = TODAY.replace(hour=4, minute=59) + timedelta(days=61)  # 23:59 in Cancún
    with at(last_minute):
        browser = client_for(taking.person)
        browser.post(f"{base}/questions/1", {"answer": "a", "go": "next"})
    with at(last_minute + timedelta(minutes=1)):
        browser.post(f"{base}/questions/1", {"answer": "a", "go": "next"}, status=409)


def test_a_quiz_waits_for_the_first_day(unit, client_for):
    with unit():
        cohort = make_cohort(starts_on=TODAY.date() + timedelta(days=3))
        enrolment = make_enrolment(cohort, person := make_person())
        quiz = quizzes_of(enrolment)[0]
    browser = client_for(person)
    address = f"/assessments/enrolments/{enrolment.id}/quizzes/{quiz.id}"
    assert "La evaluación abre el 23 de noviembre de 2026" in browser.get(address).text
    browser.post(f"{address}/attempts", status=409)


def test_the_attempt_of_another_person_cannot_be_reached(taking, unit, client_for):
    base = base_of(start(taking))
    with unit():
        stranger, classmate = make_person(), make_person()
        make_enrolment(learning.queries.get_cohort(taking.enrolment.cohort_id), classmate)
    for person in (stranger, classmate):
        browser = client_for(person)
        browser.get(taking.address, status=404)
        browser.post(f"{taking.address}/attempts", status=404)
        for place in ("questions/1", "review", "result"):
            browser.get(f"{base}/{place}", status=404)
        browser.post(f"{base}/questions/1", {"answer": "a"}, status=404)
        browser.post(f"{base}/questions/1/answer", {"answer": "a"}, status=404)
        browser.post(f"{base}/submit", status=404)


def test_somebody_withdrawn_no_longer_reaches_the_quiz(taking, unit):
    base = base_of(start(taking))
    with unit():
        enrolment = learning.queries.get_enrolment(taking.enrolment.id)
        learning.withdraw(enrolment, actor=SYSTEM, now=TODAY)
    taking.browser.get(taking.address, status=404)
    taking.browser.get(f"{base}/questions/1", status=404)


def test_a_lesson_or_a_quiz_of_another_course_is_not_found(taking, unit):
    with unit():
        lesson = learning.queries.list_outline(
            learning.queries.get_cohort(taking.enrolment.cohort_id).release_id
        )[0].units[0]
    address = f"/assessments/enrolments/{taking.enrolment.id}/quizzes"
    taking.browser.get(f"{address}/{lesson.id}", status=404)
    taking.browser.get(f"{address}/{taking.enrolment.id}", status=404)


def test_a_question_that_was_not_asked_is_not_found(taking):
    base = base_of(start(taking))
    for number in (0, 4):
        taking.browser.get(f"{base}/questions/{number}", status=404)
        taking.browser.post(f"{base}/questions/{number}", {"answer": "a"}, status=404)


def test_what_the_question_does_not_offer_is_not_stored(taking, unit):
    base = base_of(start(taking))
    taking.browser.post(f"{base}/questions/2", {"answer": ["a", "zz", "<script>"], "go": "next"})
    with unit():
        assert [row.chosen for row in db.session.scalars(db.select(Answer))] == [["a"]]


def test_learning_does_not_take_a_quiz_for_read(taking):
    outline = f"/learning/{taking.enrolment.id}/senales/{taking.quiz.quiz.slug}"
    taking.browser.post(f"{outline}/finish", status=404)


def test_saving_and_reading_stay_cheap(taking, count_queries):
    base = base_of(start(taking))
    taking.browser.get(f"{base}/questions/1")
    sign_in = 2
    budgets = {
        ("POST", f"{base}/questions/1"): sign_in + 6,
        ("POST", f"{base}/questions/1/answer"): sign_in + 6,
        ("GET", f"{base}/questions/1"): 10,
        ("GET", f"{base}/review"): 10,
        ("GET", taking.address): 10,
    }
    for (method, path), budget in budgets.items():
        with count_queries() as statements:
            if method == "POST":
                taking.browser.raw.post(path, data={"answer": "a", "csrf_token": taking.browser.csrf_token()})
            else:
                taking.browser.get(path)
        assert len(statements) <= budget, (path, statements)
    _base, page = take(taking)
    with count_queries() as statements:
        taking.browser.get(page.response.request.path)
    assert len(statements) <= 10, statements


def test_english_readers_read_english_numbers(taking):
    _base, page = take(taking, wrong=1)
    path = page.response.request.path
    taking.browser.raw.post(
        "/account/preferences",
        data={"language": "en", "appearance": "auto", "csrf_token": taking.browser.csrf_token()},
    )
    assert "6.66" in taking.browser.get(path).text


def test_an_attempt_belongs_to_its_audit_log(taking, unit):
    take(taking, wrong=1)
    with unit():
        attempt = db.session.scalars(db.select(Attempt)).one()
        found = db.select(AuditEntry).filter_by(subject_id=attempt.id, code="attempts.submitted")
        (entry,) = db.session.scalars(found)
    assert entry.data["earned"] == "2"
    assert entry.data["is_passed"] is False

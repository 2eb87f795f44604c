"""The queue of whoever grades: blind, with two markers where asked, and every change with its reason."""

from datetime import timedelta
from fractions import Fraction
from types import SimpleNamespace

import pytest

from lms.assessments.attempts import queries, service
from lms.assessments.attempts.models import Answer, AnswerGrade, Attempt
from lms.assessments.grading.models import Mark
from lms.assessments.grading.privacy import MARKS, PHRASES
from lms.assessments.grading.rules import agreed
from lms.core.actors import SYSTEM, Role, ScopeKind
from lms.core.audit import AuditEntry
from lms.core.db import db
from lms.testing.factories.accounts import give_role, make_person
from lms.testing.factories.assessments import make_attempt, quizzes_of
from lms.testing.factories.courses import make_release
from lms.testing.factories.learning import make_cohort, make_enrolment
from lms.testing.pytest_plugin import TODAY

QUIZ = """\
---
tipo: cuestionario
titulo: Ensayos
minutos: 5
intentos: 2
---

::: pregunta {id=con-rubrica tipo=ensayo}
¿A quién llamará?

Rúbrica:

| Criterio | 0 | 1 | 2 |
| --- | --- | --- | --- |
| A quién llama | No lo dice. | A una institución. | A una persona con cargo. |
:::

::: pregunta {id=sin-rubrica tipo=ensayo}
¿Cuándo?
:::
"""


@pytest.fixture
def graded(unit, client_for):
    """A cohort of which two people handed in two essays each, with two trainers and a coordinator."""
    with unit():
        cohort = make_cohort(release=make_release(files={"02-ruta/comprobacion.md": QUIZ}))
        people = [make_person(given_names=name) for name in ("Ana", "Beto")]
        staff = [make_person(given_names=name) for name in ("Uno", "Dos", "Coordina")]
        for person in staff[:2]:
            give_role(person, Role.TRAINER, ScopeKind.COHORT, cohort.id)
        give_role(staff[2], Role.ADMINISTRATOR, ScopeKind.PROGRAMME, cohort.programme_id)
        for hours, person in enumerate(people):
            enrolment = make_enrolment(cohort, person)
            quiz = quizzes_of(enrolment)[-1]
            attempt = make_attempt(enrolment, quiz)
            for question_id in attempt.question_ids:
                service.save_answer(attempt, question_id, [f"Texto de {question_id}."], now=TODAY)
            service.submit(attempt, actor=SYSTEM, now=TODAY + timedelta(hours=hours))
    one, two, boss = (client_for(person) for person in staff)
    return SimpleNamespace(
        cohort=cohort, quiz=quiz, people=people, staff=staff, one=one, two=two, boss=boss,
        page=f"/grading/cohorts/{cohort.id}",
    )  # fmt: skip


def rows(page):
    return [each["href"] for each in page.select("main tbody th a")]


def audited(unit):
    with unit():
        return {each.code for each in db.session.query(AuditEntry)}


def test_the_queue_is_blind_ordered_filtered_and_goes_from_one_answer_to_the_next(
    graded, unit, count_queries
):
    assert "4 respuestas por calificar" in graded.one.get("/learning/cohorts/").text
    with count_queries() as statements:
        page = graded.one.get("/grading/")
    assert len(statements) <= 12, statements
    assert len(rows(page)) == 4
    assert "Ana" not in page.text
    filtered = graded.one.get(f"/grading/?quiz={graded.quiz.id}&question=con-rubrica&sort=newest")
    first, second = rows(filtered)
    paper = graded.one.get(first)
    assert "Sin nombre hasta calificar" in paper.text
    assert "Texto de con-rubrica." in paper.text
    assert "Beto" not in paper.text
    assert "nivel" in graded.one.post(first, {"comment": "Falta"}, status=422).text
    after = graded.one.post(first, {"level.a": "2", "comment": "Muy claro.", "keep": "cohort"})
    assert after.location.partition("?")[0] == second.partition("?")[0]
    assert "Beto" in graded.one.get(first).text
    assert len(rows(graded.one.get("/grading/"))) == 3
    assert len(rows(graded.one.get("/grading/?state=graded"))) == 1
    for place in ("/grading", graded.page):
        files = [
            graded.one.get(f"{place}/queue.csv?state={state}")
            .response.get_data()
            .decode("utf-8-sig")
            .splitlines()[1:]
            for state in ("", "graded")
        ]
        assert [len(lines) for lines in files] == [3, 1]
        assert not [line for line in files[0] if "Participante" in line]  # no name before there is a grade
        assert "Calificada" in files[1][0]
    phrase = graded.two.get(second).select("button[name=insert]")[0]["value"]
    filled = graded.two.post(second, {"comment": "Hola.", "insert": phrase}, status=200)
    assert filled.select("textarea")[0].get_text().strip() == "Hola.\nMuy claro."


def test_a_grade_changes_only_with_a_reason_that_is_kept(graded, unit):
    with unit():
        answer = db.session.query(Answer).filter_by(question_id="sin-rubrica").first()
    address = f"/grading/answers/{answer.id}"
    assert "rúbrica" not in graded.one.post(address, {"comment": "Falta"}, status=422).errors()
    graded.one.post(address, {"share": "40"})
    assert "motivo" in graded.two.post(address, {"share": "90"}, status=422).errors()
    graded.two.post(address, {"share": "90", "reason": "Releída con la rúbrica."})
    with unit():
        assert db.session.query(AnswerGrade).one().fraction == Fraction(9, 10)
    assert "grading.changed" in audited(unit)


def test_two_markers_do_not_see_each_other_and_near_grades_meet(graded, unit):
    graded.one.post(f"{graded.page}/second-markers/{graded.quiz.id}", {"double": "1"})
    address = next(iter(rows(graded.one.get(f"{graded.page}?quiz={graded.quiz.id}&question=sin-rubrica"))))
    graded.one.post(address, {"share": "60", "comment": "Falta el día."})
    assert address not in rows(graded.one.get(graded.page))
    graded.one.post(address, {"share": "60"}, status=409)
    paper = graded.two.get(address)
    assert "Falta el día." not in paper.text
    assert not paper.select("[name=share]")[0].get("value")
    graded.two.post(address, {"share": "80", "comment": "Dice quién."})
    with unit():
        grade = db.session.query(AnswerGrade).one()
        assert (grade.fraction, grade.comment) == (Fraction(7, 10), "Falta el día.\n\nDice quién.")
        owner = [person for person in graded.people if MARKS.export(person.id)]
        assert len(owner) == 1
        assert MARKS.erase(owner[0].id) == 2


def test_where_two_markers_differ_whoever_coordinates_decides(graded, unit):
    graded.one.post(f"{graded.page}/second-markers/{graded.quiz.id}", {"double": "1"})
    address = next(iter(rows(graded.one.get(f"{graded.page}?quiz={graded.quiz.id}&question=sin-rubrica"))))
    graded.one.post(address, {"share": "20"})
    graded.two.post(address, {"share": "90"})
    with unit():
        assert db.session.query(AnswerGrade).count() == 0
        assert db.session.query(Mark).count() == 2
    assert "grading.marks-differed" in audited(unit)
    third = graded.boss.get("/grading/?state=third")
    assert len(rows(third)) == 1
    assert "difieren" in graded.boss.get(rows(third)[0]).text
    graded.boss.post(address, {"share": "70"})
    with unit():
        assert db.session.query(AnswerGrade).one().fraction == Fraction(7, 10)


def test_nobody_grades_out_of_reach_or_themselves(graded, unit, client_for):
    with unit():
        stranger = make_person()
        give_role(stranger, Role.TRAINER, ScopeKind.COHORT, make_cohort(release=make_release(slug="otro")).id)
        give_role(graded.people[0], Role.TRAINER, ScopeKind.COHORT, graded.cohort.id)
        own = db.session.query(Answer).all()
    browser = client_for(stranger)
    assert rows(browser.get("/grading/")) == []
    browser.get(f"/grading/answers/{own[0].id}", status=404)
    browser.get(graded.page, status=404)
    mine = client_for(graded.people[0])
    assert len(rows(mine.get("/grading/"))) == 2
    with unit():
        attempt = db.session.query(Attempt).order_by(Attempt.submitted_at).first()
        (answer, _other) = queries.answers_of(attempt.id).values()
    mine.post(f"/grading/answers/{answer.id}", {"share": "100", "level.a": "2"}, status=409)


def test_phrases_belong_to_their_writer(graded, unit):
    address = rows(graded.one.get("/grading/"))[0]
    graded.one.post(address, {"share": "60", "level.a": "1", "comment": "Bien.", "keep": "own"})
    with unit():
        assert len(PHRASES.export(graded.staff[0].id)) == 1
    assert not graded.two.get(rows(graded.two.get("/grading/"))[0]).select("button[name=insert]")
    form = graded.one.get(rows(graded.one.get("/grading/"))[0]).select("form[action*=phrases]")[0]
    graded.two.post(form["action"], status=404)
    graded.one.post(form["action"])
    with unit():
        assert PHRASES.export(graded.staff[0].id) == []


@pytest.mark.parametrize(("one", "two", "mean"), [(1, 1, 1), (60, 80, 70), (60, 81, None), (0, 100, None)])
def test_a_fifth_of_the_point_is_near(one, two, mean):
    found = agreed(Fraction(one, 100), Fraction(two, 100))
    assert found == (None if mean is None else Fraction(mean, 100))

"""Answers that wait for a person, for tests."""

from fractions import Fraction
from uuid import UUID

from lms.accounts.models import Person
from lms.assessments.attempts.models import Answer, Attempt
from lms.assessments.attempts.service import save_answer, submit
from lms.assessments.grading.models import Mark, Phrase, Regrade, RegradedAttempt
from lms.assessments.grading.service import keep_phrase
from lms.core.actors import SYSTEM, Actor
from lms.core.clock import now
from lms.core.db import db
from lms.core.ids import new_id
from lms.learning.models import Enrolment
from lms.testing.factories.assessments import make_attempt, quizzes_of

ESSAY_PATH = "02-ruta/04-ensayo.md"
ESSAY = """\
---
tipo: cuestionario
titulo: Un ensayo
minutos: 5
intentos: 2
---

::: pregunta {id=ensayo-uno tipo=ensayo}
¿A quién llamará?
:::
"""


def make_waiting_answer(enrolment: Enrolment) -> Answer:
    """Write and hand in the essay of a course that has one."""
    quiz = next(each for each in quizzes_of(enrolment) if "ensayo-uno" in each.questions)
    attempt = make_attempt(enrolment, quiz)
    answer = save_answer(attempt, "ensayo-uno", ["Llamo a la línea."], now=now())
    submit(attempt, actor=SYSTEM, now=now())
    return answer


def make_phrase(person: Person) -> Phrase:
    """Keep a phrase of a marker's own."""
    keep_phrase("Diga quién.", cohort_id=None, actor=Actor(person_id=person.id), now=now())
    return db.session.query(Phrase).filter_by(person_id=person.id).one()


def make_graded_history(answer: Answer, *, programme_id: UUID | None = None) -> None:
    """Keep what grading leaves about an answer: the mark of one of two markers, and a correction of the result.

    The correction holds for one programme if it is given, else for all.
    """
    attempt = db.session.get_one(Attempt, answer.attempt_id)
    half, regrade = Fraction(1, 2), new_id()
    mark = {
        "fraction": half,
        "levels": {},
        "comment": "Falta el teléfono.",
        "marked_at": now(),
        "marked_by": None,
    }
    db.session.add(Mark(answer_id=answer.id, place=1, **mark))
    correction = {"change": "annul", "value": "", "reason": "La clave estaba mal.", "total": 1}
    programmes = None if programme_id is None else [str(programme_id)]
    made = {"ordered_at": now(), "ordered_by": None, "programmes": programmes, "ended_at": now()}
    db.session.add(
        Regrade(id=regrade, unit_id=attempt.unit_id, question_id=answer.question_id, **correction, **made)
    )
    db.session.flush()
    db.session.add(RegradedAttempt(regrade_id=regrade, attempt_id=attempt.id, before=Fraction(0), after=half))
    db.session.flush()

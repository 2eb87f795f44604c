"""Answers that wait for a person, for tests."""

from lms.accounts.models import Person
from lms.assessments.attempts.models import Answer
from lms.assessments.attempts.service import save_answer, submit
from lms.assessments.grading.models import Phrase
from lms.assessments.grading.service import keep_phrase
from lms.core.actors import SYSTEM, Actor
from lms.core.clock import now
from lms.core.db import db
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

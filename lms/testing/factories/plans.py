"""Plans that wait for a superior, for tests."""

from lms.assessments.attempts.service import save_answer
from lms.assessments.plans.models import Plan
from lms.assessments.plans.rules import Superior
from lms.assessments.plans.service import send_plan, write_plan
from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.learning.models import Enrolment
from lms.testing.factories.assessments import quizzes_of

PLAN_PATH = "02-ruta/03-mi-plan.md"
PLAN = """\
---
tipo: plan
titulo: Mi plan de aplicación
minutos: 20
---

Lo aprueba quien dirige su trabajo.

::: pregunta {id=plan-que tipo=ensayo}
¿Qué hará distinto?
:::

::: pregunta {id=plan-cuando tipo=ensayo}
¿Desde cuándo?
:::
"""


def make_sent_plan(enrolment: Enrolment) -> Plan:
    """Write and send the plan that the course of an enrolment asks for."""
    quiz = next(each for each in quizzes_of(enrolment) if each.quiz.is_plan)
    attempt = write_plan(enrolment, quiz, actor=SYSTEM, now=now())
    for question_id in attempt.question_ids:
        save_answer(attempt, question_id, ["Preguntaré a solas."], now=now())
    superior = Superior(name="Jefatura de prueba", post="Dirección", email="jefatura@example.org")
    return send_plan(attempt, superior, actor=SYSTEM, now=now())

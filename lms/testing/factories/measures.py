"""A course that measures before, after and later, and people who answered, for tests."""

from collections.abc import Sequence

from lms.assessments.attempts import service
from lms.assessments.attempts.queries import QuizUnit, get_quiz
from lms.assessments.follow_up.course_surveys import measures_of
from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.courses.compiler.quiz_terms import Moment
from lms.courses.models import Release
from lms.institutions.directory.models import Institution
from lms.learning.models import Cohort, Enrolment
from lms.learning.queries import get_cohort
from lms.testing.factories.accounts import make_person
from lms.testing.factories.assessments import quizzes_of, right_keys, wrong_keys
from lms.testing.factories.courses import make_release
from lms.testing.factories.learning import make_enrolment

QUESTIONS = 4
_PAGE = """\
---
tipo: cuestionario
titulo: {title}
minutos: 5
momento: {moment}
formas: [forma-a, forma-b]
{more}---

Sirve para saber cuánto se aprende.
"""
_QUESTION = """\
::: pregunta {{id={form}-{number} nivel=R modulo=1 objetivo=senales}}
Primero se escucha, caso {number}.

(x) Verdadero
    > Escuchar abre el espacio.
( ) Falso
    > Sí se escucha.
:::
"""


def _bank(form: str) -> str:
    questions = "\n".join(_QUESTION.format(form=form, number=n) for n in range(1, QUESTIONS + 1))
    return f"---\ntipo: banco\ntitulo: Forma {form}\n---\n\n{questions}"


MEASURES = {
    "bancos/forma-a.md": _bank("a"),
    "bancos/forma-b.md": _bank("b"),
    "01-senales/00-antes.md": _PAGE.format(title="Antes de empezar", moment="inicial", more=""),
    "02-ruta/09-despues.md": _PAGE.format(title="Al terminar", moment="final", more="intentos: 2\n"),
}


FOLLOW_UP = {
    "02-ruta/10-meses-despues.md": _PAGE.format(title="Meses después", moment="seguimiento", more="")
}


def make_measured_release(slug: str = "curso-medido", *, has_follow_up: bool = False) -> Release:
    """Release the small course with an initial and a final measure of four questions in two forms, or with a third."""
    files = {**MEASURES, **(FOLLOW_UP if has_follow_up else {})}
    return make_release(slug=slug, title="Curso medido", files=files)


def measure(enrolment: Enrolment, moment: Moment, right: int) -> None:
    """Hand in a measure with so many right answers."""
    quiz = _quiz(enrolment, moment)
    attempt = service.start_attempt(enrolment, quiz, actor=SYSTEM, now=now())
    questions = get_quiz(quiz.id).questions
    for number, question_id in enumerate(attempt.question_ids):
        keys = right_keys(questions[question_id]) if number < right else wrong_keys(questions[question_id])
        service.save_answer(attempt, question_id, keys, now=now())
    service.submit(attempt, actor=SYSTEM, now=now())


def make_measured(
    cohort: Cohort, institution: Institution, results: Sequence[tuple[int | None, int | None]], sector: str
) -> list[Enrolment]:
    """Enrol one person per pair of right answers before and after; None for a measure that they left out."""
    found = []
    for before, after in results:
        enrolment = make_enrolment(cohort, make_person(), institution=institution, sector=sector)
        for moment, right in ((Moment.INITIAL, before), (Moment.FINAL, after)):
            if right is not None:
                measure(enrolment, moment, right)
        found.append(enrolment)
    return found


def _quiz(enrolment: Enrolment, moment: Moment) -> QuizUnit:
    if moment is Moment.FOLLOW_UP:
        return measures_of(get_cohort(enrolment.cohort_id).release_id)[0]
    return next(each for each in quizzes_of(enrolment) if each.quiz.moment is moment)

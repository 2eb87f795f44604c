"""Files that answer questions, for tests."""

from typing import Final

from lms.assessments.attempts.files import keep_file
from lms.assessments.attempts.models import Answer
from lms.assessments.attempts.queries import find_answer
from lms.assessments.attempts.saving import get_slip
from lms.assessments.attempts.service import submit
from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.learning.models import Enrolment
from lms.testing.factories.assessments import make_attempt, quizzes_of

PDF: Final = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
PNG: Final = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x00IEND\xaeB`\x82"
JPG: Final = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\xff\xda\x00\x0c\xff\xd9"
FILE_PATH: Final = "02-ruta/05-archivo.md"
FILE_QUIZ: Final = """\
---
tipo: cuestionario
titulo: Un archivo
minutos: 5
intentos: 2
---

::: pregunta {id=archivo-uno tipo=archivo}
Entregue su mapa.
:::
"""


def make_handed_in_file(enrolment: Enrolment) -> Answer:
    """Hand in a file at the quiz of a course that asks for one."""
    quiz = next(each for each in quizzes_of(enrolment) if "archivo-uno" in each.questions)
    attempt = make_attempt(enrolment, quiz)
    keep_file(get_slip(attempt.id), "archivo-uno", name="mapa.pdf", content=PDF, now=now())
    submit(attempt, actor=SYSTEM, now=now())
    answer = find_answer(attempt.id, "archivo-uno")
    if answer is None:
        message = "the file was not kept"
        raise LookupError(message)
    return answer

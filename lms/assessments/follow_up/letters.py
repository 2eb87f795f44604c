"""E-mails of the survey. Of the person's data they tell the name and the course, and nothing else."""

from datetime import UTC
from types import MappingProxyType
from typing import Final

from lms.assessments.follow_up.course_surveys import questions_of, surveys_of
from lms.assessments.follow_up.links import sign_link
from lms.assessments.follow_up.measures import InvitedPerson
from lms.assessments.follow_up.models import Respondent
from lms.assessments.follow_up.queries import AskedSurvey
from lms.core.context import current_mailer
from lms.core.i18n import _, current_language, n_, speaking
from lms.core.mail import Message
from lms.web.formats import medium_date
from lms.web.links import absolute_url

USUAL: Final = MappingProxyType({Respondent.SELF: (6, 3), Respondent.SUPERIOR: (4, 2)})
"""How many questions the usual survey has, and how many minutes it takes."""


def _length(asked: AskedSurvey, respondent: Respondent) -> str:
    """Return how much is asked: of the course's own survey what its author wrote."""
    own = surveys_of(asked.release_id).get(respondent)
    count, minutes = USUAL[respondent] if own is None else (len(questions_of(asked, own)), own.quiz.minutes)
    questions = n_("una pregunta", "%(num)s preguntas", count)
    return str(
        n_("%(questions)s, un minuto", "%(questions)s, unos %(num)s minutos", minutes, questions=questions)
    )


def ask_measure(invited: InvitedPerson, *, is_reminder: bool) -> None:
    """Tell somebody that a quiz of the follow-up is open, and until when."""
    person = invited.person
    with speaking(person.language):
        subject = _("Recordatorio: ¿qué queda del curso?") if is_reminder else _("¿Qué queda del curso?")
        text = _(
            "Buen día, %(name)s:\n\nHace un tiempo terminó el curso «%(course)s». Para saber qué queda de lo "
            "aprendido, le pedimos responder «%(quiz)s» hasta el %(day)s:\n%(address)s\n\n"
            "No cambia su calificación ni su constancia, y se mira solo en conjunto.\n",
            name=person.given_names, course=invited.course, quiz=invited.quiz.quiz.title,
            day=medium_date(invited.last_day, language=current_language(), timezone=UTC),
            address=absolute_url(
                "attempts.open_quiz", enrolment_id=invited.enrolment_id, unit_id=invited.quiz.id
            ),
        )  # fmt: skip
        key = f"follow-up-quiz-{invited.invitation.id}-{2 if is_reminder else 1}"
        current_mailer().send(Message(to=person.email or "", subject=str(subject), text=str(text), key=key))


def ask_person(asked: AskedSurvey, *, is_reminder: bool) -> None:
    """Ask the person what they use of the course."""
    email = asked.person.email or ""
    pages = _pages(asked, Respondent.SELF, email)
    with speaking(asked.person.language):
        subject = (
            _("Recordatorio: cuéntenos qué ha aplicado del curso")
            if is_reminder
            else _("Cuéntenos qué ha aplicado del curso")
        )
        text = _(
            "Buen día, %(name)s:\n\nHace un tiempo terminó el curso «%(course)s». Nos sirve saber qué ha podido "
            "aplicar en su trabajo. Es una encuesta sin contraseña (%(length)s):\n%(address)s\n\n"
            "Las respuestas se muestran solo en conjunto, con cinco personas o más.\n\n"
            "Para no recibir más esta encuesta:\n%(stop)s\n",
            name=asked.person.given_names, course=asked.course,
            length=_length(asked, Respondent.SELF), **pages,
        )  # fmt: skip
    _send(
        asked, Respondent.SELF, Message(to=email, subject=subject, text=text, key=""), is_reminder=is_reminder
    )


def ask_superior(asked: AskedSurvey, *, is_reminder: bool) -> None:
    """Ask the superior whom the person named."""
    email = asked.follow_up.superior_email
    pages = _pages(asked, Respondent.SUPERIOR, email)
    with speaking(asked.person.language):
        subject = (
            _("Recordatorio: unas preguntas sobre un curso de su equipo")
            if is_reminder
            else _("Unas preguntas sobre un curso de su equipo")
        )
        text = _(
            "Buen día, %(superior)s:\n\n%(name)s terminó hace un tiempo el curso «%(course)s» y nos dio su correo "
            "para preguntarle cómo se aplica en su área. Es una encuesta sin cuenta ni contraseña (%(length)s):\n"
            "%(address)s\n\n"
            "No es una evaluación de la persona: no verá sus respuestas, y solo se muestran en conjunto, con cinco o "
            "más. Después borramos su correo.\n\nPara no recibir más esta encuesta:\n%(stop)s\n",
            superior=asked.follow_up.superior_name, name=asked.person.name, course=asked.course,
            length=_length(asked, Respondent.SUPERIOR), **pages,
        )  # fmt: skip
    message = Message(to=email, subject=subject, text=text, key="")
    _send(asked, Respondent.SUPERIOR, message, is_reminder=is_reminder)


def _pages(asked: AskedSurvey, respondent: Respondent, email: str) -> dict[str, str]:
    token = sign_link(asked.follow_up.id, respondent, email)
    return {
        "address": absolute_url("follow_up.answer_page", token=token),
        "stop": absolute_url("follow_up.stop_page", token=token),
    }


def _send(asked: AskedSurvey, respondent: Respondent, message: Message, *, is_reminder: bool) -> None:
    key = f"follow-up-{asked.follow_up.id}-{respondent.value}-{2 if is_reminder else 1}"
    current_mailer().send(Message(to=message.to, subject=message.subject, text=message.text, key=key))

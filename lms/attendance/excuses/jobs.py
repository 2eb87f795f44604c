"""The letter with the answer, and papers that are erased when their time is over."""

from uuid import UUID

from lms.attendance.excuses import queries, rules, service
from lms.attendance.excuses.messages import ErasePapers, TellExcuseAnswered
from lms.attendance.excuses.models import ExcuseState
from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.core.i18n import _, speaking
from lms.core.jobs.orders import Progress
from lms.core.mail import Message
from lms.core.outbox import post
from lms.web.links import absolute_url


def tell_answered(order: TellExcuseAnswered, _progress: Progress) -> None:
    """Write to the person what was decided, without what they had said."""
    asked = queries.find_asked(UUID(order.excuse_id))
    if asked is None or not asked.person.email or asked.excuse.state not in rules.DECIDED:
        return
    with speaking(asked.person.language):
        values = {
            "name": asked.person.given_names,
            "title": asked.local.meeting.title,
            "answer": asked.excuse.answer,
            "address": absolute_url("excuses.own", meeting_id=asked.local.id),
        }
        if asked.excuse.state is ExcuseState.ACCEPTED:
            subject = _("Su falta quedó justificada: %(title)s", **values)
            sentence = _("Se aceptó su justificación de la sesión «%(title)s».", **values)
        else:
            subject = _("Respuesta a su justificación: %(title)s", **values)
            sentence = _("No se aceptó su justificación de la sesión «%(title)s».", **values)
        text = _(
            "Buen día, %(name)s:\n\n%(sentence)s\n\n%(answer)s\n\nPuede verla aquí:\n%(address)s\n",
            sentence=sentence, **values,
        )  # fmt: skip
    post(
        Message(to=asked.person.email, subject=subject, text=text, key=f"excuse-{asked.excuse.id}"), now=now()
    )


def erase_papers(_order: ErasePapers, _progress: Progress) -> None:
    """Erase every paper whose time is over."""
    moment = now()
    for excuse in queries.list_with_paper(moment - rules.PAPER_LIFE):
        service.erase_paper(excuse, actor=SYSTEM, now=moment)

"""E-mails about calls and nominations. Of the people nominated they tell the name and nothing else.

The key of each begins with its call, so that a cohort's log of letters finds them.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from lms.accounts.models import Person
from lms.accounts.queries import get_person
from lms.core.i18n import _, current_language, speaking
from lms.core.mail import Message
from lms.core.outbox import post
from lms.learning.nominations.models import Nomination
from lms.learning.nominations.queries import OpenCall
from lms.learning.nominations.rules import NominationState
from lms.web.formats import date_time
from lms.web.links import absolute_url


def announcement(found: OpenCall, focal_point: Person) -> Message:
    """Return what a focal point reads when a call opens: until when, and where to nominate."""
    with speaking(focal_point.language):
        text = _(
            "Buen día, %(name)s:\n\nLa convocatoria para «%(course)s» (%(cohort)s) está abierta. Su institución "
            "puede proponer personas hasta el %(deadline)s.\n\nPara ver sus lugares y proponer:\n%(address)s\n",
            name=focal_point.given_names, course=found.course, cohort=found.cohort.name,
            deadline=_moment(found.call.closes_at, found.zone),
            address=absolute_url("nominations.call_page", call_id=found.id),
        )  # fmt: skip
        subject = _("Convocatoria abierta: %(course)s", course=found.course)
    key = f"call-{found.id}-opens-{focal_point.id}-{found.call.opens_at:%Y%m%d%H%M}"
    return Message(to=focal_point.email or "", subject=subject, text=text, key=key)


def announce(found: OpenCall, focal_point: Person, *, now: datetime) -> None:
    """Tell a focal point that a call is open."""
    if focal_point.email:
        post(announcement(found, focal_point), now=now)


def verdict(found: OpenCall, nomination: Nomination, to: Person, *, now: datetime) -> Message:
    """Return what whoever nominated a person reads of what became of it."""
    name = get_person(nomination.person_id).name
    with speaking(to.language):
        text = _(
            "Buen día, %(name)s:\n\n%(said)s\n\nCohorte: %(cohort)s\n%(address)s\n",
            name=to.given_names, said=_said(nomination, name), cohort=found.cohort.name,
            address=absolute_url("nominations.call_page", call_id=found.id),
        )  # fmt: skip
        subject = _("Su propuesta para «%(course)s»", course=found.course)
    key = f"call-{found.id}-{nomination.state.value}-{nomination.id}-{now:%Y%m%d%H%M%S}"
    return Message(to=to.email or "", subject=subject, text=text, key=key)


def tell_verdict(found: OpenCall, nomination: Nomination, *, now: datetime) -> None:
    """Tell whoever nominated a person what became of it."""
    to = get_person(nomination.proposed_by) if nomination.proposed_by else None
    if to and to.email:
        post(verdict(found, nomination, to, now=now), now=now)


def tell_replaced(found: OpenCall, nomination: Nomination, *, now: datetime) -> None:
    """Tell a person who had a place that their institution gave it to somebody else."""
    person = get_person(nomination.person_id)
    if not person.email:
        return
    with speaking(person.language):
        text = _(
            "Buen día, %(name)s:\n\nSu institución pasó su lugar en el curso «%(course)s» a otra persona. "
            "Si cree que es un error, hable con el enlace de su institución.\n",
            name=person.given_names, course=found.course,
        )  # fmt: skip
        subject = _("Cambio en su inscripción: %(course)s", course=found.course)
    key = f"call-{found.id}-replaced-{nomination.id}"
    post(Message(to=person.email, subject=subject, text=text, key=key), now=now)


def _said(nomination: Nomination, name: str) -> str:
    match nomination.state:
        case NominationState.ACCEPTED:
            text = _("%(name)s tiene un lugar en el curso. Ya recibió su correo.", name=name)
        case NominationState.PROPOSED:
            text = _(
                "La propuesta de %(name)s ocupa un lugar y espera la decisión de la comisión.", name=name
            )
        case NominationState.WAITING:
            text = _(
                "%(name)s está en la lista de espera. Si se libera un lugar, avanza sin que usted haga nada.",
                name=name,
            )
        case NominationState.WITHDRAWN:
            text = _("La comisión retiró a %(name)s de la cohorte. Su lugar queda libre.", name=name)
        case _:
            text = _(
                "La comisión no aceptó la propuesta de %(name)s. Motivo: %(reason)s",
                name=name, reason=nomination.reason,
            )  # fmt: skip
    return str(text)


def _moment(moment: datetime, zone: ZoneInfo) -> str:
    return date_time(moment, language=current_language(), timezone=zone)

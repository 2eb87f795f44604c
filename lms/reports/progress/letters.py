"""Letters to the focal points of members: a period opened, something to correct, something not sent."""

from collections.abc import Iterable
from datetime import date, datetime

from lms.accounts.models import Person
from lms.core.context import current_settings
from lms.core.i18n import _, current_language, speaking
from lms.core.mail import Message
from lms.core.outbox import post
from lms.reports.progress.models import ProgressSubmission
from lms.web.formats import medium_date
from lms.web.links import absolute_url


def write_opened(submission: ProgressSubmission, people: Iterable[Person], *, now: datetime) -> None:
    """Say that the period is open, until when, and where to write."""
    for person in people:
        with speaking(person.language):
            subject = _("Avance trimestral %(period)s: su institución puede llenarlo", **_facts(submission))
            text = _(
                "Buen día, %(name)s:\n\nLa secretaría de la comisión abrió el avance del trimestre %(period)s. "
                "La fecha límite es el %(day)s.\n\nPuede guardar un borrador las veces que necesite y enviarlo "
                "cuando esté completo:\n%(address)s\n",
                name=person.given_names,
                **_facts(submission),
            )
        _post(submission, person, "opened", (str(subject), str(text)), now)


def write_moved(
    submission: ProgressSubmission, people: Iterable[Person], reason: str, turn: int, *, now: datetime
) -> None:
    """Say until when what was not sent can be sent now, and why; ``turn`` counts the changes of the period."""
    for person in people:
        with speaking(person.language):
            subject = _("Avance trimestral %(period)s: nueva fecha límite", **_facts(submission))
            text = _(
                "Buen día, %(name)s:\n\nLa secretaría cambió la fecha límite del avance del trimestre "
                "%(period)s. Ahora puede enviarlo hasta el %(day)s.\n\nMotivo: %(reason)s\n\n%(address)s\n",
                name=person.given_names,
                reason=reason,
                **_facts(submission),
            )
        _post(submission, person, f"moved-{turn}", (str(subject), str(text)), now)


def write_inherited(
    submission: ProgressSubmission, people: Iterable[Person], member: str, *, now: datetime
) -> None:
    """Say that what a member had still to send is written by the institution that goes on with it."""
    for person in people:
        with speaking(person.language):
            subject = _("Avance trimestral %(period)s: ahora lo llena su institución", **_facts(submission))
            text = _(
                "Buen día, %(name)s:\n\n%(member)s ya es parte de su institución. Su avance del trimestre "
                "%(period)s no se había enviado y ahora le corresponde a la suya. La fecha límite es el "
                "%(day)s.\n\n%(address)s\n",
                name=person.given_names,
                member=member,
                **_facts(submission),
            )
        _post(submission, person, f"inherited-{submission.revision}", (str(subject), str(text)), now)


def write_returned(
    submission: ProgressSubmission, people: Iterable[Person], reason: str, *, now: datetime
) -> None:
    """Say what the secretariat wants corrected."""
    for person in people:
        with speaking(person.language):
            subject = _("Avance trimestral %(period)s: hay algo por corregir", **_facts(submission))
            text = _(
                "Buen día, %(name)s:\n\nLa secretaría devolvió el avance del trimestre %(period)s con este "
                "motivo:\n\n%(reason)s\n\nCorríjalo y envíelo de nuevo:\n%(address)s\n",
                name=person.given_names,
                reason=reason,
                **_facts(submission),
            )
        _post(submission, person, f"returned-{submission.revision}", (str(subject), str(text)), now)


def write_reminder(
    submission: ProgressSubmission, people: Iterable[Person], mark: str, *, now: datetime
) -> None:
    """Remind of what was not sent."""
    for person in people:
        with speaking(person.language):
            subject = _("Avance trimestral %(period)s: falta enviarlo", **_facts(submission))
            text = _(
                "Buen día, %(name)s:\n\nEl avance del trimestre %(period)s de su institución todavía no se ha "
                "enviado. La fecha límite es el %(day)s.\n\n%(address)s\n\nEste recordatorio deja de llegar "
                "cuando lo envíe.\n",
                name=person.given_names,
                **_facts(submission),
            )
        _post(submission, person, f"reminder-{mark}", (str(subject), str(text)), now)


def _facts(submission: ProgressSubmission) -> dict[str, str]:
    return {
        "period": submission.period.name,
        "day": _day(submission.period.due_on),
        "address": absolute_url("progress.fill", submission_id=submission.id),
    }


def _day(day: date) -> str:
    return medium_date(day, language=current_language(), timezone=current_settings().zone)


def _post(
    submission: ProgressSubmission, person: Person, kind: str, words: tuple[str, str], now: datetime
) -> None:
    subject, text = words
    key = f"progress-{submission.id}-{kind}-{person.id}"
    post(Message(to=person.email or "", subject=subject, text=text, key=key), now=now)

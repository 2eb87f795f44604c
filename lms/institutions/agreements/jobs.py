"""Once a day, those who keep agreements learn which ones are about to end."""

from datetime import date

from lms.accounts.models import Person
from lms.core.actors import SYSTEM
from lms.core.calendar import today
from lms.core.clock import now
from lms.core.context import current_settings
from lms.core.i18n import _, current_language, n_, speaking
from lms.core.jobs.orders import Progress
from lms.core.mail import Message
from lms.core.outbox import post
from lms.institutions.agreements import queries, service
from lms.institutions.agreements.messages import WarnOfExpiry
from lms.institutions.agreements.models import Agreement
from lms.institutions.agreements.rules import warning_due
from lms.web.formats import medium_date
from lms.web.links import absolute_url


def warn_of_expiry(_order: WarnOfExpiry, _progress: Progress) -> None:
    """Write to the keepers of each agreement whose 90, 30 or 7 days have come; each warning goes out once."""
    day = today()
    for agreement in queries.list_ending(day):
        left = agreement.days_left(day) or 0
        days = warning_due(left)
        if days is None or not service.note_warning(agreement, days, actor=SYSTEM, now=now()):
            continue
        for person in queries.list_keepers(agreement):
            if person.email:
                _write(agreement, person, left, days)


def _write(agreement: Agreement, person: Person, left: int, days: int) -> None:
    with speaking(person.language):
        subject = str(_("El convenio %(code)s está por vencer", code=agreement.code))
        text = _(
            "Buen día, %(name)s:\n\nEl convenio «%(title)s» (%(code)s) termina el %(day)s: %(left)s.\n\n"
            "Si va a continuar, registre la prórroga antes de ese día o el convenio que lo renueva. Después "
            "se podrá consultar, y no se abrirán cohortes que dependan de él.\n\n%(address)s\n",
            name=person.given_names, title=agreement.title, code=agreement.code, day=_day(agreement.ends_on),
            left=n_("queda un día", "quedan %(num)s días", left),
            address=absolute_url("agreements.agreement_page", agreement_id=agreement.id),
        )  # fmt: skip
    key = f"agreement-{agreement.id}-{agreement.ends_on}-{days}-{person.id}"
    post(Message(to=person.email or "", subject=subject, text=str(text), key=key), now=now())


def _day(day: date | None) -> str:
    if day is None:
        return ""
    return medium_date(day, language=current_language(), timezone=current_settings().zone)

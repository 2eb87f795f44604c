"""What e-mails about accounts say, apart from sending them: whoever runs a cohort reads them without the link."""

from dataclasses import dataclass

from lms.accounts import rules
from lms.accounts.models import Person
from lms.core.i18n import _, speaking


@dataclass(frozen=True, slots=True)
class Letter:
    """An e-mail as its reader sees it."""

    subject: str
    text: str


def invitation(person: Person, *, reason: str, address: str) -> Letter:
    """Return the letter with the link for the first password; what stands for the link is the caller's."""
    with speaking(person.language):
        text = _(
            "Buen día, %(name)s:\n\n%(reason)s\n\nPara empezar, elija su contraseña aquí:\n%(address)s\n\n"
            "El enlace vale %(days)s días. Si no esperaba este mensaje, puede ignorarlo.\n",
            name=person.given_names, reason=reason, address=address, days=rules.INVITATION_DAYS,
        )  # fmt: skip
        return Letter(_("Su cuenta en Ruta"), text)


def password_reset(person: Person, *, address: str) -> Letter:
    """Return the letter with the link for a new password."""
    with speaking(person.language):
        text = _(
            "Buen día, %(name)s:\n\nPara elegir una contraseña nueva, abra este enlace:\n%(address)s\n\n"
            "El enlace vale %(hours)s horas y sirve una vez. Si usted no lo pidió, no hace falta hacer nada.\n",
            name=person.given_names, address=address, hours=rules.RESET_HOURS,
        )  # fmt: skip
        return Letter(_("Cambiar su contraseña de Ruta"), text)

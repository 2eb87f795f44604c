"""E-mails about accounts. The link is made when the message is sent, so no secret waits in the queue."""

from uuid import UUID

from lms.accounts import links, queries, rules
from lms.accounts.messages import SendInvitation, SendPasswordReset
from lms.core.clock import now
from lms.core.context import current_mailer
from lms.core.i18n import _, speaking
from lms.core.jobs.orders import Progress
from lms.core.mail import Message
from lms.web.links import absolute_url


def send_invitation(order: SendInvitation, _progress: Progress) -> None:
    """Write to a person who was invited, unless they have chosen a password meanwhile."""
    person = queries.get_person(UUID(order.person_id))
    if not person.email or person.has_accepted:
        return
    token = links.sign_link(person, links.INVITATION)
    address = absolute_url("accounts.accept_invitation", token=token, next=order.path)
    with speaking(person.language):
        text = _(
            "Buen día, %(name)s:\n\n%(reason)s\n\nPara empezar, elija su contraseña aquí:\n%(address)s\n\n"
            "El enlace vale %(days)s días. Si no esperaba este mensaje, puede ignorarlo.\n",
            name=person.given_names, reason=order.reason, address=address, days=rules.INVITATION_DAYS,
        )  # fmt: skip
        for number, email in enumerate(queries.list_addresses(person)):
            _send(
                email,
                _("Su cuenta en Ruta"),
                text,
                f"invitation-{person.id}" + (f"-{number}" if number else ""),
            )


def send_password_reset(order: SendPasswordReset, _progress: Progress) -> None:
    """Write to a person who asked for a new password."""
    person = queries.get_person(UUID(order.person_id))
    if not person.email:
        return
    address = absolute_url("accounts.reset_password", token=links.sign_link(person, links.RESET))
    with speaking(person.language):
        text = _(
            "Buen día, %(name)s:\n\nPara elegir una contraseña nueva, abra este enlace:\n%(address)s\n\n"
            "El enlace vale %(hours)s horas y sirve una vez. Si usted no lo pidió, no hace falta hacer nada.\n",
            name=person.given_names, address=address, hours=rules.RESET_HOURS,
        )  # fmt: skip
        _send(person.email, _("Cambiar su contraseña de Ruta"), text, f"reset-{person.id}")


def _send(to: str, subject: str, text: str, key: str) -> None:
    current_mailer().send(Message(to=to, subject=subject, text=text, key=f"{key}-{now():%Y%m%d%H%M%S}"))

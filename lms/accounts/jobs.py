"""E-mails about accounts. The link is made when the message is sent, so no secret waits in the queue."""

from uuid import UUID

from lms.accounts import letters, links, queries
from lms.accounts.letters import Letter
from lms.accounts.messages import SendInvitation, SendPasswordReset
from lms.core.clock import now
from lms.core.context import current_mailer
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
    letter = letters.invitation(person, reason=order.reason, address=address)
    for number, email in enumerate(queries.list_addresses(person)):
        _send(email, letter, f"invitation-{person.id}" + (f"-{number}" if number else ""))


def send_password_reset(order: SendPasswordReset, _progress: Progress) -> None:
    """Write to a person who asked for a new password."""
    person = queries.get_person(UUID(order.person_id))
    if not person.email:
        return
    address = absolute_url("accounts.reset_password", token=links.sign_link(person, links.RESET))
    _send(person.email, letters.password_reset(person, address=address), f"reset-{person.id}")


def _send(to: str, letter: Letter, key: str) -> None:
    stamped = f"{key}-{now():%Y%m%d%H%M%S}"
    current_mailer().send(Message(to=to, subject=letter.subject, text=letter.text, key=stamped))

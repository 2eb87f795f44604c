"""The outbox: a message is a job row written with the change it speaks of, so nothing leaves before the commit."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from lms.core.context import current_mailer, current_storage
from lms.core.i18n import _l
from lms.core.jobs.orders import Order, Progress, enqueue
from lms.core.mail import Message
from lms.core.text import Text


@dataclass(frozen=True, kw_only=True)
class SendMail(Order):
    """Hand one message to the mail server."""

    code: ClassVar[str] = "mail.send"
    label: ClassVar[Text] = _l("Enviar un correo")
    max_attempts: ClassVar[int] = 8

    to: str
    subject: str
    text: str
    key: str
    calendar: str = ""
    stop_url: str = ""
    attached: str = ""
    attached_name: str = ""


def post(message: Message, *, now: datetime) -> UUID:
    """Put a message in the outbox; the same key is never posted twice. Return the job's id."""
    order = SendMail(
        to=message.to,
        subject=message.subject,
        text=message.text,
        key=message.key,
        calendar=message.calendar,
        stop_url=message.stop_url,
        attached=message.attached,
        attached_name=message.attached_name,
    )
    return enqueue(order, now=now, key=f"mail:{message.key}")


def deliver(order: SendMail, _progress: Progress) -> None:
    """Hand the message over; the stable Message-ID makes a repetition harmless."""
    message = Message(
        to=order.to,
        subject=order.subject,
        text=order.text,
        key=order.key,
        calendar=order.calendar,
        stop_url=order.stop_url,
        attached=order.attached,
        attached_name=order.attached_name,
        file=current_storage().get(order.attached) if order.attached else b"",
    )
    current_mailer().send(message)

"""Mail: a message is a job row until a mailer hands it over; console, SMTP and memory are the mailers."""

import logging
import re
import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formatdate, make_msgid, parseaddr
from typing import Protocol
from urllib.parse import urlsplit

from lms.core.settings import Settings

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """An e-mail to one person."""

    to: str
    subject: str
    text: str
    key: str
    """Stable identity: a job that runs again produces the same Message-ID, so clients show it once."""
    calendar: str = ""
    """An invitation (RFC 5545 and 5546) that mail programs show with its buttons; empty without."""
    stop_url: str = ""
    """Where whoever gets it can have no more of its kind, by one POST (RFC 8058); empty where it is indispensable."""
    attached: str = ""
    """SHA-256 of a PDF of the storage that travels along; empty without."""
    attached_name: str = ""
    file: bytes = field(default=b"", repr=False)
    """The bytes of what is attached, put in when the message is handed over."""


class Mailer(Protocol):
    """Hands messages over; raises OSError when it cannot, and the job tries again."""

    def send(self, message: Message) -> None:
        """Hand one message over."""
        ...


def compose(message: Message, *, sender: str, host: str) -> EmailMessage:
    """Return the message as it travels, with a stable Message-ID."""
    mail = EmailMessage()
    mail["From"] = sender
    mail["To"] = message.to
    mail["Subject"] = message.subject
    mail["Date"] = formatdate(localtime=False)
    mail["Message-ID"] = f"<{message.key}@{host}>" if message.key else make_msgid(domain=host)
    mail["Auto-Submitted"] = "auto-generated"
    if message.stop_url:
        mail["List-Unsubscribe"] = f"<{message.stop_url}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(message.text)
    if message.calendar:
        _invite(mail, message.calendar)
    if message.file:
        mail.add_attachment(
            message.file, maintype="application", subtype="pdf", filename=message.attached_name
        )
    return mail


def _invite(mail: EmailMessage, calendar: str) -> None:
    """Carry a calendar as mail programs look for it: as another form of the letter (RFC 6047), and as a file."""
    method = re.search(r"^METHOD:(\w+)", calendar, re.MULTILINE)
    parameters = {"method": method[1]} if method else {}
    mail.add_alternative(calendar, subtype="calendar", params=parameters)
    mail.add_attachment(calendar, subtype="calendar", filename="invite.ics")


@dataclass
class ConsoleMailer:
    """Prints messages: the demonstration needs no mail server."""

    sender: str
    host: str

    def send(self, message: Message) -> None:
        """Print the message; one that no mail server would take is refused here too."""
        compose(message, sender=self.sender, host=self.host)
        log.warning("correo para %s: %s\n%s", message.to, message.subject, message.text)


@dataclass
class MemoryMailer:
    """Keeps messages, for tests."""

    sent: list[Message] = field(default_factory=list)

    def send(self, message: Message) -> None:
        """Keep the message."""
        self.sent.append(message)


@dataclass
class SmtpMailer:
    """Hands messages to a mail server."""

    settings: Settings

    def send(self, message: Message) -> None:
        """Hand the message to the server."""
        config = self.settings
        host = urlsplit(config.public_url).hostname or "localhost"
        mail = compose(message, sender=config.mail_from, host=host)
        with smtplib.SMTP(config.smtp_host, config.smtp_port, timeout=30) as server:
            if config.smtp_tls:
                server.starttls(context=ssl.create_default_context())
            if config.smtp_user:
                server.login(config.smtp_user, config.smtp_password)
            server.send_message(mail, from_addr=parseaddr(config.mail_from)[1])


def mailer_for(settings: Settings) -> Mailer:
    """Return the mailer that the settings name."""
    match settings.mailer:
        case "smtp":
            return SmtpMailer(settings)
        case "memory":
            return MemoryMailer()
        case _:
            return ConsoleMailer(settings.mail_from, urlsplit(settings.public_url).hostname or "localhost")

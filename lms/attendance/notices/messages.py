"""What happens around notices, and what is done about it later."""

from dataclasses import dataclass
from typing import ClassVar

from lms.core.events import Event
from lms.core.i18n import _l
from lms.core.jobs.orders import Order
from lms.core.text import Text


@dataclass(frozen=True, kw_only=True)
class NoticesSet(Event):
    """Somebody said which notices a cohort, which is the subject, sends."""

    code = "attendance.notices-set"
    sentence = _l("Se cambiaron los avisos de una cohorte: %(kinds)s.")
    kinds: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class QuietHoursSet(Event):
    """A programme, which is the subject, changed when it writes to nobody."""

    code = "attendance.quiet-hours-set"
    sentence = _l("Se cambió el horario en que el programa no envía avisos.")


@dataclass(frozen=True, kw_only=True)
class NoticesRefused(Event):
    """A person, who is the subject, wants no more notices but the indispensable ones."""

    code = "attendance.notices-refused"
    sentence = _l("Una persona dejó de recibir recordatorios.")


@dataclass(frozen=True, kw_only=True)
class NoticesAccepted(Event):
    """A person, who is the subject, wants notices again."""

    code = "attendance.notices-accepted"
    sentence = _l("Una persona volvió a recibir recordatorios.")


@dataclass(frozen=True, kw_only=True)
class NoticeAskedAgain(Event):
    """Somebody asked for a notice, which is the subject, to be sent once more."""

    code = "attendance.notice-asked-again"
    sentence = _l("Se pidió enviar otra vez un aviso.")


@dataclass(frozen=True, kw_only=True)
class LetterAskedAgain(Event):
    """Somebody asked for an indispensable e-mail of a cohort, which is the subject, to be sent once more."""

    code = "attendance.letter-asked-again"
    sentence = _l("Se pidió enviar otra vez el correo «%(subject)s».")
    subject: str


@dataclass(frozen=True, kw_only=True)
class SendNotices(Order):
    """Note the notices that are due and send those whose hour it is."""

    code: ClassVar[str] = "attendance.send-notices"
    label: ClassVar[Text] = _l("Enviar los avisos de las cohortes")

"""What happens to the survey, and the letters about it."""

from dataclasses import dataclass
from typing import ClassVar

from lms.core.events import Event
from lms.core.i18n import _l
from lms.core.jobs.orders import Order
from lms.core.text import Text


@dataclass(frozen=True, kw_only=True)
class FollowUpSet(Event):
    """Somebody decided whether and when a programme asks; day 0 is never."""

    code = "follow-up.set"
    sentence = _l("Cambió la encuesta de aplicación: día %(day)s (0 es apagada).")
    day: int


@dataclass(frozen=True, kw_only=True)
class FollowUpAnswered(Event):
    """A survey was answered; by whom stays out of the trail's sentence on purpose."""

    code = "follow-up.answered"
    sentence = _l("Se respondió una encuesta de aplicación (%(respondent)s).")
    respondent: str


@dataclass(frozen=True, kw_only=True)
class LettersRefused(Event):
    """An address asked for no more letters."""

    code = "follow-up.letters-refused"
    sentence = _l("Alguien pidió no recibir más encuestas de aplicación.")


@dataclass(frozen=True, kw_only=True)
class AskFollowUp(Order):
    """Write to the person or to the superior with a link that is made when the letter is sent."""

    code: ClassVar[str] = "follow-up.ask"
    label: ClassVar[Text] = _l("Enviar la encuesta de aplicación")
    follow_up_id: str
    respondent: str
    is_reminder: bool


@dataclass(frozen=True, kw_only=True)
class InviteToMeasure(Order):
    """Tell somebody that a quiz of the follow-up is open, or remind them of it."""

    code: ClassVar[str] = "follow-up.invite"
    label: ClassVar[Text] = _l("Invitar a la medición de seguimiento")
    invitation_id: str
    is_reminder: bool


@dataclass(frozen=True, kw_only=True)
class LookAfterFollowUps(Order):
    """Ask whoever completed a course so many days ago, remind, and forget addresses of no more use."""

    code: ClassVar[str] = "follow-up.look-after"
    label: ClassVar[Text] = _l("Preguntar por lo aplicado y recordar")

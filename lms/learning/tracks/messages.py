"""What happens to requests for another sector, and the letter about them."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from lms.core.events import Event
from lms.core.i18n import _l
from lms.core.jobs.orders import Order
from lms.core.text import Text


@dataclass(frozen=True, kw_only=True)
class TrackAsked(Event):
    """Somebody asked for another sector for an enrolment."""

    code = "tracks.asked"
    sentence = _l("Se pidió cambiar el sector de una inscripción.")
    enrolment_id: UUID
    before: str | None
    after: str | None


@dataclass(frozen=True, kw_only=True)
class TrackAnswered(Event):
    """The staff approved or declined another sector."""

    code = "tracks.answered"
    sentence = _l("Se respondió una solicitud de cambio de sector.")
    enrolment_id: UUID
    is_approved: bool


@dataclass(frozen=True, kw_only=True)
class TellTrackAnswer(Order):
    """Tell a person what was said of the sector that was asked for."""

    code: ClassVar[str] = "tracks.tell-answer"
    label: ClassVar[Text] = _l("Avisar la respuesta a un cambio de sector")
    request_id: str

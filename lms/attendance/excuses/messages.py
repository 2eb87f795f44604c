"""What happens to justifications, and the letters about them."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from lms.core.events import Event
from lms.core.i18n import _l
from lms.core.jobs.orders import Order
from lms.core.text import Text


@dataclass(frozen=True, kw_only=True)
class ExcuseAsked(Event):
    """A person asked that an absence be justified; what they wrote is not repeated here."""

    code = "excuses.asked"
    sentence = _l("Pidió justificar una falta.")
    meeting_id: UUID
    enrolment_id: UUID


@dataclass(frozen=True, kw_only=True)
class ExcuseWithdrawn(Event):
    """A person took it back."""

    code = "excuses.withdrawn"
    sentence = _l("Retiró una justificación.")
    meeting_id: UUID


@dataclass(frozen=True, kw_only=True)
class ExcuseAnswered(Event):
    """Whoever keeps the register decided."""

    code = "excuses.answered"
    sentence = _l("Respondió a una justificación (%(state)s).")
    meeting_id: UUID
    enrolment_id: UUID
    state: str


@dataclass(frozen=True, kw_only=True)
class ExcusePaperErased(Event):
    """The paper of a justification was erased when its time was over."""

    code = "excuses.paper-erased"
    sentence = _l("Se borró el documento de una justificación, cumplido su plazo.")
    meeting_id: UUID


@dataclass(frozen=True, kw_only=True)
class TellExcuseAnswered(Order):
    """Write to the person what was decided."""

    code: ClassVar[str] = "excuses.tell-answered"
    label: ClassVar[Text] = _l("Avisar la respuesta a una justificación")

    excuse_id: str


@dataclass(frozen=True, kw_only=True)
class ErasePapers(Order):
    """Erase the papers whose time is over."""

    code: ClassVar[str] = "excuses.erase-papers"
    label: ClassVar[Text] = _l("Borrar documentos de justificaciones cumplido su plazo")

"""What happens to sheets on paper."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from lms.core.events import Event
from lms.core.i18n import _l
from lms.core.jobs.orders import Order
from lms.core.text import Text


@dataclass(frozen=True, kw_only=True)
class SheetPrepared(Event):
    """A sheet was made to be printed."""

    code = "paper.prepared"
    sentence = _l("Se preparó la hoja de firmas %(sheet)s.")
    meeting_id: UUID
    sheet: str


@dataclass(frozen=True, kw_only=True)
class SheetEntered(Event):
    """The signatures of a sheet were typed in."""

    code = "paper.entered"
    sentence = _l("Se capturó la hoja de firmas %(sheet)s.")
    meeting_id: UUID
    sheet: str
    marks: int


@dataclass(frozen=True, kw_only=True)
class ScanKept(Event):
    """A picture of the signed sheet was kept."""

    code = "paper.scan-kept"
    sentence = _l("Se guardó la imagen de la hoja de firmas %(sheet)s.")
    meeting_id: UUID
    sheet: str


@dataclass(frozen=True, kw_only=True)
class ScanErased(Event):
    """The picture was erased when its time was over."""

    code = "paper.scan-erased"
    sentence = _l("Se borró la imagen de la hoja de firmas %(sheet)s, cumplido su plazo.")
    meeting_id: UUID
    sheet: str


@dataclass(frozen=True, kw_only=True)
class EraseScans(Order):
    """Erase the pictures whose time is over."""

    code: ClassVar[str] = "paper.erase-scans"
    label: ClassVar[Text] = _l("Borrar imágenes de hojas de firmas cumplido su plazo")

"""What happens to reports of calls."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from lms.core.events import Event
from lms.core.i18n import _l
from lms.core.jobs.orders import Order
from lms.core.text import Text


@dataclass(frozen=True, kw_only=True)
class CallReportSent(Event):
    """Somebody sent a report; no mark changed yet."""

    code = "meeting-reports.sent"
    sentence = _l("Subió el reporte de una videollamada.")
    meeting_id: UUID


@dataclass(frozen=True, kw_only=True)
class CallReportApplied(Event):
    """Marks were given from it."""

    code = "meeting-reports.applied"
    sentence = _l("Aplicó el reporte de una videollamada: %(added)s registros.")
    meeting_id: UUID
    added: int


@dataclass(frozen=True, kw_only=True)
class CallNameDecided(Event):
    """Somebody said whom a name in the calls stands for; the name itself is not repeated here."""

    code = "meeting-reports.name-decided"
    sentence = _l("Dijo de quién es un nombre de las videollamadas.")
    cohort_id: UUID
    enrolment_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class CallNameForgotten(Event):
    """That is not remembered any more."""

    code = "meeting-reports.name-forgotten"
    sentence = _l("Olvidó de quién es un nombre de las videollamadas.")
    cohort_id: UUID


@dataclass(frozen=True, kw_only=True)
class CallColumnsNamed(Event):
    """Somebody said what the columns of an unknown report tell."""

    code = "meeting-reports.columns-named"
    sentence = _l("Indicó qué dice cada columna de un reporte de videollamada.")
    programme_id: UUID


@dataclass(frozen=True, kw_only=True)
class CallReportErased(Event):
    """The file was erased, when its time was over or because somebody discarded it."""

    code = "meeting-reports.erased"
    sentence = _l("Se borró el archivo de un reporte de videollamada.")
    meeting_id: UUID


@dataclass(frozen=True, kw_only=True)
class EraseCallReports(Order):
    """Erase the files whose time is over."""

    code: ClassVar[str] = "meeting-reports.erase"
    label: ClassVar[Text] = _l("Borrar reportes de videollamadas cumplido su plazo")

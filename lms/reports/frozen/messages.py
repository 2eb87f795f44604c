"""What happens to quarterly reports, and what is made later."""

from dataclasses import dataclass
from typing import ClassVar

from lms.core.events import Event
from lms.core.i18n import _l
from lms.core.jobs.orders import Order
from lms.core.text import Text


@dataclass(frozen=True, kw_only=True)
class ReportPrepared(Event):
    """The figures of a report were taken."""

    code = "frozen.report-prepared"
    sentence = _l("Tomó las cifras del informe %(period)s (versión %(version)s).")
    period: str
    version: int


@dataclass(frozen=True, kw_only=True)
class ReportApproved(Event):
    """A version was approved and has its folio."""

    code = "frozen.report-approved"
    sentence = _l("Aprobó el informe %(folio)s (versión %(version)s).")
    folio: str
    version: int


@dataclass(frozen=True, kw_only=True)
class ReportIssued(Event):
    """The files of a version were made and kept."""

    code = "frozen.report-issued"
    sentence = _l("Se emitió el informe %(folio)s (versión %(version)s).")
    folio: str
    version: int


@dataclass(frozen=True, kw_only=True)
class ReportDiscarded(Event):
    """A draft was thrown away."""

    code = "frozen.report-discarded"
    sentence = _l("Descartó el borrador del informe %(period)s (versión %(version)s).")
    period: str
    version: int


@dataclass(frozen=True, kw_only=True)
class ReportSent(Event):
    """A version was sent."""

    code = "frozen.report-sent"
    sentence = _l("Envió el informe %(folio)s (versión %(version)s). Destinatarias: %(count)s.")
    folio: str
    version: int
    count: int


@dataclass(frozen=True, kw_only=True)
class ReportingChanged(Event):
    """When reports are prepared, for whom, or whether their figures are public was changed."""

    code = "frozen.reporting-changed"
    sentence = _l("Cambió cómo se informa: %(what)s.")
    what: str


@dataclass(frozen=True, kw_only=True)
class MakeReport(Order):
    """Make the files of a version out of its data file."""

    code: ClassVar[str] = "frozen.make-report"
    label: ClassVar[Text] = _l("Hacer los archivos de un informe trimestral")
    version_id: str
    sha256: str
    """Digest of the data file: the job reads it without holding the database."""


@dataclass(frozen=True, kw_only=True)
class PrepareDueReports(Order):
    """Prepare the reports whose day has come."""

    code: ClassVar[str] = "frozen.prepare-due"
    label: ClassVar[Text] = _l("Preparar los informes trimestrales que tocan")

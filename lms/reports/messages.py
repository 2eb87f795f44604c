"""What happened with figures."""

from dataclasses import dataclass

from lms.core.events import Event
from lms.core.i18n import _l


@dataclass(frozen=True, kw_only=True)
class FiguresExported(Event):
    """Somebody took a table of a programme away as a file."""

    code = "reports.exported"
    sentence = _l("Se descargó «%(report)s» en %(form)s: %(asked)s. Filas: %(rows)s.")
    report: str
    form: str
    rows: int
    asked: str
    """The question in words: period and filters."""


@dataclass(frozen=True, kw_only=True)
class ReportTaken(Event):
    """Somebody took a file of a frozen report away."""

    code = "reports.report-taken"
    sentence = _l("Se descargó el informe %(folio)s (versión %(version)s) en %(form)s.")
    folio: str
    version: int
    form: str

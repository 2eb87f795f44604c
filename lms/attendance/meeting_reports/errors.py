"""Refusals about reports of calls."""

from lms.core.errors import DomainError
from lms.core.i18n import _l


class ColumnsUnclear(DomainError):
    """Nothing says who was there, or how long."""

    code = "meeting-reports.columns-unclear"
    status = 422
    message = _l("Indique la columna del nombre o del correo, y las de entrada y salida o la de duración.")


class ReportUnread(DomainError):
    """Nobody has said yet what the columns of the file are."""

    code = "meeting-reports.unread"
    message = _l("Antes indique qué dice cada columna del archivo.")


class FileErased(DomainError):
    """The file is not kept any more: nothing can be read from it."""

    code = "meeting-reports.file-erased"
    message = _l("El archivo de este reporte ya se borró, cumplido su plazo. Súbalo otra vez.")


class SessionsMissing(DomainError):
    """No meeting was chosen, or one that the report does not reach."""

    code = "meeting-reports.sessions-missing"
    status = 422
    message = _l("Elija al menos una sesión de las que abarca el reporte.")


class ReportApplied(DomainError):
    """Marks were given from it: it is evidence, and is erased when its time is over."""

    code = "meeting-reports.applied"
    message = _l("Este reporte ya se aplicó: se conserva como evidencia hasta que cumpla su plazo.")

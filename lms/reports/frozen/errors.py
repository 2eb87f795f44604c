"""Refusals about quarterly reports."""

from lms.core.errors import DomainError
from lms.core.i18n import _l


class ReportExists(DomainError):
    """The quarter has its report."""

    code = "frozen.report-exists"
    status = 409
    message = _l("Ese trimestre ya tiene informe. Para cambiarlo, corrija su última versión.")


class QuarterAhead(DomainError):
    """The quarter has not begun."""

    code = "frozen.quarter-ahead"
    status = 422
    message = _l("Ese trimestre todavía no empieza.")


class NotDraft(DomainError):
    """An approved version never changes."""

    code = "frozen.not-draft"
    status = 409
    message = _l("Esta versión ya está aprobada y no cambia. Si hay un error, prepare una corrección.")


class NotLatest(DomainError):
    """Only the last issued version is corrected or sent."""

    code = "frozen.not-latest"
    status = 409
    message = _l("Esto se hace con la última versión emitida del informe.")


class NobodyToSend(DomainError):
    """The programme's reports have no recipients who lack it."""

    code = "frozen.nobody-to-send"
    status = 409
    message = _l("No hay a quién enviarlo: agregue destinatarias o envíe de nuevo desde el registro.")


class FileDamaged(DomainError):
    """The stored bytes are gone or are not those that were issued."""

    code = "frozen.file-damaged"
    status = 500
    message = _l("El archivo guardado no es el que se emitió. Avise a quien administra el servidor.")

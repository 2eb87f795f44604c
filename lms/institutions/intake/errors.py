"""Refusals about files and their rows."""

from lms.core.errors import DomainError
from lms.core.i18n import _l
from lms.core.text import Text


class RowRefused(DomainError):
    """One row cannot be saved; the sentence is for whoever mends the file."""

    code = "intake.row-refused"
    status = 422

    def __init__(self, message: Text, column: Text = "") -> None:
        """Keep what is wrong with this row, and in which column where it is one."""
        super().__init__(message)
        self.message, self.column = message, column


class RowRepeated(RowRefused):
    """An earlier row of the file is the same."""

    code = "intake.row-repeated"


class ColumnsMissing(DomainError):
    """The heading lacks columns without which no row means anything."""

    code = "intake.columns-missing"
    status = 422

    def __init__(self, message: Text) -> None:
        """Keep the sentence that names them."""
        super().__init__(message)
        self.message = message


class UploadGone(DomainError):
    """The file was kept for some days only."""

    code = "intake.upload-gone"
    status = 410
    message = _l("Ese archivo ya no se conserva. Súbalo de nuevo.")


class RunBusy(DomainError):
    """The file is still being looked at."""

    code = "intake.run-busy"
    status = 409
    message = _l("El archivo todavía se está revisando. Espere a que termine.")

"""Refusals about mergers and divisions."""

from lms.core.errors import DomainError
from lms.core.i18n import _l
from lms.core.text import Text


class SuccessionRefused(DomainError):
    """An institution cannot become part of what was chosen."""

    status = 422


class HeirUnfit(SuccessionRefused):
    """What goes on with its tasks is another open institution, outside of it, that existed on that day."""

    code = "succession.heir-unfit"
    message = _l(
        "Elija otra institución, activa, que no dependa de la que se integra y que ya existiera ese día."
    )


class UnitStays(SuccessionRefused):
    """One of its units cannot hang from where it would go."""

    code = "succession.unit-stays"

    def __init__(self, message: Text) -> None:
        """Keep the sentence that names the unit and what is wrong."""
        super().__init__(message)
        self.message = message


class UndoRefused(SuccessionRefused):
    """Something was written since that depends on it."""

    code = "succession.undo-refused"

    def __init__(self, message: Text) -> None:
        """Keep the sentence that says what."""
        super().__init__(message)
        self.message = message

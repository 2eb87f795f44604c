"""Refusals about sheets on paper."""

from lms.core.errors import DomainError
from lms.core.i18n import _, _l


class RowsUnreadable(DomainError):
    """Something typed is no row and no range."""

    code = "paper.rows-unreadable"
    status = 422

    def __init__(self, typed: str) -> None:
        """Keep what could not be read."""
        super().__init__(typed)
        self.message = _(
            "«%(typed)s» no es una fila. Escriba números o rangos, como «1-14, 17».", typed=typed[:40]
        )


class RowMissing(DomainError):
    """The sheet has no such row."""

    code = "paper.row-missing"
    status = 422

    def __init__(self, number: int) -> None:
        """Keep the number."""
        super().__init__(number)
        self.message = _("La hoja no tiene la fila %(number)s.", number=number)


class CheckLetterWrong(DomainError):
    """The letter beside the number is of another row or another sheet."""

    code = "paper.check-letter-wrong"
    status = 422

    def __init__(self, typed: str) -> None:
        """Keep what was typed."""
        super().__init__(typed)
        self.message = _(
            "El código «%(typed)s» no es de esta hoja. Revise el número, la letra y la hoja.", typed=typed
        )


class SheetTooEarly(DomainError):
    """Nobody has signed before the meeting."""

    code = "paper.too-early"
    status = 422
    message = _l("La sesión todavía no empieza: la hoja se captura después de firmarla.")


class NobodyEnrolled(DomainError):
    """There is nobody to print."""

    code = "paper.nobody-enrolled"
    status = 422
    message = _l("Todavía no hay personas inscritas que imprimir.")

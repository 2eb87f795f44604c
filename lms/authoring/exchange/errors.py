"""Refusals about files that carry courses."""

from lms.core.errors import DomainError
from lms.core.i18n import _l
from lms.core.text import Text


class ArchiveRefused(DomainError):
    """The archive is no course, or is not safe to open; the sentence says why."""

    code = "exchange.archive-refused"
    status = 422

    def __init__(self, message: Text) -> None:
        """Keep the reason."""
        super().__init__(message)
        self.message = message


class GitMissing(DomainError):
    """This installation has no git with which to open a bundle."""

    code = "exchange.git-missing"
    status = 501
    message = _l("Este servidor no tiene git y no puede abrir el paquete. Envíe el curso como archivo zip.")

"""Refusals: what the product says no to, with a stable code, an HTTP status and a sentence for people."""

from typing import ClassVar

from lms.core.i18n import _l
from lms.core.text import Text


class DomainError(Exception):
    """A refusal. Raising it undoes the unit of work; one handler turns it into a page or a problem."""

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 409
    message: Text = _l("No se puede hacer lo que pidió.")

    def __str__(self) -> str:
        """Return the sentence for people."""
        return str(self.message)


class NotFound(DomainError):
    """The thing does not exist, or the actor may not know that it does."""

    code = "not-found"
    status = 404
    message = _l("No encontramos lo que busca.")


class Forbidden(DomainError):
    """The actor is known and lacks the permission."""

    code = "forbidden"
    status = 403
    message = _l("Su cuenta no tiene permiso para esta página.")


class SignInNeeded(DomainError):
    """The page is not public and nobody is signed in."""

    code = "sign-in-needed"
    status = 401
    message = _l("Entre con su cuenta para ver esta página.")


class TooManyRequests(DomainError):
    """A rate limit was reached."""

    code = "too-many-requests"
    status = 429
    message = _l("Hubo demasiados intentos. Espere unos minutos y vuelva a intentar.")

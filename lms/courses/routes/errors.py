"""Refusals about routes and their cards."""

from lms.core.errors import DomainError
from lms.core.i18n import _l


class CardNotReady(DomainError):
    """The card is being drawn, or what it says has just changed: an old number is never handed out."""

    code = "routes.card-not-ready"
    status = 503
    message = _l(
        "La tarjeta se está preparando. Vuelva a pedirla en un minuto; mientras tanto, use esta página."
    )

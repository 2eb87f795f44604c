"""Refusals about notices."""

from lms.core.errors import DomainError
from lms.core.i18n import _l


class NoticeWaits(DomainError):
    """It has not been sent for the first time."""

    code = "attendance.notice-waits"
    status = 409
    message = _l("Ese aviso todavía espera su hora; saldrá solo.")

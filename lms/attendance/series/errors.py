"""Refusals about series."""

from lms.core.errors import DomainError
from lms.core.i18n import _l


class NoSeries(DomainError):
    """The meeting stands alone."""

    code = "attendance.no-series"
    status = 404
    message = _l("Esta sesión no es parte de una serie.")

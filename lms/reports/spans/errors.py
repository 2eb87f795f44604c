"""Refusals about spans."""

from lms.core.errors import DomainError
from lms.core.i18n import _l


class MonthsRefused(DomainError):
    """These months cannot be a span."""

    status = 422


class LastBeforeFirst(MonthsRefused):
    """It ends before it begins."""

    code = "spans.last-before-first"
    message = _l("El último mes es anterior al primero.")


class SpanTooLong(MonthsRefused):
    """It is longer than ten years."""

    code = "spans.too-long"
    message = _l("Son más de diez años. Elija menos meses, o use «Desde el comienzo» en el informe.")


class CalendarPeriod(MonthsRefused):
    """A month, quarter or year of the calendar is there already."""

    code = "spans.calendar-period"
    message = _l("Esos meses ya son un periodo del calendario.")

    def __init__(self, name: str) -> None:
        """Say which."""
        super().__init__()
        self.name = name

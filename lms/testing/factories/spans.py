"""Spans of months on which a programme reports, for tests."""

from datetime import date

from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.institutions.programmes.models import Programme
from lms.reports.tallies.rules import span_named
from lms.reports.tallies.spans import keep_span


def make_span(
    programme: Programme,
    first: date = date(2026, 2, 1),
    last: date = date(2026, 8, 1),
    *,
    label: str = "Convenio con la universidad",
) -> str:
    """Add a span, from the month of one day to the month of another, and return its name; a job counts it."""
    name = span_named(first, last)
    keep_span(programme, name, label, actor=SYSTEM, now=now())
    return name

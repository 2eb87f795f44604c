"""What the filters offer: periods with data, territories, ways to group."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select

from lms.core.db import db
from lms.core.i18n import _
from lms.reports.cube import parts_of
from lms.reports.keeping import shelf
from lms.reports.tallies.models import Tally
from lms.reports.tallies.queries import kept_spans
from lms.reports.tallies.rules import EVER, Basis
from lms.reports.tallies.versions import version_of
from lms.reports.words import period_title, period_words

Choice = tuple[str, str]


class Known(NamedTuple):
    """What can be asked for of a programme."""

    periods: set[str]
    """Those with kept figures."""
    spans: list[Choice]
    """Those of its own with their labels, latest first."""


def period_choices(known: Known, today: date) -> list[tuple[str, list[Choice]]]:
    """Return the periods in groups with their names: those of the calendar, which have none, and those of one's own.

    Of the calendar those in which somebody enrolled, and the year of today, latest first; all time last.
    """
    years = sorted({f"{today:%Y}", *(name for name in known.periods if len(name) == 4)}, reverse=True)
    calendar = [(name, period_title(name)) for name in [*_expand(years, known.periods), EVER]]
    spans = [
        (name, f"{label} ({period_words(name)})")
        for name, label in known.spans
        if name[:7] <= f"{today:%Y-%m}"
    ]
    return [("", calendar), (_("Periodos propios"), spans)] if spans else [("", calendar)]


def known_of(programme_id: UUID) -> Known:
    """Return what can be asked for, from the shelf while no figure changed."""
    key, version = ("periods", programme_id), version_of(programme_id)
    known: Known | None = shelf().find(key, version)
    if known is None:
        spans = sorted(((each.name, each.label) for each in kept_spans(programme_id)), reverse=True)
        known = Known(set(_known_periods(programme_id)), spans)
        shelf().keep(key, version, known, len(known.periods))
    return known


def _known_periods(programme_id: UUID) -> Sequence[str]:
    """Return the periods with kept figures, stepping along the index: there are few among very many rows."""
    least = select(func.min(Tally.period)).where(
        Tally.programme_id == programme_id, Tally.basis == Basis.THEN.value
    )
    found = select(least.scalar_subquery().label("period")).cte(recursive=True)
    after = least.where(Tally.period > found.c.period).correlate(found).scalar_subquery()
    found = found.union_all(select(after).where(found.c.period.is_not(None)))
    return db.session.scalars(select(found.c.period).where(found.c.period.is_not(None))).all()


def _expand(names: Sequence[str], known: set[str]) -> list[str]:
    """Return these periods, each followed by those parts of it that hold somebody."""
    found: list[str] = []
    for name in names:
        if name in known or len(name) == 4:
            found += [name, *_expand(parts_of(name)[::-1], known)]
    return found


def group_choices() -> list[Choice]:
    """Return what a row can be."""
    return [
        ("institution", _("Institución y sector")),
        ("sector", _("Sector")),
        ("period", _("Periodo")),
        ("matrix", _("Institución y sector, una columna por periodo")),
    ]


def basis_choices() -> list[Choice]:
    """Return at which institution people can be counted."""
    return [("then", _("Como fue: donde se inscribieron")), ("now", _("Como es hoy: donde trabajan ahora"))]

"""What the filters offer: periods with data, territories, ways to group."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from lms.core.db import db
from lms.core.i18n import _
from lms.reports.cube import parts_of
from lms.reports.keeping import shelf
from lms.reports.tallies.models import Tally
from lms.reports.tallies.rules import EVER, Basis
from lms.reports.tallies.versions import version_of
from lms.reports.words import period_words

Choice = tuple[str, str]


def period_choices(programme_id: UUID, today: date) -> list[Choice]:
    """Return the periods in which somebody enrolled, and the year of today, latest first; all time last."""
    known = _kept_periods(programme_id)
    years = sorted({f"{today:%Y}", *(name for name in known if len(name) == 4)}, reverse=True)
    return [(name, period_words(name)) for name in [*_expand(years, known), EVER]]


def _kept_periods(programme_id: UUID) -> set[str]:
    """Return the periods with kept figures, from the shelf while no figure changed."""
    key, version = ("periods", programme_id), version_of(programme_id)
    known: set[str] | None = shelf().find(key, version)
    if known is None:
        known = set(_known_periods(programme_id))
        shelf().keep(key, version, known, len(known))
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

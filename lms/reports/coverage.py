"""The table of coverage that a commission attaches to what it agrees: which members have enough people trained."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from lms.core.actors import EVERYTHING
from lms.core.db import db
from lms.core.i18n import _, _l, n_
from lms.core.small_cells import SMALLEST, Hidden
from lms.institutions.directory.as_of import members_on
from lms.institutions.programmes.models import MembershipKind
from lms.institutions.programmes.queries import get_programme, list_members
from lms.institutions.sessions.models import Accord, AccordPaper, Sitting
from lms.plugins.reports import Period, Question
from lms.plugins.sittings import OfferedPaper, PrintedTable, SittingPapers, TakenPaper
from lms.reports.completion import Asking
from lms.reports.tallies.rules import bounds_of
from lms.reports.words import period_words
from lms.web.sectors import SECTORS

MINIMUM: Final = SMALLEST
"""From so many people on an institution is covered: a lower bar would tell of groups that are not shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """A member institution with how many of its people completed, as far as that is shown."""

    name: str
    sector: str | None
    completed: int | Hidden
    was_told: bool = False
    """Whether it has enough as an earlier table told already, so that no protected figure hides it."""

    @property
    def is_reached(self) -> bool | None:
        """Say whether it has enough; None where the figure is protected for the sake of another."""
        if self.completed is Hidden.PROTECTS:
            return True if self.was_told else None
        return self.completed is not Hidden.SMALL and self.completed >= MINIMUM


class CoverageTables(SittingPapers):
    """Members with at least five people who completed and members without, as they stand when it is attached."""

    name = "coverage"
    label = _l("Cuadro de cobertura")

    def offered(self, programme_id: UUID, now: datetime) -> Sequence[OfferedPaper]:
        """Return this quarter, this year and the year before, by the clock of the programme."""
        day = now.astimezone(ZoneInfo(get_programme(programme_id).timezone)).date()
        periods = (f"{day.year}-Q{(day.month + 2) // 3}", str(day.year), str(day.year - 1))
        return [OfferedPaper(key=period, title=period_words(period)) for period in periods]

    def take(self, programme_id: UUID, key: str, now: datetime) -> TakenPaper | None:
        """Return the table of a period with its small cells hidden."""
        if key not in {each.key for each in self.offered(programme_id, now)}:
            return None
        rows = _beside(covered(programme_id, key, now), _list_told(programme_id, key))
        return TakenPaper(
            title=str(_("Cobertura por institución, %(period)s", period=period_words(key))),
            made_at=now,
            table=PrintedTable(
                columns=(
                    str(_("Institución")),
                    str(_("Sector")),
                    str(_("Completaron")),
                    str(_("Al menos %(minimum)s personas", minimum=MINIMUM)),
                ),
                rows=tuple(_printed(each) for each in rows),
                notes=tuple(_notes(rows)),
            ),
        )


def covered(programme_id: UUID, period: str, now: datetime) -> list[Covered]:
    """Return the members of today by name, each with its figure of a period; a group as those it consists of."""
    bounds = bounds_of(period)
    if bounds is None:
        return []
    question = Question(
        programme_id=programme_id, period=Period(first=bounds[0], last=bounds[1]), reach=EVERYTHING
    )
    asked = Asking(question)
    figures = _figures(asked)
    day = now.astimezone(ZoneInfo(asked.programme.timezone)).date()
    seats = [each for each in list_members(programme_id, day) if each.kind is MembershipKind.MEMBER]
    groups = members_on([each.institution_id for each in seats], day, is_past=False)
    bodies = (
        body
        for each in seats
        for body in (
            [(one.id, one.name, one.sector) for one in groups[each.institution_id]]
            if each.institution_id in groups
            else [(each.institution_id, each.name, each.sector)]
        )
    )
    return [Covered(name=name, sector=sector, completed=figures.get(own, 0)) for own, name, sector in bodies]


def _list_told(programme_id: UUID, period: str) -> dict[str, list[int]]:
    """Return the figures that tables kept before tell of a period, by institution: whoever reads one reads them all."""
    kept = db.session.scalars(
        select(AccordPaper.table)
        .join(Accord, Accord.id == AccordPaper.accord_id)
        .join(Sitting, Sitting.id == Accord.sitting_id)
        .where(
            Sitting.programme_id == programme_id,
            AccordPaper.source == CoverageTables.name,
            AccordPaper.key.startswith(f"{period}@", autoescape=True),
            AccordPaper.table.is_not(None),
        )
    )
    found: dict[str, list[int]] = {}
    for table in kept:
        for name, _sector, value, *_word in (table or {}).get("rows", ()):
            if value.isdecimal():
                found.setdefault(name, []).append(int(value))
    return found


def _beside(rows: Sequence[Covered], told: Mapping[str, Sequence[int]]) -> list[Covered]:
    """Return the rows without figures that differ by one to four people from what an earlier table tells."""
    return [
        replace(each, completed=Hidden.PROTECTS, was_told=each.completed >= MINIMUM)
        if isinstance(each.completed, int)
        and any(0 < abs(each.completed - value) < SMALLEST for value in told.get(each.name, ()))
        else each
        for each in rows
    ]


def _figures(asked: Asking) -> dict[UUID, int | Hidden]:
    """Return how many completed at each place, as far as it is shown."""
    rows: dict[UUID, list[int]] = {}
    for number in asked.chosen:
        rows.setdefault(asked.cube.rows[number].place.id, []).append(number)
    shown = asked.cube.shown("completed")
    return {
        place: shown[own[0]] if len(own) == 1 else asked.cube.total("completed", own)
        for place, own in rows.items()
    }


def _printed(each: Covered) -> tuple[str, ...]:
    words = {True: _("Sí"), False: _("Brecha"), None: _("Dato protegido")}
    sector = str(SECTORS[each.sector].label) if each.sector in SECTORS else "—"
    value = each.completed.value if isinstance(each.completed, Hidden) else str(each.completed)
    return (each.name, sector, value, str(words[each.is_reached]))


def _notes(rows: Sequence[Covered]) -> list[str]:
    reached = sum(each.is_reached is True for each in rows)
    gaps = [each.name for each in rows if each.is_reached is False]
    notes = [
        n_(
            "%(reached)s de %(num)s integrante tiene al menos %(minimum)s personas que completaron.",
            "%(reached)s de %(num)s integrantes tienen al menos %(minimum)s personas que completaron.",
            len(rows),
            reached=reached,
            minimum=MINIMUM,
        )
    ]
    hidden = sum(each.is_reached is None for each in rows)
    if hidden:
        notes.append(
            n_(
                "La cifra de %(num)s institución está protegida.",
                "Las cifras de %(num)s instituciones están protegidas.",
                hidden,
            )
        )
    if gaps:
        notes.append(_("Con brecha: %(names)s.", names="; ".join(gaps)))
    notes.append(
        _(
            "<5: grupo de menos de cinco personas. ×: celda con la que se podría calcular. Sí cuentan en los totales."
        )
    )
    return [str(each) for each in notes]

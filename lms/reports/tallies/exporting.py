"""Everybody's enrolments in a programme as a file: what figures are made of, to be counted elsewhere."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from lms.core.actors import Actor
from lms.core.events import publish
from lms.core.i18n import _, _l
from lms.core.jobs.orders import Progress
from lms.core.long_tables import WRITERS
from lms.core.tabular import Cell, Column, Kind
from lms.institutions.programmes.models import Programme
from lms.reports.tallies import queries
from lms.reports.tallies.messages import EnrolmentsExported
from lms.web.sectors import SECTORS

STEP = 1_000
"""Rows between two signs of life."""
COLUMNS = (
    Column(_l("Inscripción")),
    Column(_l("Persona")),
    Column(_l("Nombre")),
    Column(_l("Clave de la institución")),
    Column(_l("Institución")),
    Column(_l("Sector")),
    Column(_l("Cohorte")),
    Column(_l("Se inscribió"), Kind.MOMENT),
    Column(_l("Inició")),
    Column(_l("Mitad del curso")),
    Column(_l("Completó"), Kind.DATE),
    Column(_l("Horas"), Kind.DECIMAL),
    Column(_l("Con constancia")),
    Column(_l("Cuenta en los informes")),
)


def export(
    programme: Programme, path: Path, *, actor: Actor, now: datetime, progress: Progress | None = None
) -> int:
    """Write the enrolments into a file, whose ending says whether as CSV or as a workbook; return how many.

    Memory does not grow with them. A job says how far it is by ``progress``. Raises KeyError for another ending.
    """
    write, count = WRITERS[path.suffix.removeprefix(".")], 0
    total = queries.count_enrolments(programme.id) if progress else 0

    def counted() -> Iterator[tuple[Cell, ...]]:
        nonlocal count
        for row in _rows(programme, now.astimezone(ZoneInfo(programme.timezone)).date()):
            if progress and count % STEP == 0:
                progress(count, total)
            count += 1
            yield row

    write(path, COLUMNS, counted())
    publish(EnrolmentsExported(at=now, actor=actor, subject_id=programme.id, rows=count))
    return count


def _rows(programme: Programme, today: date) -> Iterator[tuple[Cell, ...]]:
    zone, yes, no = ZoneInfo(programme.timezone), _("sí"), _("no")
    sectors = {sector.id: str(sector.label) for sector in SECTORS.values()}

    def told(holds: Any) -> str:
        return str(yes if holds else no)

    for row in queries.stream_enrolments(programme, today=today):
        is_done = row.completed_on is not None
        yield (
            str(row.id), str(row.person_id), " ".join(filter(None, row[-6:-3])), str(row.institution_id),
            row.institution_name, sectors.get(row.sector, row.sector), row.cohort_name,
            row.enrolled_at.astimezone(zone), told(row.started_at or is_done), told(row.is_halfway or is_done),
            row.completed_on, row.hours, told(row.is_certified and is_done), told(row.is_counted),
        )  # fmt: skip

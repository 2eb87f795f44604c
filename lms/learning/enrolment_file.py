"""A file of people to enrol: what each row would do, told before anything is done."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select

from lms.accounts.models import Person
from lms.accounts.queries import get_person
from lms.core.actors import Actor
from lms.core.calendar import today
from lms.core.db import db
from lms.core.errors import DomainError
from lms.core.folding import fold
from lms.core.i18n import _, _l
from lms.core.tabular import Column, Sheet, SheetRow, Table
from lms.institutions.directory.queries import PersonRow, people_rows, people_visible_to, person_row
from lms.learning import queries, service
from lms.learning.models import Cohort, Enrolment, EnrolmentState
from lms.learning.permissions import LearningPermission
from lms.web.sectors import SECTORS

EMAIL_NAMES = ("correo", "correo electronico", "email", "e-mail")
SECTOR_NAMES = ("sector", "track")


class ColumnMissing(DomainError):
    """The file has no column of addresses."""

    code = "learning.column-missing"
    status = 422
    message = _l(
        "Al archivo le falta la columna «correo». La primera línea lleva los nombres de las columnas."
    )


class RowState(StrEnum):
    """What a row would do."""

    ADD = "add"
    EXISTS = "exists"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowVerdict:
    """A row of the file with what it would do, and why not."""

    line: int
    cells: tuple[str, ...]
    email: str
    state: RowState
    person: PersonRow | None = None
    sector: str | None = None
    reason: str = ""


def judge_file(cohort: Cohort, sheet: Sheet, *, actor: Actor) -> list[RowVerdict]:
    """Return what each row would do, in a constant number of queries; raises ColumnMissing."""
    email_at, sector_at = sheet.find(EMAIL_NAMES), sheet.find(SECTOR_NAMES)
    if email_at is None:
        raise ColumnMissing
    emails = {row.at(email_at).lower() for row in sheet.rows}
    known = _Known(people=_people(actor, emails), enrolled=_enrolled(cohort), places=_places(cohort))
    return list(_judge_rows(sheet, known, email_at, sector_at))


def enrol_file(cohort: Cohort, verdicts: list[RowVerdict], *, actor: Actor, now: datetime) -> int:
    """Enrol whom the verdicts say and return how many; sending the same file again adds nobody."""
    added = [each for each in verdicts if each.state is RowState.ADD and each.person]
    for each in added:
        if each.person:
            person = get_person(each.person.id)
            service.enrol(cohort, person, sector=each.sector, actor=actor, now=now)
    return len(added)


def error_table(sheet: Sheet, verdicts: list[RowVerdict]) -> Table:
    """Return the rows that could not be enrolled, as they came, with the reason: to be corrected and sent again."""
    columns = [*(Column(name) for name in sheet.header), Column(_l("motivo"))]
    width = len(sheet.header)
    return Table(
        columns=columns,
        rows=[(*each.cells[:width], each.reason) for each in verdicts if each.state is RowState.ERROR],
    )


@dataclass(slots=True)
class _Known:
    """What the rows are compared with."""

    people: Mapping[str, PersonRow]
    enrolled: frozenset[UUID]
    places: int | None
    """Places left; null for no limit."""


def _people(actor: Actor, emails: set[str]) -> dict[str, PersonRow]:
    day = today()
    reached = people_visible_to(actor, LearningPermission.MANAGE_COHORTS, day).where(Person.email.in_(emails))
    rows = (person_row(row) for row in db.session.execute(people_rows(reached, day)))
    return {row.email: row for row in rows}


def _enrolled(cohort: Cohort) -> frozenset[UUID]:
    statement = select(Enrolment.person_id).where(
        Enrolment.cohort_id == cohort.id, Enrolment.state == EnrolmentState.ACTIVE
    )
    return frozenset(db.session.scalars(statement))


def _places(cohort: Cohort) -> int | None:
    return None if cohort.capacity is None else cohort.capacity - queries.count_enrolled(cohort.id)


def _judge_rows(sheet: Sheet, known: _Known, email_at: int, sector_at: int | None) -> Iterator[RowVerdict]:
    lines: dict[str, int] = {}
    for row in sheet.rows:
        verdict = _judge_row(row, known, row.at(email_at).lower(), row.at(sector_at))
        if verdict.email in lines:
            reason = _("Repetida: la misma persona está en la línea %(line)s.", line=lines[verdict.email])
            verdict = _refused(row, verdict.email, reason)
        elif verdict.email:
            lines[verdict.email] = row.line
        if verdict.state is RowState.ADD and known.places is not None:
            if not known.places:
                verdict = _refused(row, verdict.email, _("La cohorte ya no tiene lugares."))
            else:
                known.places -= 1
        yield verdict


def _judge_row(row: SheetRow, known: _Known, email: str, sector_text: str) -> RowVerdict:
    person, sector = known.people.get(email), _sector(sector_text)
    if not email:
        return _refused(row, email, _("Falta el correo."))
    if person is None:
        return _refused(row, email, _("No hay una persona con ese correo en el directorio."))
    if person.id in known.enrolled:
        return RowVerdict(line=row.line, cells=row.cells, email=email, state=RowState.EXISTS, person=person)
    if person.institution_id is None:
        return _refused(row, email, _("La persona no tiene una institución vigente."))
    if sector_text and sector is None:
        return _refused(row, email, _("El sector «%(sector)s» no existe.", sector=sector_text))
    return RowVerdict(
        line=row.line, cells=row.cells, email=email, state=RowState.ADD, person=person, sector=sector
    )


def _refused(row: SheetRow, email: str, reason: object) -> RowVerdict:
    return RowVerdict(line=row.line, cells=row.cells, email=email, state=RowState.ERROR, reason=str(reason))


def _sector(text: str) -> str | None:
    """Return the sector that somebody wrote by its name, its Spanish word or its id."""
    wanted = fold(text)
    for sector in SECTORS.values():
        if wanted in {sector.id, sector.slug, fold(sector.slug), fold(str(sector.label))}:
            return sector.id
    return None

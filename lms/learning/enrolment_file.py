"""A file of people to enrol: what each row would do, told before anything is done."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, or_, select

from lms.accounts.models import Person, PersonAddress
from lms.accounts.queries import get_person
from lms.accounts.rules import national_id
from lms.core.actors import Actor
from lms.core.calendar import today
from lms.core.db import db, savepoint
from lms.core.errors import DomainError
from lms.core.folding import fold
from lms.core.i18n import _, _l
from lms.core.tabular import Column, Sheet, SheetRow, Table
from lms.institutions.directory.queries import (
    PersonRow,
    people_rows,
    people_rows_of,
    people_visible_to,
    person_row,
)
from lms.learning import queries, service
from lms.learning.models import Cohort, Enrolment, EnrolmentState
from lms.learning.permissions import LearningPermission
from lms.web.sectors import SECTORS

EMAIL_NAMES = ("correo", "correo electronico", "correo institucional", "email", "e-mail")
NUMBER_NAMES = ("identificacion", "curp", "cedula", "dni", "national id", "identity number")
SECTOR_NAMES = ("sector", "track")


class ColumnMissing(DomainError):
    """The file has no column that says who somebody is."""

    code = "learning.column-missing"
    status = 422
    message = _l(
        "Al archivo le falta la columna «correo» o «identificación». La primera línea lleva los nombres de las "
        "columnas."
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
    places = _Columns(sheet.find(EMAIL_NAMES), sheet.find(NUMBER_NAMES), sheet.find(SECTOR_NAMES))
    if places.email is None and places.number is None:
        raise ColumnMissing
    said = [_Said.of(row, places) for row in sheet.rows]
    known = _Known(people=_people(actor, said), enrolled=_enrolled(cohort), places=_places(cohort))
    return list(_judge_rows(said, known))


def enrol_file(cohort: Cohort, verdicts: list[RowVerdict], *, actor: Actor, now: datetime) -> int:
    """Enrol whom the verdicts say and return how many; sending the same file again adds nobody.

    A row that is refused after all, because a place went meanwhile, leaves the others as they are.
    """
    added = 0
    for each in verdicts:
        if each.state is not RowState.ADD or each.person is None:
            continue
        try:
            with savepoint():
                person = get_person(each.person.id)
                service.enrol(cohort, person, sector=each.sector, actor=actor, now=now)
        except DomainError:
            continue
        added += 1
    return added


def error_table(sheet: Sheet, verdicts: list[RowVerdict]) -> Table:
    """Return the rows that could not be enrolled, as they came, with the reason: to be corrected and sent again."""
    columns = [*(Column(name) for name in sheet.header), Column(_l("motivo"))]
    width = len(sheet.header)
    return Table(
        columns=columns,
        rows=[(*each.cells[:width], each.reason) for each in verdicts if each.state is RowState.ERROR],
    )


class _Columns(NamedTuple):
    """Where the file says what; None for what it does not say."""

    email: int | None
    number: int | None
    sector: int | None


class _Said(NamedTuple):
    """What a row says."""

    row: SheetRow
    email: str
    number: str | None
    sector: str

    @classmethod
    def of(cls, row: SheetRow, places: _Columns) -> "_Said":
        email = row.at(places.email).lower()
        return cls(row, email, national_id(row.at(places.number)), row.at(places.sector))


@dataclass(slots=True)
class _Known:
    """What the rows are compared with."""

    people: Mapping[str, PersonRow | None]
    """By address and by number; None where a number is of two people."""
    enrolled: frozenset[UUID]
    places: int | None
    """Places left; null for no limit."""


def _people(actor: Actor, said: Sequence[_Said]) -> dict[str, PersonRow | None]:
    """Return the people in reach whom the rows name, by every address that reaches them and by number."""
    day = today()
    emails, numbers = ({each.email for each in said}, {each.number for each in said if each.number})
    seen = people_visible_to(actor, LearningPermission.MANAGE_COHORTS, day)
    named = (
        or_(Person.email.in_(emails), Person.national_id.in_(numbers))
        if numbers
        else Person.email.in_(emails)
    )
    found: dict[str, PersonRow | None] = {}
    for row in db.session.execute(people_rows(seen.where(named), day)):
        person = person_row(row)
        number = row[0].national_id
        found[person.email] = person
        if number:
            found[number] = None if number in found else person
    if emails - set(found) - {""}:
        found.update(_by_further_address(seen, emails - set(found)))
    return found


def _by_further_address(seen: Select[Any], emails: set[str]) -> dict[str, PersonRow | None]:
    """Return people by an address that they have since two records became one."""
    rows = db.session.execute(
        select(PersonAddress.email, PersonAddress.person_id).where(
            PersonAddress.email.in_(emails), PersonAddress.person_id.in_(seen.with_only_columns(Person.id))
        )
    ).all()
    if not rows:
        return {}
    people = {row.id: row for row in people_rows_of([row.person_id for row in rows], today())}
    return {row.email: people[row.person_id] for row in rows}


def _enrolled(cohort: Cohort) -> frozenset[UUID]:
    statement = select(Enrolment.person_id).where(
        Enrolment.cohort_id == cohort.id, Enrolment.state == EnrolmentState.ACTIVE
    )
    return frozenset(db.session.scalars(statement))


def _places(cohort: Cohort) -> int | None:
    return None if cohort.capacity is None else cohort.capacity - queries.count_enrolled(cohort.id)


def _judge_rows(said: Sequence[_Said], known: _Known) -> Iterator[RowVerdict]:
    lines: dict[object, int] = {}
    for each in said:
        verdict = _judge_row(each, known)
        who = verdict.person.id if verdict.person else each.email or each.number
        if who in lines:
            reason = _("Repetida: la misma persona está en la línea %(line)s.", line=lines[who])
            verdict = _refused(each, reason)
        elif who:
            lines[who] = each.row.line
        if verdict.state is RowState.ADD and known.places is not None:
            if not known.places:
                verdict = _refused(each, _("La cohorte ya no tiene lugares."))
            else:
                known.places -= 1
        yield verdict


def _judge_row(said: _Said, known: _Known) -> RowVerdict:
    person, sector = _find(said, known), _sector(said.sector)
    if not said.email and not said.number:
        return _refused(said, _("Falta el correo."))
    if person is None:
        return _refused(said, _why_nobody(said, known))
    row, email = said.row, said.email or person.email
    if person.id in known.enrolled:
        return RowVerdict(line=row.line, cells=row.cells, email=email, state=RowState.EXISTS, person=person)
    if person.institution_id is None:
        return _refused(said, _("La persona no tiene una institución vigente."))
    if said.sector and sector is None:
        return _refused(said, _("El sector «%(sector)s» no existe.", sector=said.sector))
    return RowVerdict(
        line=row.line, cells=row.cells, email=email, state=RowState.ADD, person=person, sector=sector
    )


def _find(said: _Said, known: _Known) -> PersonRow | None:
    """Return whom a row names: its address decides, and its number where it has no address."""
    return known.people.get(said.email) if said.email else known.people.get(said.number or "")


def _why_nobody(said: _Said, known: _Known) -> str:
    """Say why nobody is enrolled, and who it may be where the number is somebody's."""
    other = known.people.get(said.number or "")
    if said.email and other:
        return str(
            _("Posible duplicado: esa identificación es de %(name)s, con otro correo.", name=other.name)
        )
    if said.email:
        return str(_("No hay una persona con ese correo en el directorio."))
    if said.number in known.people:
        return str(_("Hay dos personas con esa identificación. Escriba el correo."))
    return str(_("No hay una persona con esa identificación en el directorio."))


def _refused(said: _Said, reason: object) -> RowVerdict:
    return RowVerdict(
        line=said.row.line, cells=said.row.cells, email=said.email, state=RowState.ERROR, reason=str(reason)
    )


def _sector(text: str) -> str | None:
    """Return the sector that somebody wrote by its name, its Spanish word or its id."""
    wanted = fold(text)
    for sector in SECTORS.values():
        if wanted in {sector.id, sector.slug, fold(sector.slug), fold(str(sector.label))}:
            return sector.id
    return None

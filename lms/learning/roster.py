"""The roster of a cohort: who takes part, how far each has come; one select for the page and the file."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, case, func, select

from lms.accounts.models import Person
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.folding import like, words
from lms.core.i18n import _, _l
from lms.core.tabular import Cell, Column, Kind, Table
from lms.core.text import Text
from lms.courses.models import Unit
from lms.courses.queries import OutlineModule
from lms.institutions.directory.models import Institution
from lms.learning.models import Cohort, Completion, Enrolment, EnrolmentState, UnitProgress
from lms.learning.permissions import LearningPermission
from lms.learning.queries import enrolment_condition
from lms.learning.rules import Standing, modules_done
from lms.web.sectors import SECTORS

LABELS: Mapping[Standing, Text] = {
    Standing.NOT_STARTED: _l("Sin empezar"),
    Standing.IN_PROGRESS: _l("En curso"),
    Standing.COMPLETED: _l("Completó"),
    Standing.WITHDRAWN: _l("De baja"),
}
COLUMNS = (
    Column(_l("Nombre")),
    Column(_l("Correo")),
    Column(_l("Institución")),
    Column(_l("Sector")),
    Column(_l("Estado")),
    Column(_l("Unidades terminadas"), Kind.WHOLE),
    Column(_l("Unidades del curso"), Kind.WHOLE),
    Column(_l("Inscripción"), Kind.MOMENT),
    Column(_l("Empezó"), Kind.MOMENT),
    Column(_l("Completó"), Kind.DATE),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterFilter:
    """What narrows and sorts a roster. Without a standing, those who were withdrawn are left out."""

    text: str = ""
    institution_id: UUID | None = None
    standing: Standing | None = None
    sort: str = "name"
    """name, institution or progress; a minus before it turns the order round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterRow:
    """A person in the roster."""

    enrolment_id: UUID
    name: str
    email: str
    institution: str
    sector: str | None
    standing: Standing
    finished: int
    """Units finished, quizzes included."""
    enrolled_at: datetime
    started_at: datetime | None
    completed_on: date | None
    is_test: bool = False


_standing = case(
    (Enrolment.state == EnrolmentState.WITHDRAWN, Standing.WITHDRAWN.value),
    (Completion.id.is_not(None), Standing.COMPLETED.value),
    (Enrolment.started_at.is_(None), Standing.NOT_STARTED.value),
    else_=Standing.IN_PROGRESS.value,
)
_finished = (
    select(func.count(UnitProgress.finished_at))
    .where(UnitProgress.enrolment_id == Enrolment.id)
    .correlate(Enrolment)
    .scalar_subquery()
)
ORDERS = {
    "name": Person.search_text,
    "institution": Institution.search_text,
    "progress": _finished,
}


def roster(actor: Actor, cohort: Cohort, wanted: RosterFilter) -> Select[UUID]:
    """Return the enrolments of a cohort's roster, as far as the actor sees it; ``rows_of`` adds the rest."""
    statement = (
        select(Enrolment.id)
        .join(Person, Person.id == Enrolment.person_id)
        .join(Institution, Institution.id == Enrolment.institution_id)
        .outerjoin(Completion, Completion.enrolment_id == Enrolment.id)
        .where(Enrolment.cohort_id == cohort.id, enrolment_condition(actor, LearningPermission.READ_COHORTS))
    )
    for word in words(wanted.text):
        statement = statement.where(Person.search_text.like(like(word), escape="\\"))
    if wanted.institution_id:
        statement = statement.where(Enrolment.institution_id == wanted.institution_id)
    if wanted.standing:
        statement = statement.where(_standing == wanted.standing.value)
    else:
        statement = statement.where(Enrolment.state == EnrolmentState.ACTIVE)
    return statement.order_by(*_order(wanted))


def rows_of(ids: Select[*tuple[Any, ...]], wanted: RosterFilter) -> Select[*tuple[Any, ...]]:
    """Return what ``read_row`` reads of some enrolments of a roster, in the same order."""
    shown = ids.subquery()
    return (
        select(Enrolment, Person, Institution.name, _standing, _finished, Completion.completed_on)
        .join(shown, shown.c.id == Enrolment.id)
        .join(Person, Person.id == Enrolment.person_id)
        .join(Institution, Institution.id == Enrolment.institution_id)
        .outerjoin(Completion, Completion.enrolment_id == Enrolment.id)
        .order_by(*_order(wanted))
    )


def _order(wanted: RosterFilter) -> tuple[Any, ...]:
    order = ORDERS.get(wanted.sort.removeprefix("-"), Person.search_text)
    first = order.desc() if wanted.sort.startswith("-") else order
    return first, Person.search_text, Enrolment.id


def read_row(row: Any) -> RosterRow:
    """Return a row of ``rows_of`` as a value."""
    enrolment, person, institution, standing, finished, completed_on = row
    return RosterRow(
        enrolment_id=enrolment.id,
        name=person.name,
        email=person.email or "",
        institution=institution,
        sector=enrolment.sector,
        standing=Standing(standing),
        finished=finished,
        enrolled_at=enrolment.enrolled_at,
        started_at=enrolment.started_at,
        completed_on=completed_on,
        is_test=person.is_test,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many people of a cohort stand where; those who only try things out are told apart."""

    standings: Mapping[Standing, int]
    tests: int
    """Test people who were not withdrawn."""


def count_standings(actor: Actor, cohort: Cohort) -> Counted:
    """Return how many of the people whom the actor sees stand where, in one query."""
    rows = db.session.execute(
        select(_standing, Person.is_test, func.count())
        .select_from(Enrolment)
        .join(Person, Person.id == Enrolment.person_id)
        .outerjoin(Completion, Completion.enrolment_id == Enrolment.id)
        .where(Enrolment.cohort_id == cohort.id, enrolment_condition(actor, LearningPermission.READ_COHORTS))
        .group_by(_standing, Person.is_test)
    ).all()
    found = {Standing(row[0]): row[2] for row in rows if not row[1]}
    return Counted(
        standings={standing: found.get(standing, 0) for standing in Standing},
        tests=sum(row[2] for row in rows if row[1] and Standing(row[0]) is not Standing.WITHDRAWN),
    )


def list_institutions(actor: Actor, cohort: Cohort) -> list[tuple[UUID, str]]:
    """Return the institutions for which people take part, as (id, name), in one query."""
    rows = db.session.execute(
        select(Institution.id, Institution.name)
        .join(Enrolment, Enrolment.institution_id == Institution.id)
        .where(Enrolment.cohort_id == cohort.id, enrolment_condition(actor, LearningPermission.READ_COHORTS))
        .distinct()
        .order_by(Institution.name)
    ).all()
    return [(row[0], row[1]) for row in rows]


def stations_done(enrolment_ids: Collection[UUID], outline: Sequence[OutlineModule]) -> dict[UUID, int]:
    """Return how many modules each enrolment has finished, in one query."""
    rows = db.session.execute(
        select(UnitProgress.enrolment_id, Unit.module_id, func.count(UnitProgress.finished_at))
        .join(Unit, Unit.id == UnitProgress.unit_id)
        .where(UnitProgress.enrolment_id.in_(enrolment_ids))
        .group_by(UnitProgress.enrolment_id, Unit.module_id)
    ).all()
    finished: dict[UUID, dict[UUID, int]] = {key: {} for key in enrolment_ids}
    for enrolment_id, module_id, count in rows:
        finished[enrolment_id][module_id] = count
    sizes = {module.id: len(module.units) for module in outline}
    return {key: modules_done(sizes, own) for key, own in finished.items()}


def roster_table(rows: Sequence[RosterRow], *, units: int) -> Table:
    """Return the roster as it goes into a file."""
    return Table(columns=COLUMNS, rows=[_cells(row, units) for row in rows])


def _cells(row: RosterRow, units: int) -> tuple[Cell, ...]:
    sector = SECTORS.get(row.sector or "")
    return (
        str(_("%(name)s (prueba)", name=row.name)) if row.is_test else row.name,
        row.email,
        row.institution,
        str(sector.label) if sector else "",
        str(LABELS[row.standing]),
        row.finished,
        units,
        row.enrolled_at,
        row.started_at,
        row.completed_on,
    )

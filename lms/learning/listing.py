"""The list of cohorts: one select for the page and the file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, select, true

from lms.accounts.queries import is_real_person
from lms.core.actors import Actor, Permission
from lms.core.folding import like, words
from lms.core.i18n import _l
from lms.core.tabular import Column, Kind, Table
from lms.courses.models import Release
from lms.institutions.programmes.models import Programme
from lms.learning.models import Cohort, Completion, Enrolment, EnrolmentState
from lms.learning.queries import enrolment_condition, visible_cohorts

COLUMNS = (
    Column(_l("Cohorte")),
    Column(_l("Curso")),
    Column(_l("Programa")),
    Column(_l("Primer día"), Kind.DATE),
    Column(_l("Último día"), Kind.DATE),
    Column(_l("Cupo"), Kind.WHOLE),
    Column(_l("Inscritas"), Kind.WHOLE),
    Column(_l("Completaron"), Kind.WHOLE),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortRow:
    """A cohort in a list, with how many of the people that the reader may see."""

    id: UUID
    name: str
    programme: str
    course: str
    starts_on: date
    ends_on: date
    capacity: int | None
    enrolled: int
    completed: int


def cohort_ids(
    actor: Actor, permission: Permission, *, text: str = "", status: str = "", sort: str = "", day: date
) -> Select[Any]:
    """Return the select of the ids of a list of cohorts; ``cohort_rows`` makes the rows of those that are shown.

    The newest come first, unless sorted by name, starts or enrolled; a minus before it turns the order round.
    """
    statement = visible_cohorts(actor, permission).with_only_columns(Cohort.id)
    for word in words(text):
        statement = statement.where(Cohort.search_text.like(like(word), escape="\\"))
    enrolled = select(func.count()).where(Enrolment.cohort_id == Cohort.id, *_people(actor, permission))
    order = _order(sort, enrolled.scalar_subquery())
    return statement.where(_status(status, day)).order_by(*order)


def cohort_rows(
    ids: Select[Any], actor: Actor, permission: Permission, *, sort: str = ""
) -> Select[*tuple[Any, ...]]:
    """Return the rows of some cohorts in the same order, counting only people whom the actor may see, no test people.

    ``read_cohort_row`` reads them. Nobody is counted of a cohort that is not among them.
    """
    shown = ids.subquery()
    counted = (
        select(
            Enrolment.cohort_id,
            func.count().label("enrolled"),
            func.count(Completion.id).label("completed"),
        )
        .outerjoin(Completion, Completion.enrolment_id == Enrolment.id)
        .where(Enrolment.cohort_id.in_(select(shown.c.id)), *_people(actor, permission))
        .group_by(Enrolment.cohort_id)
        .subquery()
    )
    enrolled, completed = (func.coalesce(count, 0) for count in (counted.c.enrolled, counted.c.completed))
    return (
        select(
            Cohort.id, Cohort.name, Programme.name, Release.title, Cohort.starts_on, Cohort.ends_on,
            Cohort.capacity, enrolled, completed,
        )
        .join(shown, shown.c.id == Cohort.id)
        .join(Programme, Programme.id == Cohort.programme_id)
        .join(Release, Release.id == Cohort.release_id)
        .outerjoin(counted, counted.c.cohort_id == Cohort.id)
        .order_by(*_order(sort, enrolled))
    )  # fmt: skip


def _people(actor: Actor, permission: Permission) -> tuple[ColumnElement[bool], ...]:
    return (
        Enrolment.state == EnrolmentState.ACTIVE,
        is_real_person(Enrolment.person_id),
        enrolment_condition(actor, permission),
    )


def _order(sort: str, enrolled: ColumnElement[int]) -> tuple[ColumnElement[Any], ...]:
    keys: dict[str, ColumnElement[Any]] = {
        "name": Cohort.search_text.expression, "starts": Cohort.starts_on.expression, "enrolled": enrolled,
    }  # fmt: skip
    key = keys.get(sort.removeprefix("-"), keys["starts"])
    is_falling = sort.startswith("-") or sort not in keys
    return (key.desc() if is_falling else key, Cohort.name.expression, Cohort.id.expression)


def _status(status: str, day: date) -> ColumnElement[bool]:
    match status:
        case "running":
            return and_(Cohort.starts_on <= day, Cohort.ends_on >= day)
        case "upcoming":
            return Cohort.starts_on > day
        case "over":
            return Cohort.ends_on < day
        case _:
            return true()


def read_cohort_row(row: Any) -> CohortRow:
    """Return a row of ``cohort_rows`` as a value."""
    names = ("id", "name", "programme", "course", "starts_on", "ends_on", "capacity", "enrolled", "completed")
    return CohortRow(**dict(zip(names, row, strict=True)))


def cohorts_table(rows: Sequence[CohortRow]) -> Table:
    """Return cohorts as they go into a file, in the order of the page."""
    return Table(
        columns=COLUMNS,
        rows=[
            (
                row.name, row.course, row.programme, row.starts_on, row.ends_on, row.capacity, row.enrolled,
                row.completed,
            )
            for row in rows
        ],
    )  # fmt: skip

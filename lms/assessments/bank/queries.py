"""Reads about the bank: the list, a question with its revisions, and where each one is used."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func, not_, select
from sqlalchemy.orm import aliased

from lms.assessments.analysis.permissions import AnalysisPermission
from lms.assessments.analysis.rules import Advice
from lms.assessments.bank.models import QuestionRevision, QuestionUse
from lms.assessments.bank.rules import (
    LEVELS,
    MEASURED,
    NEEDY,
    BankRow,
    Performance,
    Said,
    State,
    Wanted,
    state_of,
)
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.errors import NotFound
from lms.core.folding import fold, like, words
from lms.courses.compiler.course import Question
from lms.courses.models import Course, Release, ReleasedModule, Unit
from lms.courses.queries import get_unit, quiz_of
from lms.learning.models import Cohort
from lms.learning.queries import visible_cohorts

MOST_COHORTS: Final = 50
Rows = Select[*tuple[Any, ...]]
_NUMBER = (
    select(func.max(Release.number))
    .where(Release.course_id == QuestionRevision.course_id)
    .correlate(QuestionRevision)
    .scalar_subquery()
)
"""Of the newest release of the course."""
_PLACE = (Course.title, QuestionRevision.module, QuestionRevision.question_id, QuestionRevision.revision)
_COLUMNS: Final[Mapping[str, tuple[Any, ...]]] = MappingProxyType(
    {
        "course": (),
        "stem": (QuestionRevision.search_text,),
        "level": (
            case({level: rank for rank, level in enumerate(LEVELS)}, value=QuestionRevision.level, else_=9),
        ),
        "kind": (QuestionRevision.kind,),
        "facility": (QuestionRevision.facility, Course.title, QuestionRevision.question_id),
        "discrimination": (QuestionRevision.discrimination, Course.title, QuestionRevision.question_id),
    }
)
"""The same orders as those of the rules."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A quiz of a release that has a revision of a question."""

    revision_id: UUID
    unit_id: UUID
    unit_title: str
    place: tuple[str, str]
    """Slugs of module and quiz: the same through all releases."""
    release_id: UUID
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortUse:
    """A cohort whose release asks a question."""

    id: UUID
    name: str
    release_id: UUID
    number: int


def released_rows(wanted: Wanted, order: str, *, is_down: bool) -> Rows:
    """Return the newest revision of each question that passes the filters: for ``paginate`` and ``read_row``."""
    other = aliased(QuestionRevision)
    newest = (
        select(func.max(other.last_number))
        .where(
            other.course_id == QuestionRevision.course_id, other.question_id == QuestionRevision.question_id
        )
        .correlate(QuestionRevision)
        .scalar_subquery()
    )
    columns = [*_COLUMNS[order], *_PLACE]
    last = [_COLUMNS[order][0].is_(None)] if order in MEASURED else []
    return (
        select(QuestionRevision, Course, _NUMBER)
        .join(Course, Course.id == QuestionRevision.course_id)
        .where(QuestionRevision.last_number == newest, *_conditions(wanted))
        .order_by(*last, *(column.desc() for column in columns) if is_down else columns)
    )


def read_row(row: Any) -> BankRow:
    """Return a question of the list."""
    revision, course, number = row
    return BankRow(
        said=said_of(revision),
        state=state_of(is_retired=revision.is_retired, is_newest=revision.last_number == number),
        course=course.title,
        slug=course.slug,
        course_id=course.id,
        performance=kept_performance(revision),
    )


def kept_performance(revision: QuestionRevision) -> Performance:
    """Return how a revision did when it was last measured."""
    return Performance(
        people=revision.people,
        facility=revision.facility,
        discrimination=revision.discrimination,
        advice=Advice(revision.advice) if revision.advice else None,
    )


def said_of(row: QuestionRevision) -> Said:
    """Return what a revision says."""
    return Said(
        question_id=row.question_id,
        revision=row.revision,
        kind=row.kind,
        level=row.level,
        module=row.module,
        sector=row.sector,
        country=row.country,
        objective=row.objective,
        tags=tuple(row.tags),
        stem=row.stem,
        search_text=row.search_text,
    )


def list_known(course_id: UUID | None) -> frozenset[str]:
    """Return the ids of the questions of a course that some release has."""
    statement = select(QuestionRevision.question_id).where(QuestionRevision.course_id == course_id)
    return frozenset(db.session.scalars(statement.distinct()))


def list_courses() -> list[tuple[str, str]]:
    """Return address and title of the courses that have a release, by title."""
    return [
        (row[0], row[1])
        for row in db.session.execute(select(Course.slug, Course.title).order_by(Course.title))
    ]


def list_course_ids() -> list[UUID]:
    """Return the courses that have a question in some release."""
    statement = select(QuestionRevision.course_id).distinct().order_by(QuestionRevision.course_id)
    return list(db.session.scalars(statement))


def list_marks() -> tuple[list[int], list[str]]:
    """Return the numbers of modules and the countries that questions name, sorted."""
    rows = db.session.execute(select(QuestionRevision.module, QuestionRevision.country).distinct()).all()
    return sorted({row[0] for row in rows}), sorted({row[1] for row in rows if row[1]})


def list_revisions(course_id: UUID, question_id: str) -> Sequence[QuestionRevision]:
    """Return the revisions of a question, newest first; raises NotFound when no release has it."""
    found = db.session.scalars(
        select(QuestionRevision)
        .where(QuestionRevision.course_id == course_id, QuestionRevision.question_id == question_id)
        .order_by(
            QuestionRevision.last_number.desc(), QuestionRevision.first_seen_at.desc(), QuestionRevision.id
        )
    ).all()
    if not found:
        raise NotFound
    return found


def list_uses(revision_ids: Collection[UUID]) -> list[Use]:
    """Return where revisions are asked, the newest release first."""
    rows = db.session.execute(
        select(
            QuestionUse.revision_id,
            Unit.id,
            Unit.title,
            ReleasedModule.slug,
            Unit.slug,
            Release.id,
            Release.number,
        )
        .join(Unit, Unit.id == QuestionUse.unit_id)
        .join(ReleasedModule, ReleasedModule.id == Unit.module_id)
        .join(Release, Release.id == Unit.release_id)
        .where(QuestionUse.revision_id.in_(revision_ids))
        .order_by(Release.number.desc(), Unit.position)
    ).all()
    return [
        Use(
            revision_id=row[0],
            unit_id=row[1],
            unit_title=row[2],
            place=(row[3], row[4]),
            release_id=row[5],
            number=row[6],
        )
        for row in rows
    ]


def list_cohorts(actor: Actor, release_ids: Collection[UUID]) -> list[CohortUse]:
    """Return the cohorts in reach that study one of these releases, the last to start first."""
    rows = db.session.execute(
        visible_cohorts(actor, AnalysisPermission.READ)
        .with_only_columns(Cohort.id, Cohort.name, Cohort.release_id, Release.number)
        .join(Release, Release.id == Cohort.release_id)
        .where(Cohort.release_id.in_(release_ids))
        .order_by(Cohort.starts_on.desc(), Cohort.name)
        .limit(MOST_COHORTS)
    ).all()
    return [CohortUse(id=row[0], name=row[1], release_id=row[2], number=row[3]) for row in rows]


def get_question(unit_id: UUID, question_id: str) -> Question:
    """Return a question as a quiz asks it, key included; raises NotFound."""
    for question in quiz_of(get_unit(unit_id)).questions:
        if question.id == question_id:
            return question
    raise NotFound


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    row = QuestionRevision
    equal = {
        Course.slug: wanted.course,
        row.sector: wanted.sector,
        row.country: wanted.country,
        row.level: wanted.level,
        row.kind: wanted.kind,
    }
    found = [column == value for column, value in equal.items() if value]
    found += [row.search_text.like(like(word), escape="\\") for word in words(wanted.text)]
    if wanted.module is not None:
        found.append(row.module == wanted.module)
    if wanted.label:
        found.append(row.labels.like(like(f"|{fold(wanted.label)}|"), escape="\\"))
    if wanted.needs_attention:
        found.append(row.advice.in_(NEEDY))
    if wanted.state:
        found.append(_stands(wanted.state))
    return found


def _stands(state: str) -> ColumnElement[bool]:
    is_live = and_(QuestionRevision.last_number == _NUMBER, QuestionRevision.is_retired.is_(False))
    match state:
        case State.RELEASED:
            return is_live
        case State.RETIRED:
            return not_(is_live)
        case _:  # what only a draft has is in no release
            return QuestionRevision.id.is_(None)

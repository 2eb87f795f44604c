"""Reads about cohorts, enrolments, progress and completion."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true

from lms.accounts.models import Person
from lms.accounts.queries import is_real_person, list_people_with_role
from lms.core.actors import Actor, Permission, Reach, Role, ScopeKind
from lms.core.context import registry
from lms.core.db import db
from lms.core.errors import NotFound
from lms.core.i18n import current_language
from lms.courses.models import Release, Unit, UnitKind
from lms.courses.queries import OutlineModule, OutlineUnit, list_outline
from lms.institutions.directory.models import Institution
from lms.institutions.directory.queries import subtree_condition
from lms.institutions.programmes.models import Programme
from lms.learning.models import Cohort, Completion, Enrolment, EnrolmentState, UnitProgress
from lms.learning.permissions import LearningPermission
from lms.learning.rules import Outcome, Route, RouteModule, RouteUnit, is_open, judge
from lms.plugins.criteria import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """An enrolment with everything that says what is studied and until when."""

    enrolment: Enrolment
    cohort: Cohort
    release: Release
    programme: Programme
    completed_on: date | None = None

    @property
    def id(self) -> UUID:
        """Return the enrolment's id."""
        return self.enrolment.id

    def day(self, now: datetime) -> date:
        """Return the day that it is for the programme."""
        return now.astimezone(ZoneInfo(self.programme.timezone)).date()

    def is_open(self, now: datetime) -> bool:
        """Say whether progress counts now."""
        return is_open(self.cohort.starts_on, self.cohort.ends_on, self.day(now))


class Opened(NamedTuple):
    """A unit that an enrolment has opened."""

    finished_at: datetime | None


def reach_of(actor: Actor, permission: Permission) -> Reach:
    """Return how far a permission goes over cohorts.

    Managing is for whoever has the programme: a role in one cohort or institution reads and no more.
    """
    reach = actor.reach(permission)
    if permission is LearningPermission.MANAGE_COHORTS:
        return replace(reach, cohorts=frozenset(), institutions=frozenset(), own=False)
    return reach


def enrolment_condition(actor: Actor, permission: Permission) -> ColumnElement[bool]:
    """Return THE condition under which a permission reaches an enrolment; lists, pages and files share it."""
    reach = reach_of(actor, permission)
    if reach.everywhere:
        return true()
    ways: list[ColumnElement[bool]] = [false()]
    if reach.programmes:
        cohorts = select(Cohort.id).where(Cohort.programme_id.in_(reach.programmes))
        ways.append(Enrolment.cohort_id.in_(cohorts))
    if reach.cohorts:
        ways.append(Enrolment.cohort_id.in_(reach.cohorts))
    if reach.institutions:
        institutions = select(Institution.id).where(subtree_condition(reach.institutions))
        ways.append(Enrolment.institution_id.in_(institutions))
    if reach.own:
        ways.append(Enrolment.person_id == actor.person_id)
    return or_(*ways)


def visible_enrolments(actor: Actor, permission: Permission) -> Select[Enrolment]:
    """Return the enrolments that a permission reaches, withdrawn ones too."""
    return select(Enrolment).where(enrolment_condition(actor, permission))


def visible_cohorts(actor: Actor, permission: Permission) -> Select[Cohort]:
    """Return the cohorts a permission reaches: the actor's programmes and cohorts, and those of people they see."""
    reach = reach_of(actor, permission)
    statement = select(Cohort)
    if reach.everywhere:
        return statement
    ways = [Cohort.programme_id.in_(reach.programmes), Cohort.id.in_(reach.cohorts)]
    if reach.institutions or reach.own:
        ways.append(Cohort.id.in_(select(Enrolment.cohort_id).where(enrolment_condition(actor, permission))))
    return statement.where(or_(*ways))


def get_cohort(cohort_id: UUID) -> Cohort:
    """Return a cohort; raises NotFound."""
    cohort = db.session.get(Cohort, cohort_id)
    if cohort is None:
        raise NotFound
    return cohort


def get_enrolment(enrolment_id: UUID) -> Enrolment:
    """Return an enrolment; raises NotFound. For jobs and subscribers: a request asks ``access``."""
    enrolment = db.session.get(Enrolment, enrolment_id)
    if enrolment is None:
        raise NotFound
    return enrolment


def find_enrolment(cohort_id: UUID, person_id: UUID) -> Enrolment | None:
    """Return a person's enrolment in a cohort, withdrawn or not."""
    return db.session.scalar(
        select(Enrolment).where(Enrolment.cohort_id == cohort_id, Enrolment.person_id == person_id)
    )


def find_completion(enrolment_id: UUID) -> Completion | None:
    """Return the completion of an enrolment, if it was reached."""
    return db.session.scalar(select(Completion).where(Completion.enrolment_id == enrolment_id))


def list_incomplete(cohort_id: UUID) -> Sequence[Enrolment]:
    """Return the active enrolments of a cohort without a completion."""
    return db.session.scalars(
        select(Enrolment)
        .outerjoin(Completion, Completion.enrolment_id == Enrolment.id)
        .where(
            Enrolment.cohort_id == cohort_id,
            Enrolment.state == EnrolmentState.ACTIVE,
            Completion.id.is_(None),
        )
        .order_by(Enrolment.id)
    ).all()


def find_progress(enrolment_id: UUID, unit_id: UUID) -> UnitProgress | None:
    """Return how far an enrolment has come with a unit; None when it was never opened."""
    return db.session.scalar(
        select(UnitProgress).where(UnitProgress.enrolment_id == enrolment_id, UnitProgress.unit_id == unit_id)
    )


def count_enrolled(cohort_id: UUID) -> int:
    """Return how many places of a cohort are taken; who only tries things out takes none."""
    statement = select(func.count()).where(
        Enrolment.cohort_id == cohort_id,
        Enrolment.state == EnrolmentState.ACTIVE,
        is_real_person(Enrolment.person_id),
    )
    return db.session.scalar(statement) or 0


def enrolled_among(cohort_id: UUID, person_ids: Collection[UUID]) -> set[UUID]:
    """Return which of these people take part in a cohort."""
    statement = select(Enrolment.person_id).where(
        Enrolment.cohort_id == cohort_id,
        Enrolment.state == EnrolmentState.ACTIVE,
        Enrolment.person_id.in_(person_ids),
    )
    return set(db.session.scalars(statement))


def list_numbers(programme_id: UUID, course_id: UUID, year: int) -> Sequence[int]:
    """Return the ordinals taken by a programme's cohorts of a course in a year."""
    return db.session.scalars(
        select(Cohort.number).where(
            Cohort.programme_id == programme_id, Cohort.course_id == course_id, Cohort.year == year
        )
    ).all()


@cache
def studies() -> Select[Enrolment, Cohort, Release, Programme, date]:
    """Return the select of enrolments with cohort, release, programme and day of completion."""
    return (
        select(Enrolment, Cohort, Release, Programme, Completion.completed_on)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Release, Release.id == Cohort.release_id)
        .join(Programme, Programme.id == Cohort.programme_id)
        .outerjoin(Completion, Completion.enrolment_id == Enrolment.id)
    )


def read_study(row: Any) -> Study:
    """Return a row of ``studies`` as a value."""
    return Study(enrolment=row[0], cohort=row[1], release=row[2], programme=row[3], completed_on=row[4])


def list_my_enrolments(person_id: UUID) -> list[Study]:
    """Return what a person studies: unfinished before completed, and the cohort that ends first leads."""
    rows = db.session.execute(
        studies()
        .where(Enrolment.person_id == person_id, Enrolment.state == EnrolmentState.ACTIVE)
        .order_by(Completion.completed_on.is_not(None), Cohort.ends_on, Cohort.name, Enrolment.id)
    ).all()
    return [read_study(row) for row in rows]


def routes_of(found: Collection[Study]) -> dict[UUID, Route]:
    """Return each enrolment's route with what is seen and finished: one query beside the outlines, which are kept."""
    progress = progress_of([study.id for study in found])
    language = current_language()
    outlines = {study.release.id: _outline(study.release, language) for study in found}
    return {study.id: _route(outlines[study.release.id], progress[study.id]) for study in found}


def _outline(release: Release, language: str) -> list[OutlineModule]:
    return list_outline(release.id, "" if language == release.language else language)


def _route(outline: Sequence[OutlineModule], progress: Mapping[UUID, Opened]) -> Route:
    return Route(modules=tuple(_route_module(module, progress) for module in outline))


def _route_module(module: OutlineModule, progress: Mapping[UUID, Opened]) -> RouteModule:
    return RouteModule(
        id=module.id,
        position=module.position,
        slug=module.slug,
        title=module.title,
        objective=module.objective,
        hours=module.hours,
        units=tuple(_route_unit(module.slug, unit, progress.get(unit.id)) for unit in module.units),
    )


def _route_unit(module_slug: str, unit: OutlineUnit, opened: Opened | None) -> RouteUnit:
    return RouteUnit(
        id=unit.id,
        is_quiz=unit.kind is UnitKind.QUIZ,
        is_simulation=unit.kind is UnitKind.SIMULATION,
        module_slug=module_slug,
        slug=unit.slug,
        title=unit.title,
        minutes=unit.minutes,
        is_seen=opened is not None,
        is_finished=opened is not None and opened.finished_at is not None,
    )


def progress_of(enrolment_ids: Collection[UUID]) -> dict[UUID, dict[UUID, Opened]]:
    """Return the units that each enrolment has opened, by unit, in one query."""
    found: dict[UUID, dict[UUID, Opened]] = {key: {} for key in enrolment_ids}
    statement = select(UnitProgress.enrolment_id, UnitProgress.unit_id, UnitProgress.finished_at)
    rows = db.session.execute(statement.where(UnitProgress.enrolment_id.in_(enrolment_ids)))
    for enrolment_id, unit_id, finished_at in rows:
        found[enrolment_id][unit_id] = Opened(finished_at)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonCount:
    """How many lessons of its release an enrolment has finished, and until when it may."""

    finished: int
    total: int
    ends_on: date
    timezone: str


def count_lessons(enrolment_ids: Collection[UUID]) -> dict[UUID, LessonCount]:
    """Return the lessons finished and to finish by enrolment, in one query."""
    progress = and_(UnitProgress.unit_id == Unit.id, UnitProgress.enrolment_id == Enrolment.id)
    is_lesson = and_(Unit.release_id == Cohort.release_id, Unit.kind == UnitKind.LESSON)
    counts = (func.count(UnitProgress.finished_at), func.count(Unit.id))
    rows = db.session.execute(
        select(Enrolment.id, *counts, Cohort.ends_on, Programme.timezone)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Programme, Programme.id == Cohort.programme_id)
        .outerjoin(Unit, is_lesson)
        .outerjoin(UnitProgress, progress)
        .where(Enrolment.id.in_(enrolment_ids))
        .group_by(Enrolment.id, Cohort.ends_on, Programme.timezone)
    ).all()
    return {
        row[0]: LessonCount(finished=row[1], total=row[2], ends_on=row[3], timezone=row[4]) for row in rows
    }


def outcomes_of(enrolment_ids: Sequence[UUID]) -> dict[UUID, Outcome]:
    """Return what every registered criterion says about each enrolment, and what follows from all of them."""
    said = [criterion.judge(enrolment_ids) for criterion in registry("completion_criteria").values()]
    return {key: judge(verdicts.get(key) for verdicts in said) for key in enrolment_ids}


def meeting_everything(enrolment_ids: Iterable[UUID]) -> set[UUID]:
    """Return which enrolments meet every registered criterion; each is asked only about those who met the others."""
    left, asked = set(enrolment_ids), set[UUID]()
    for criterion in registry("completion_criteria").values():
        verdicts = criterion.judge(list(left)) if left else {}
        said = {key: verdict.state for key, verdict in verdicts.items() if verdict}
        asked |= said.keys()
        left = {key for key in left if said.get(key, State.MET) is State.MET}
    return left & asked


def outcome_of(enrolment_id: UUID) -> Outcome:
    """Return what every registered criterion says about one enrolment."""
    return outcomes_of([enrolment_id])[enrolment_id]


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterEntry:
    """A person who takes part in a cohort."""

    enrolment_id: UUID
    person_id: UUID
    name: str
    institution: str
    sector: str | None
    is_test: bool = False


def list_roster(cohort_id: UUID) -> list[RosterEntry]:
    """Return everybody who takes part in a cohort, by name, in one query; for whoever runs the cohort."""
    rows = db.session.execute(
        select(Enrolment, Person, Institution.name)
        .join(Person, Person.id == Enrolment.person_id)
        .join(Institution, Institution.id == Enrolment.institution_id)
        .where(Enrolment.cohort_id == cohort_id, Enrolment.state == EnrolmentState.ACTIVE)
        .order_by(Person.search_text, Person.id)
    ).all()
    return [
        RosterEntry(
            enrolment_id=enrolment.id,
            person_id=person.id,
            name=person.name,
            institution=institution,
            sector=enrolment.sector,
            is_test=person.is_test,
        )
        for enrolment, person, institution in rows
    ]


def list_trainers(cohort_id: UUID) -> list[Person]:
    """Return who has the trainer's role in a cohort, by name."""
    held = list_people_with_role(ScopeKind.COHORT, [cohort_id])
    return [person for assignment, person in held if assignment.role is Role.TRAINER and person.is_active]


def list_managed_programmes(actor: Actor) -> Sequence[Programme]:
    """Return the programmes in which the actor may create cohorts, by name."""
    reach = reach_of(actor, LearningPermission.MANAGE_COHORTS)
    statement = select(Programme).order_by(Programme.name)
    if not reach.everywhere:
        statement = statement.where(Programme.id.in_(reach.programmes))
    return db.session.scalars(statement).all()

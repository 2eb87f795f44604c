"""Reads about the measures before, after and months later."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import chain
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, select

from lms.accounts.queries import is_real_person
from lms.assessments.attempts.models import Attempt
from lms.assessments.gain.rules import Case, Participant, Score
from lms.core.actors import Actor, Permission
from lms.core.db import db
from lms.courses.compiler.quiz_terms import Moment
from lms.courses.models import Release, Unit, UnitKind
from lms.institutions.directory.models import Institution
from lms.institutions.directory.rules import ids_on_path
from lms.institutions.programmes.models import Programme
from lms.institutions.programmes.queries import member_condition
from lms.learning.models import Cohort, Enrolment, EnrolmentState
from lms.learning.queries import enrolment_condition, reach_of

MEASURES: Final = (Moment.INITIAL, Moment.FINAL, Moment.FOLLOW_UP)


def cohort_condition(cohort: Cohort) -> ColumnElement[bool]:
    """Return the condition that an enrolment belongs to a cohort."""
    return Enrolment.cohort_id == cohort.id


def course_condition(programme: Programme, course_id: UUID, year: int | None) -> ColumnElement[bool]:
    """Return the condition that an enrolment belongs to a programme's cohorts of a course, of a year or of any."""
    cohorts = select(Cohort.id).where(Cohort.programme_id == programme.id, Cohort.course_id == course_id)
    if year is not None:
        cohorts = cohorts.where(Cohort.year == year)
    return Enrolment.cohort_id.in_(cohorts)


def list_participants(
    actor: Actor, permission: Permission, programme: Programme, wanted: ColumnElement[bool], *, day: date
) -> list[Participant]:
    """Return the people of some enrolments whom the permission reaches, each once, in four queries.

    Whoever sees the whole programme sees people at its member institutions; others at their own offices. Somebody
    enrolled more than once counts where they answered most, and there the first time.
    """
    reached = and_(
        enrolment_condition(actor, permission),
        Enrolment.state == EnrolmentState.ACTIVE,
        is_real_person(Enrolment.person_id),
        wanted,
    )
    cases = _cases(reached, _measures(programme.id))
    name_of = namer(actor, permission, programme, day)
    rows = db.session.execute(
        select(Enrolment.id, Enrolment.person_id, Enrolment.sector, Institution.name, Institution.path)
        .join(Institution, Institution.id == Enrolment.institution_id)
        .where(reached)
        .order_by(Enrolment.enrolled_at, Enrolment.id)
    )
    best: dict[UUID, Participant] = {}
    for enrolment_id, person_id, sector, name, path in rows:
        found = Participant(
            person_id=person_id,
            institution=name_of(path, name),
            sector=sector,
            case=cases.get(enrolment_id, Case()),
        )
        if person_id not in best or _answered(found.case) > _answered(best[person_id].case):
            best[person_id] = found
    return list(best.values())


def namer(actor: Actor, permission: Permission, programme: Programme, day: date) -> Callable[[str, str], str]:
    """Return how a table calls the institution at a path with a name: the member above it, or itself.

    Whoever sees the whole programme reads of its members; others of their own offices.
    """
    members = _members(programme, day) if _sees_all(actor, permission, programme) else {}

    @cache
    def member_above(path: str) -> str | None:
        return next((members[each] for each in reversed(ids_on_path(path)) if each in members), None)

    return lambda path, name: member_above(path) or name


def list_moments(release_ids: Iterable[UUID]) -> set[Moment]:
    """Return which measures some releases hold."""
    moment = _moment()
    rows = db.session.scalars(
        select(moment).where(Unit.release_id.in_(list(release_ids)), _is_measure()).distinct()
    )
    return {Moment(row) for row in rows}


def list_courses(programme_id: UUID) -> list[tuple[UUID, str]]:
    """Return the courses of a programme that are measured before they begin, with the newest title, by title."""
    rows = db.session.execute(
        select(Cohort.course_id, Release.title, Release.number)
        .join(Release, Release.id == Cohort.release_id)
        .join(Unit, Unit.release_id == Release.id)
        .where(Cohort.programme_id == programme_id, _moment() == Moment.INITIAL)
        .order_by(Release.number)
    )
    titles = {course_id: title for course_id, title, _number in rows}
    return sorted(titles.items(), key=lambda each: each[1])


def list_years(programme_id: UUID, course_id: UUID) -> Sequence[int]:
    """Return the years of a programme's cohorts of a course, the latest first."""
    return db.session.scalars(
        select(Cohort.year)
        .where(Cohort.programme_id == programme_id, Cohort.course_id == course_id)
        .distinct()
        .order_by(Cohort.year.desc())
    ).all()


def releases_of(programme_id: UUID, course_id: UUID) -> Select[UUID]:
    """Return the select of the releases that a programme's cohorts of a course study."""
    return select(Cohort.release_id).where(Cohort.programme_id == programme_id, Cohort.course_id == course_id)


def _measures(programme_id: UUID) -> dict[str, list[UUID]]:
    """Return the units that measure each moment, of every release of a programme's courses."""
    courses = select(Cohort.course_id).where(Cohort.programme_id == programme_id)
    releases = select(Release.id).where(Release.course_id.in_(courses))
    named = select(Unit.id, _moment().label("moment"))
    found: dict[str, list[UUID]] = {}
    for row in db.session.execute(
        named.where(Unit.release_id.in_(releases), _is_measure()).order_by(Unit.id)
    ):
        found.setdefault(row.moment, []).append(row.id)
    return found


def _cases(reached: ColumnElement[bool], measures: Mapping[str, list[UUID]]) -> dict[UUID, Case]:
    """Return what each enrolment answered: the first graded result of each measure."""
    if not measures:
        return {}
    moment = case(*((Attempt.unit_id.in_(units), name) for name, units in measures.items()))
    rows = db.session.execute(
        select(Attempt.enrolment_id, moment, Attempt.earned, Attempt.possible, Attempt.form)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .where(
            reached,
            Attempt.unit_id.in_(list(chain(*measures.values()))),
            Attempt.submitted_at.is_not(None),
            Attempt.earned.is_not(None),
            Attempt.possible > 0,
        )
        .order_by(Attempt.submitted_at, Attempt.id)
    )
    first: dict[UUID, dict[str, Score]] = {}
    for enrolment_id, when, earned, possible, form in rows:
        if earned is not None:  # the query says so, and its type does not
            score = Score(share=float(earned / possible), form=form)
            first.setdefault(enrolment_id, {}).setdefault(when, score)
    return {
        key: Case(
            initial=scores.get(Moment.INITIAL),
            final=scores.get(Moment.FINAL),
            later=scores.get(Moment.FOLLOW_UP),
        )
        for key, scores in first.items()
    }


def _moment() -> ColumnElement[str]:
    moment: ColumnElement[str] = Unit.body["moment"].as_string()
    return moment


def _is_measure() -> ColumnElement[bool]:
    return and_(Unit.kind == UnitKind.QUIZ, _moment().in_(MEASURES))


def _answered(case: Case) -> int:
    return (case.initial is not None) + (case.final is not None) + (case.pair is not None)


def _sees_all(actor: Actor, permission: Permission, programme: Programme) -> bool:
    reach = reach_of(actor, permission)
    return reach.everywhere or programme.id in reach.programmes or bool(reach.cohorts)


def _members(programme: Programme, day: date) -> dict[UUID, str]:
    """Return the names of the members of a day."""
    named = select(Institution.id, Institution.name).where(member_condition(programme.id, day))
    return {row.id: row.name for row in db.session.execute(named)}

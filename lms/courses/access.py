"""From an id and an actor to a course, a release or a unit; a stranger gets the same answer as for a typo."""

from uuid import UUID

from lms.core.actors import Actor
from lms.core.db import db
from lms.core.errors import NotFound
from lms.courses import queries, rules
from lms.courses.compiler.course import Question
from lms.courses.models import Course, Release, Unit, UnitKind
from lms.courses.permissions import CoursePermission
from lms.courses.queries import OutlineUnit


def access_course(actor: Actor, permission: CoursePermission, course_id: UUID) -> Course:
    """Return a course that this permission shows to the actor."""
    course = db.session.scalar(queries.visible_to(actor, permission).where(Course.id == course_id))
    if course is None:
        raise NotFound
    return course


def access_release(actor: Actor, permission: CoursePermission, release_id: UUID) -> tuple[Course, Release]:
    """Return a release of a course that this permission shows to the actor."""
    release = queries.get_release(release_id)
    return access_course(actor, permission, release.course_id), release


def access_offered_course(slug: str) -> tuple[Course, Release]:
    """Return a course that anybody may read about, with its newest release."""
    course = queries.find_course(slug)
    release = queries.find_latest_release(course.id) if course else None
    if course is None or release is None:
        raise NotFound
    return course, release


def access_unit(release: Release, module_slug: str, unit_slug: str) -> Unit:
    """Return a unit of a release that the actor already holds."""
    unit = queries.find_unit(release.id, module_slug, unit_slug)
    if unit is None:
        raise NotFound
    return unit


def access_outline_unit(release: Release, module_slug: str, unit_slug: str) -> OutlineUnit:
    """Return a unit of a release that the actor already holds as its outline has it, without its body."""
    unit = queries.find_in_outline(release.id, module_slug, unit_slug)
    if unit is None:
        raise NotFound
    return unit


def access_check(unit_id: UUID, question_id: str, language: str) -> Question:
    """Return a self-check of a lesson as it is read in a language; the questions of a quiz are never found here."""
    unit = queries.get_unit(unit_id)
    if unit.kind is not UnitKind.LESSON:
        raise NotFound
    lesson = queries.read_lesson(unit, queries.get_release(unit.release_id), language).lesson
    question = rules.find_check(lesson, question_id)
    if question is None:
        raise NotFound
    return question

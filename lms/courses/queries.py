"""Reads about courses. A release never changes, so its outline and what is read of it are kept in the process."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from sqlalchemy import ScalarSelect, Select, false, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased, undefer

from lms.core.actors import Actor, Permission
from lms.core.db import db
from lms.core.errors import NotFound
from lms.core.types import Json
from lms.courses.compiler.codec import lesson_from_json, quiz_from_json
from lms.courses.compiler.course import Lesson, Quiz, Simulation
from lms.courses.compiler.languages import LANGUAGES, Language
from lms.courses.compiler.quiz_terms import Moment
from lms.courses.compiler.simulation_codec import simulation_from_json
from lms.courses.models import (
    Course,
    Release,
    ReleaseAsset,
    ReleasedModule,
    Unit,
    UnitKind,
    UnitTranslation,
)
from lms.courses.permissions import CoursePermission


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineUnit:
    """A lesson or quiz in the outline of a release."""

    id: UUID
    position: int
    """Order through the whole release, from 1."""
    kind: UnitKind
    slug: str
    title: str
    minutes: int
    is_follow_up: bool = False
    """Whether it is answered months after the course."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineModule:
    """A station of the route with its units in order."""

    id: UUID
    position: int
    """The number people call it by; an introduction may be 0."""
    slug: str
    title: str
    objective: str
    hours: float
    units: tuple[OutlineUnit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseCard:
    """A course as the catalogue offers it: its latest release."""

    slug: str
    release_id: UUID
    title: str
    summary: str
    language: str
    hours: float
    sector: str | None
    sectors: tuple[str, ...]
    module_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseRow:
    """A course in the list of those who teach."""

    id: UUID
    title: str
    slug: str
    release_id: UUID
    number: int
    released_at: datetime
    withdrawn_at: datetime | None


def get_course(course_id: UUID) -> Course:
    """Return a course; raises NotFound."""
    course = db.session.get(Course, course_id)
    if course is None:
        raise NotFound
    return course


def find_course(slug: str) -> Course | None:
    """Return the course of this slug."""
    return db.session.scalar(select(Course).where(Course.slug == slug))


def get_release(release_id: UUID) -> Release:
    """Return a release; raises NotFound."""
    release = db.session.get(Release, release_id)
    if release is None:
        raise NotFound
    return release


def find_latest_release(course_id: UUID) -> Release | None:
    """Return the newest release of a course that cohorts may take."""
    return db.session.scalar(
        select(Release)
        .where(Release.course_id == course_id, Release.withdrawn_at.is_(None))
        .order_by(Release.number.desc())
        .limit(1)
    )


def find_newest_release(course_id: UUID) -> Release | None:
    """Return the release of a course with the highest number, withdrawn or not."""
    return db.session.scalar(
        select(Release).where(Release.course_id == course_id).order_by(Release.number.desc()).limit(1)
    )


def find_release_of_hash(course_id: UUID, content_hash: str) -> Release | None:
    """Return the release made of exactly this content."""
    return db.session.scalar(
        select(Release).where(Release.course_id == course_id, Release.content_hash == content_hash)
    )


def list_releases(course_id: UUID) -> Sequence[Release]:
    """Return the releases of a course, newest first."""
    return db.session.scalars(
        select(Release).where(Release.course_id == course_id).order_by(Release.number.desc())
    ).all()


def get_last_number(course_id: UUID) -> int:
    """Return the number of the newest release, 0 when there is none."""
    return db.session.scalar(select(func.max(Release.number)).where(Release.course_id == course_id)) or 0


def list_outline(release_id: UUID, language: str = "", *, is_whole: bool = False) -> list[OutlineModule]:
    """Return the modules of a release with their units; raises NotFound when there are none.

    With a language, whatever is translated has its title in it. What is answered months after the course is no part
    of its route: only the whole outline has it.
    """
    found = _outline_in(release_id, language) if language else _outline(release_id)
    return list(found) if is_whole else _on_route(found)


def _on_route(modules: Sequence[OutlineModule]) -> list[OutlineModule]:
    kept = ((module, tuple(unit for unit in module.units if not unit.is_follow_up)) for module in modules)
    return [replace(module, units=units) for module, units in kept if units or not module.units]


def get_unit(unit_id: UUID) -> Unit:
    """Return a unit with its body; raises NotFound."""
    unit = db.session.scalar(select(Unit).where(Unit.id == unit_id).options(undefer(Unit.body)))
    if unit is None:
        raise NotFound
    return unit


def get_unit_body(unit_id: UUID) -> Json:
    """Return the compiled lesson or quiz, keys included; raises NotFound."""
    body: Json | None = db.session.scalar(select(Unit.body).where(Unit.id == unit_id))
    if body is None:
        raise NotFound
    return body


def find_unit(release_id: UUID, module_slug: str, unit_slug: str) -> Unit | None:
    """Return a unit of a release, with its body, by the slugs of its address."""
    return db.session.scalar(
        select(Unit)
        .join(ReleasedModule, ReleasedModule.id == Unit.module_id)
        .where(Unit.release_id == release_id, ReleasedModule.slug == module_slug, Unit.slug == unit_slug)
        .options(undefer(Unit.body))
    )


def lesson_of(unit: Unit) -> Lesson:
    """Return the compiled lesson of a unit that was read with its body; raises NotFound for any other kind."""
    if unit.kind is not UnitKind.LESSON:
        raise NotFound
    return lesson_from_json(unit.body)


def find_in_outline(release_id: UUID, module_slug: str, unit_slug: str) -> OutlineUnit | None:
    """Return a unit of a release by the slugs of its address, without its body: no query once the outline is kept."""
    return next(
        (
            unit
            for module in _outline(release_id)
            for unit in module.units
            if module.slug == module_slug and unit.slug == unit_slug
        ),
        None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A lesson in the language in which somebody reads it."""

    lesson: Lesson
    language: str
    languages: tuple[Language, ...]
    """In which it can be read, that of the course first."""


def read_lesson(unit: Unit | OutlineUnit, release: Release, wanted: str) -> Reading:
    """Return the lesson of a unit in the language wanted, or else in that of its release; raises NotFound."""
    translated = _titles(release.id).get(unit.id, {})
    languages = tuple(LANGUAGES[code] for code in (release.language, *translated) if code in LANGUAGES)
    if unit.kind is not UnitKind.LESSON:
        raise NotFound
    language = wanted if wanted in translated else release.language
    lesson = _lesson(unit.id, language if language in translated else "")
    return Reading(lesson=lesson, language=language, languages=languages)


def find_translated_body(unit_id: UUID, language: str) -> Json | None:
    """Return a compiled unit in another language, keys included; None when there is none in it."""
    return db.session.scalar(
        select(UnitTranslation.body).where(
            UnitTranslation.unit_id == unit_id, UnitTranslation.language == language
        )
    )


def quiz_of(unit: Unit) -> Quiz:
    """Return the compiled quiz of a unit, keys included; raises NotFound for a lesson."""
    if unit.kind is not UnitKind.QUIZ:
        raise NotFound
    return quiz_from_json(unit.body)


def simulation_of(unit: Unit) -> Simulation:
    """Return the compiled simulation of a unit, scores included; raises NotFound for any other kind."""
    if unit.kind is not UnitKind.SIMULATION:
        raise NotFound
    return simulation_from_json(unit.body)


def list_courses_public() -> list[CourseCard]:
    """Return every course that has a release to take, by title."""
    count = select(func.count(ReleasedModule.id)).where(ReleasedModule.release_id == Release.id)
    rows = db.session.execute(
        select(Release, Course.slug, count.scalar_subquery())
        .join(Course, Course.id == Release.course_id)
        .where(Release.number == _newest(Release.course_id, only_offered=True))
        .order_by(Release.title)
    ).all()
    return [_card(release, slug, modules) for release, slug, modules in rows]


def visible_to(actor: Actor, permission: Permission) -> Select[Course]:
    """Return the courses that a permission shows: courses belong to no programme, so all or none.

    Whoever teaches in one programme reads them all; what every programme would notice needs the whole installation.
    """
    reach = actor.reach(permission)
    is_shown = bool(reach) if permission is CoursePermission.READ_RELEASES else reach.everywhere
    return select(Course) if is_shown else select(Course).where(false())


def rows_visible_to(actor: Actor, permission: Permission) -> Select[Course, Release]:
    """Return those courses, each with its newest release, by title: for ``paginate`` and ``course_row``."""
    return (
        visible_to(actor, permission)
        .add_columns(Release)
        .join(Release, Release.course_id == Course.id)
        .where(Release.number == _newest(Course.id, only_offered=False))
        .order_by(Course.title, Course.id)
    )


def course_row(course: Course, release: Release) -> CourseRow:
    """Return the row of a course and its newest release."""
    return CourseRow(
        id=course.id,
        title=course.title,
        slug=course.slug,
        release_id=release.id,
        number=release.number,
        released_at=release.released_at,
        withdrawn_at=release.withdrawn_at,
    )


def find_asset(sha256: str) -> ReleaseAsset | None:
    """Return a picture that some release uses, by its hash."""
    return db.session.scalar(select(ReleaseAsset).where(ReleaseAsset.sha256 == sha256).limit(1))


@lru_cache(maxsize=64)
def _outline(release_id: UUID) -> tuple[OutlineModule, ...]:
    rows = db.session.execute(
        select(ReleasedModule, Unit, Unit.body["moment"].as_string())
        .outerjoin(Unit, Unit.module_id == ReleasedModule.id)
        .where(ReleasedModule.release_id == release_id)
        .order_by(ReleasedModule.position, Unit.position)
    ).all()
    if not rows:
        raise NotFound  # an exception is not kept: the release may be on its way
    units: dict[ReleasedModule, list[OutlineUnit]] = {}
    for module, unit, moment in rows:
        units.setdefault(module, []).extend([_unit_row(unit, moment)] if unit else [])
    return tuple(_module_row(module, inside) for module, inside in units.items())


@lru_cache(maxsize=64)
def _titles(release_id: UUID) -> Mapping[UUID, Mapping[str, str]]:
    """Return the titles of the translated units of a release by unit and language."""
    rows = db.session.execute(
        select(UnitTranslation.unit_id, UnitTranslation.language, UnitTranslation.title)
        .join(Unit, Unit.id == UnitTranslation.unit_id)
        .where(Unit.release_id == release_id)
        .order_by(UnitTranslation.language)
    ).all()
    found: dict[UUID, dict[str, str]] = {}
    for unit_id, language, title in rows:
        found.setdefault(unit_id, {})[language] = title
    return found


@lru_cache(maxsize=128)
def _lesson(unit_id: UUID, language: str) -> Lesson:
    """Return a lesson as a release holds it, or a translation of it; raises NotFound."""
    body = find_translated_body(unit_id, language) if language else get_unit_body(unit_id)
    if body is None:
        raise NotFound
    return lesson_from_json(body)


@lru_cache(maxsize=64)
def _outline_in(release_id: UUID, language: str) -> tuple[OutlineModule, ...]:
    outline, titles = _outline(release_id), _titles(release_id)
    covers: Json = db.session.scalar(select(Release.outlines).where(Release.id == release_id)) or {}
    modules = covers.get(language, {}).get("modules", {})
    return tuple(_module_in(module, modules.get(module.slug, {}), titles, language) for module in outline)


def _module_in(
    module: OutlineModule, words: Json, titles: Mapping[UUID, Mapping[str, str]], language: str
) -> OutlineModule:
    units = (replace(unit, title=titles.get(unit.id, {}).get(language, unit.title)) for unit in module.units)
    return replace(
        module,
        title=words.get("title") or module.title,
        objective=words.get("objective") or module.objective,
        units=tuple(units),
    )


def _module_row(module: ReleasedModule, units: list[OutlineUnit]) -> OutlineModule:
    names = ("id", "position", "slug", "title", "objective", "hours")
    return OutlineModule(units=tuple(units), **{name: getattr(module, name) for name in names})


def _unit_row(unit: Unit, moment: str | None) -> OutlineUnit:
    return OutlineUnit(
        id=unit.id,
        position=unit.position,
        kind=unit.kind,
        slug=unit.slug,
        title=unit.title,
        minutes=unit.minutes,
        is_follow_up=moment == Moment.FOLLOW_UP,
    )


def _card(release: Release, slug: str, module_count: int) -> CourseCard:
    return CourseCard(
        slug=slug,
        release_id=release.id,
        title=release.title,
        summary=release.summary,
        language=release.language,
        hours=release.hours,
        sector=release.sector,
        sectors=tuple(release.sectors),
        module_count=module_count,
    )


def _newest(course_id: InstrumentedAttribute[UUID], *, only_offered: bool) -> ScalarSelect[int]:
    other = aliased(Release)
    newest = select(func.max(other.number)).where(other.course_id == course_id)
    if only_offered:
        newest = newest.where(other.withdrawn_at.is_(None))
    return newest.correlate(course_id.parent).scalar_subquery()

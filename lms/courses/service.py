"""What can be done with courses; the only writer of their tables."""

from datetime import datetime
from itertools import count
from pathlib import Path, PurePosixPath

from lms.core.actors import Actor
from lms.core.context import current_storage, registry
from lms.core.db import db
from lms.core.events import publish
from lms.core.ids import new_id
from lms.core.types import Json
from lms.courses import queries, rules
from lms.courses.compiler import course as compiled
from lms.courses.compiler.codec import lesson_to_json, quiz_to_json
from lms.courses.compiler.compile import Compilation, compile_course
from lms.courses.errors import CourseInvalid
from lms.courses.messages import CourseReleased, ReleaseReinstated, ReleaseWithdrawn
from lms.courses.models import Course, Release, ReleaseAsset, ReleasedModule, Unit, UnitKind
from lms.plugins.blocks import by_name


def check(folder: Path) -> Compilation:
    """Compile a course folder with every block of this installation and keep nothing."""
    return compile_course(folder, by_name(registry("markdown_blocks").values()))


def release(folder: Path, *, actor: Actor, now: datetime) -> Release:
    """Compile a folder and number its content as a new release; the same content gives the release it has.

    Raises CourseInvalid with everything that is wrong in the folder.
    """
    compilation = check(folder)
    if compilation.course is None:
        raise CourseInvalid(compilation.diagnostics)
    return _keep(compilation.course, actor=actor, now=now)


def withdraw(release: Release, *, actor: Actor, now: datetime) -> None:
    """Let no new cohort take a release; those who study it go on. Asking again changes nothing."""
    if release.withdrawn_at is None:
        release.withdrawn_at = now
        event = ReleaseWithdrawn(
            at=now, actor=actor, subject_id=release.id, title=release.title, number=release.number
        )
        publish(event)


def reinstate(release: Release, *, actor: Actor, now: datetime) -> None:
    """Offer a withdrawn release again. Asking again changes nothing."""
    if release.withdrawn_at is not None:
        release.withdrawn_at = None
        event = ReleaseReinstated(
            at=now, actor=actor, subject_id=release.id, title=release.title, number=release.number
        )
        publish(event)


def _keep(content: compiled.Course, *, actor: Actor, now: datetime) -> Release:
    course = queries.find_course(content.slug) or _new_course(content, now)
    if known := queries.find_release_of_hash(course.id, content.content_hash):
        return known
    course.title = content.title
    made = _new_release(course, content, now)
    db.session.add(made)
    db.session.flush()
    _add_outline(made, content)
    _add_assets(made, content)
    publish(
        CourseReleased(
            at=now,
            actor=actor,
            subject_id=made.id,
            title=made.title,
            number=made.number,
            content_hash=made.content_hash,
        )
    )
    return made


def _new_course(content: compiled.Course, now: datetime) -> Course:
    course = Course(id=new_id(), slug=content.slug, title=content.title, created_at=now)
    db.session.add(course)
    db.session.flush()
    return course


def _new_release(course: Course, content: compiled.Course, now: datetime) -> Release:
    return Release(
        id=new_id(),
        course_id=course.id,
        number=queries.get_last_number(course.id) + 1,
        content_hash=content.content_hash,
        title=content.title,
        summary=content.summary,
        language=content.language,
        hours=content.hours,
        sector=content.sector or None,
        sectors=rules.sectors_of(content),
        jurisdictions=list(content.jurisdictions),
        notice=content.notice,
        credits=content.credits,
        pass_mark=content.pass_mark,
        attendance_share=content.attendance_share,
        released_at=now,
    )


def _add_outline(release: Release, content: compiled.Course) -> None:
    positions = count(1)
    for module in content.modules:
        station = ReleasedModule(
            id=new_id(),
            release_id=release.id,
            position=module.number,
            slug=module.slug,
            title=module.title,
            objective=module.objective,
            hours=module.hours,
        )
        db.session.add(station)
        db.session.flush()
        db.session.add_all(_unit(station, unit, next(positions)) for unit in module.units)
    db.session.flush()


def _unit(module: ReleasedModule, unit: compiled.Unit, position: int) -> Unit:
    kind, body = _body(unit)
    return Unit(
        id=new_id(),
        release_id=module.release_id,
        module_id=module.id,
        position=position,
        kind=kind,
        slug=unit.slug,
        title=unit.title,
        minutes=unit.minutes,
        body=body,
    )


def _body(unit: compiled.Unit) -> tuple[UnitKind, Json]:
    if isinstance(unit, compiled.Lesson):
        return UnitKind.LESSON, lesson_to_json(unit)
    return UnitKind.QUIZ, quiz_to_json(unit)


def _add_assets(release: Release, content: compiled.Course) -> None:
    for digest, asset in {asset.sha256: asset for asset in content.assets}.items():
        current_storage().put(asset.content)
        name = PurePosixPath(asset.path).name
        row = ReleaseAsset(release_id=release.id, sha256=digest, name=name, media_type=asset.media_type)
        db.session.add(row)
    db.session.flush()

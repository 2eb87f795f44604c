"""What can be done with courses; the only writer of their tables."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path, PurePosixPath

from lms.core.actors import Actor
from lms.core.calendar import today
from lms.core.context import current_storage, registry
from lms.core.db import db
from lms.core.events import publish
from lms.core.ids import new_id
from lms.courses import queries, rules
from lms.courses.changes import ChangeClass, Difference, compare
from lms.courses.compiler import course as compiled
from lms.courses.compiler.codec import outline_to_json, place_to_json
from lms.courses.compiler.compile import Compilation, compile_course, compile_tree
from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.source import SourceTree, read_tree
from lms.courses.contact_check import with_contacts
from lms.courses.editions import body_of, edition_of, source_paths
from lms.courses.errors import ClassContradicted, CourseInvalid
from lms.courses.glossaries import keep_glossaries
from lms.courses.keeping import Loss, check_losses
from lms.courses.messages import CourseReleased, NamesDropped, ReleaseReinstated, ReleaseWithdrawn
from lms.courses.models import (
    Course,
    Release,
    ReleaseAsset,
    ReleasedModule,
    ReleaseFile,
    Unit,
    UnitKind,
    UnitTranslation,
)
from lms.courses.routes.service import keep_routes
from lms.courses.sharing import ReleaseLibrary, shared_key
from lms.courses.stored import get_edition
from lms.plugins.blocks import by_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """What whoever releases says about the change."""

    change_class: ChangeClass | None = None
    """None takes the class that the difference shows."""
    notes: str = ""
    """What changed, for people who study it."""
    drops: frozenset[str] = frozenset()
    """Addresses of pages and ids of questions that go on purpose, of those that the newest release has."""


def check(folder: Path) -> Compilation:
    """Compile a course folder with every block of this installation and keep nothing."""
    blocks = by_name(registry("markdown_blocks").values())
    return with_contacts(compile_course(folder, blocks, today=today(), library=ReleaseLibrary()))


def check_tree(tree: SourceTree, slug: str) -> Compilation:
    """Compile files in memory as they would be released at this address, and keep nothing."""
    blocks = by_name(registry("markdown_blocks").values())
    return with_contacts(compile_tree(tree, slug, blocks, today=today(), library=ReleaseLibrary()))


def release(folder: Path, *, actor: Actor, now: datetime, declared: Declaration = Declaration()) -> Release:
    """Compile a folder and number its content as a new release; the same content gives the release it has.

    Raises CourseInvalid with everything that is wrong in the folder, ClassContradicted and NamesLost.
    """
    findings = Findings()
    tree = read_tree(folder, findings)
    if findings.has_errors:
        raise CourseInvalid(check(folder).diagnostics)
    return release_tree(tree, folder.resolve().name, declared=declared, actor=actor, now=now)


def release_tree(
    tree: SourceTree, slug: str, *, actor: Actor, now: datetime, declared: Declaration = Declaration()
) -> Release:
    """Compile files in memory and number their content as a new release of the course at this address.

    Raises CourseInvalid, ClassContradicted when the difference weighs more than what was declared, and NamesLost
    when it takes away from learners what nobody said would go.
    """
    compilation = check_tree(tree, slug)
    if compilation.course is None:
        raise CourseInvalid(compilation.diagnostics)
    content = compilation.course
    course = queries.find_course(content.slug) or _new_course(content, now)
    if known := queries.find_release_of_hash(course.id, content.content_hash):
        return known
    change_class = _judge(course, content, tree, declared)
    losses = check_losses(content, declared.drops)
    made = _keep(course, content, actor=actor, now=now)
    made.change_class, made.notes = change_class, declared.notes
    _add_source(made, tree)
    if losses:
        _tell_of(losses, made, actor=actor, now=now)
    return made


def difference(course: Course | None, content: compiled.Course) -> Difference | None:
    """Return what a compiled course would change in the newest release; None when there is none."""
    newest = queries.find_newest_release(course.id) if course else None
    return compare(get_edition(newest), edition_of(content)) if newest else None


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


def _judge(
    course: Course, content: compiled.Course, tree: SourceTree, declared: Declaration
) -> ChangeClass | None:
    """Return the class of a release that follows another; raises ClassContradicted."""
    found = difference(course, content)
    if found is None:
        return None
    if declared.change_class and (proofs := found.against(declared.change_class)):
        raise ClassContradicted(declared.change_class, proofs, source_paths(tree.files))
    return declared.change_class or found.change_class or ChangeClass.TYPO


def _tell_of(losses: Sequence[Loss], made: Release, *, actor: Actor, now: datetime) -> None:
    names = tuple(loss.name for loss in losses)
    publish(
        NamesDropped(
            at=now, actor=actor, subject_id=made.id, title=made.title, number=made.number, names=names
        )
    )


def _keep(course: Course, content: compiled.Course, *, actor: Actor, now: datetime) -> Release:
    course.title = content.title
    made = _new_release(course, content, now)
    db.session.add(made)
    db.session.flush()
    _add_outline(made, content)
    _add_assets(made, content)
    keep_glossaries(made.id, content)
    keep_routes(made.id, content.routes, now=now)
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
        outlines={each.language: outline_to_json(each) for each in content.outlines},
        places={each.place: place_to_json(each) for each in content.places},
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
            origin=f"{module.origin.course}@{module.origin.number}" if module.origin else "",
        )
        db.session.add(station)
        db.session.flush()
        units = [_unit(station, unit, next(positions)) for unit in module.units]
        for unit in units:
            known = module.origin.keys.get(unit.slug) if module.origin else None
            unit.shared_key = known or shared_key(content.slug, unit.body)
        db.session.add_all(units)
        db.session.flush()
        db.session.add_all(_translations(module.slug, units, content))
    db.session.flush()


def _translations(
    module_slug: str, units: Sequence[Unit], content: compiled.Course
) -> Iterator[UnitTranslation]:
    by_slug = {unit.slug: unit for unit in units}
    for each in content.translations:
        if each.module_slug == module_slug and each.unit_slug in by_slug:
            yield UnitTranslation(
                id=new_id(),
                unit_id=by_slug[each.unit_slug].id,
                language=each.language,
                title=each.unit.title,
                body=body_of(each.unit)[1],
            )


def _unit(module: ReleasedModule, unit: compiled.Unit, position: int) -> Unit:
    kind, body = body_of(unit)
    return Unit(
        id=new_id(),
        release_id=module.release_id,
        module_id=module.id,
        position=position,
        kind=UnitKind(kind),
        slug=unit.slug,
        title=unit.title,
        minutes=unit.minutes,
        body=body,
    )


def _add_assets(release: Release, content: compiled.Course) -> None:
    for digest, asset in {asset.sha256: asset for asset in content.assets}.items():
        current_storage().put(asset.content)
        name = PurePosixPath(asset.path).name
        row = ReleaseAsset(release_id=release.id, sha256=digest, name=name, media_type=asset.media_type)
        db.session.add(row)
    db.session.flush()


def _add_source(release: Release, tree: SourceTree) -> None:
    """Keep the folder as it was: bytes in the storage, names here."""
    for path, file in tree.files.items():
        digest = current_storage().put(file.content)
        db.session.add(ReleaseFile(release_id=release.id, path=path, sha256=digest))
    db.session.flush()

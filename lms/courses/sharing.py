"""Modules that one course takes from a release of another: where they are, and what tells that they are the same."""

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import undefer

from lms.core.context import current_storage
from lms.core.db import db
from lms.core.types import Json
from lms.courses.compiler.codec import lesson_from_json, quiz_from_json
from lms.courses.compiler.course import Asset, Module, Translation
from lms.courses.compiler.course import Unit as CompiledUnit
from lms.courses.compiler.includes import IncludedModule
from lms.courses.compiler.origins import Origin
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

_ASSET = re.compile(r"/courses/assets/([0-9a-f]{64})/")


def shared_key(course: str, body: Mapping[str, object]) -> str:
    """Return what tells a unit of a course from any other: a hash of the slug of the course and of its content."""
    content = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{course}\n{content}".encode("utf-8", "surrogatepass")).hexdigest()


class ReleaseLibrary:
    """The modules of the releases that are offered, for courses that include them."""

    def find(self, course: str, number: int, module: str) -> IncludedModule | None:
        """Return a module of a release with its translations and pictures, or None when it is not offered."""
        station = db.session.scalar(
            _offered().where(Course.slug == course, Release.number == number, ReleasedModule.slug == module)
        )
        if station is None:
            return None
        units = db.session.scalars(
            select(Unit)
            .where(Unit.module_id == station.id)
            .order_by(Unit.position)
            .options(undefer(Unit.body))
        ).all()
        keys = {unit.slug: unit.shared_key or shared_key(course, unit.body) for unit in units}
        origin = _origin(station.origin) or (course, number)
        found = Module(
            number=station.position,
            slug=station.slug,
            title=station.title,
            objective=station.objective,
            hours=station.hours,
            units=tuple(_compiled(unit.kind, unit.body) for unit in units),
            origin=Origin(course=origin[0], number=origin[1], keys=keys),
        )
        translations = _translations(station, {unit.id: unit for unit in units})
        bodies = [unit.body for unit in units] + [row.body for row, _ in translations]
        return IncludedModule(
            module=found,
            translations=tuple(each for _, each in translations),
            assets=_assets(station, bodies),
        )

    def names(self) -> Collection[str]:
        """Return every module that is offered, as ``course@number/module``."""
        rows = db.session.execute(
            _offered().with_only_columns(Course.slug, Release.number, ReleasedModule.slug)
        )
        return [f"{course}@{number}/{module}" for course, number, module in rows]


def _offered() -> Select[ReleasedModule]:
    return (
        select(ReleasedModule)
        .join(Release, Release.id == ReleasedModule.release_id)
        .join(Course, Course.id == Release.course_id)
        .where(Release.withdrawn_at.is_(None))
    )


def _origin(written: str) -> tuple[str, int] | None:
    course, _, number = written.partition("@")
    return (course, int(number)) if number else None


def _compiled(kind: UnitKind, body: Json) -> CompiledUnit:
    match kind:
        case UnitKind.LESSON:
            return lesson_from_json(body)
        case UnitKind.QUIZ:
            return quiz_from_json(body)
        case UnitKind.SIMULATION:
            return simulation_from_json(body)


def _translations(
    module: ReleasedModule, units: Mapping[UUID, Unit]
) -> list[tuple[UnitTranslation, Translation]]:
    rows = db.session.scalars(
        select(UnitTranslation)
        .where(UnitTranslation.unit_id.in_(units))
        .order_by(UnitTranslation.language)
        .options(undefer(UnitTranslation.body))
    )
    found = []
    for row in rows:
        unit = units[row.unit_id]
        translation = Translation(
            language=row.language,
            module_slug=module.slug,
            unit_slug=unit.slug,
            unit=_compiled(unit.kind, row.body),
        )
        found.append((row, translation))
    return found


def _assets(module: ReleasedModule, bodies: Iterable[Json]) -> tuple[Asset, ...]:
    named = {digest for body in bodies for digest in _ASSET.findall(json.dumps(body))}
    rows = db.session.scalars(
        select(ReleaseAsset)
        .where(ReleaseAsset.release_id == module.release_id, ReleaseAsset.sha256.in_(named))
        .order_by(ReleaseAsset.sha256)
    )
    return tuple(
        Asset(
            path=row.name,
            sha256=row.sha256,
            media_type=row.media_type,
            content=current_storage().get(row.sha256),
        )
        for row in rows
    )

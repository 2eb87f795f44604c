"""A release read whole, as it is stored: to be compared with another, or to begin a draft."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import undefer

from lms.core.db import db
from lms.courses.changes import Edition, PageEdition
from lms.courses.editions import module_about
from lms.courses.models import Release, ReleasedModule, ReleaseFile, Unit


def get_edition(release: Release) -> Edition:
    """Return a release in the form in which two editions are compared, in two queries."""
    modules = db.session.scalars(
        select(ReleasedModule)
        .where(ReleasedModule.release_id == release.id)
        .order_by(ReleasedModule.position)
    ).all()
    slugs = {module.id: module.slug for module in modules}
    units = db.session.scalars(
        select(Unit).where(Unit.release_id == release.id).order_by(Unit.position).options(undefer(Unit.body))
    ).all()
    names = ("title", "summary", "language", "hours", "jurisdictions", "notice", "credits")
    about = {name: getattr(release, name) for name in names}
    return Edition(
        pass_mark=release.pass_mark,
        attendance_share=release.attendance_share,
        about={**about, "sector": release.sector or "", "modules": [module_about(each) for each in modules]},
        pages=tuple(_page_edition(unit, slugs[unit.module_id]) for unit in units),
    )


def list_source(release_id: UUID) -> dict[str, str]:
    """Return the SHA-256 of each file that a release was made of, by path; empty for one kept without them."""
    rows = db.session.execute(
        select(ReleaseFile.path, ReleaseFile.sha256).where(ReleaseFile.release_id == release_id)
    ).all()
    return {row[0]: row[1] for row in rows}


def _page_edition(unit: Unit, module_slug: str) -> PageEdition:
    return PageEdition(
        module_slug=module_slug, slug=unit.slug, kind=unit.kind.value, title=unit.title, body=unit.body
    )

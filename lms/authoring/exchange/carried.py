"""A course on its way out: its files, whether a draft's or a release's, and the packages made of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from lms.authoring.compiling import compile_files, read_tree
from lms.authoring.errors import HasErrors, NoSource
from lms.authoring.exchange.cmi5 import export_cmi5
from lms.authoring.exchange.scorm import export_scorm
from lms.authoring.exchange.site import export_site
from lms.authoring.exchange.zips import write_zip
from lms.authoring.models import Draft
from lms.authoring.queries import files_of
from lms.authoring.rules import tree_hash
from lms.core.i18n import speaking
from lms.core.storage import digest_of
from lms.courses.compiler.course import Course as CompiledCourse
from lms.courses.models import Course, Release
from lms.courses.stored import list_source


class Form(StrEnum):
    """In what form a course leaves."""

    ZIP = "zip"
    SITE = "site"
    SCORM = "scorm"
    CMI5 = "cmi5"


GRADED = frozenset({Form.SCORM, Form.CMI5})
"""Forms that can take the keys of quizzes along."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A course with the files that it is made of."""

    source_id: UUID
    slug: str
    title: str
    files: Mapping[str, str]
    """SHA-256 of each file by its path."""

    @property
    def stamp(self) -> str:
        """Return a SHA-256 that changes with the address, a path or a byte."""
        return digest_of(f"{self.slug}\n{tree_hash(self.files)}".encode())


def carry_draft(draft: Draft) -> Carried:
    """Return a draft as it is now."""
    return Carried(source_id=draft.id, slug=draft.slug, title=draft.title, files=files_of(draft.id))


def carry_release(course: Course, release: Release) -> Carried:
    """Return a release; raises NoSource for one that was kept without its files."""
    files = list_source(release.id)
    if not files:
        raise NoSource
    return Carried(source_id=release.id, slug=course.slug, title=release.title, files=files)


def compiled(carried: Carried) -> CompiledCourse:
    """Return the course that the files make; raises HasErrors."""
    course = compile_files(carried.files, carried.slug).course
    if course is None:
        raise HasErrors
    return course


def pack(carried: Carried, form: Form, *, day: date, has_keys: bool = False) -> bytes:
    """Return a zip with the course in this form, its numbers as of a day; raises HasErrors unless it is the files."""
    if form is Form.ZIP:
        tree = read_tree(carried.files)
        return write_zip(carried.slug, {path: file.content for path, file in tree.files.items()})
    course = compiled(carried)
    with speaking(course.language):
        if form is Form.SITE:
            return write_zip(carried.slug, export_site(course, day=day))
        export = export_scorm if form is Form.SCORM else export_cmi5
        return write_zip("", export(course, has_keys=has_keys, day=day))

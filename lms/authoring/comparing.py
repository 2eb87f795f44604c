"""What a draft changes in the newest release of its course: file by file, and as a class of change."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from lms.authoring import diffs
from lms.authoring.compiling import compile_files
from lms.authoring.diffs import Line, Run
from lms.authoring.models import Draft
from lms.authoring.texts import is_text, read_text
from lms.core.context import current_storage
from lms.courses import service as courses
from lms.courses.changes import Difference
from lms.courses.compiler.compile import ASSET_BASE
from lms.courses.keeping import Loss, list_losses
from lms.courses.models import Release
from lms.courses.queries import find_course, find_newest_release
from lms.courses.stored import list_source

MOST_SHOWN = 60
"""Files whose differences are drawn on one page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileChange:
    """A file that differs from the newest release."""

    path: str
    kind: Literal["added", "removed", "changed"]
    paragraphs: tuple[tuple[Run, ...], ...] = ()
    """Of a page: the paragraphs that differ."""
    lines: tuple[Line, ...] = ()
    """Of data: the lines that differ."""
    is_text: bool = True


def newest_release(draft: Draft) -> Release | None:
    """Return the newest release at the address of a draft, whoever made it."""
    course = find_course(draft.slug)
    return find_newest_release(course.id) if course else None


def list_changes(before: Mapping[str, str], after: Mapping[str, str]) -> list[FileChange]:
    """Return the files that differ between two trees of SHA-256 by path, drawn up to a sensible number."""
    paths = [path for path in sorted({*before, *after}) if before.get(path) != after.get(path)]
    return [
        _change(path, before.get(path), after.get(path), is_drawn=at < MOST_SHOWN)
        for at, path in enumerate(paths)
    ]


def changes_of(draft: Draft, files: Mapping[str, str]) -> list[FileChange]:
    """Return how these files of a draft differ from the newest release; all are new without one."""
    release = newest_release(draft)
    return list_changes(list_source(release.id) if release else {}, files)


def difference_of(draft: Draft, files: Mapping[str, str]) -> Difference | None:
    """Return what these files change for who studies; None without an earlier release or with errors."""
    compilation = compile_files(files, draft.slug, asset_base=ASSET_BASE)
    course = find_course(draft.slug)
    return courses.difference(course, compilation.course) if compilation.course else None


def losses_of(draft: Draft, files: Mapping[str, str]) -> tuple[Loss, ...]:
    """Return what a release of these files would take away from who studies; nothing while they have errors."""
    course = compile_files(files, draft.slug, asset_base=ASSET_BASE).course
    return list_losses(course) if course else ()


def _change(path: str, before: str | None, after: str | None, *, is_drawn: bool) -> FileChange:
    kind: Literal["added", "removed", "changed"] = "changed"
    if before is None or after is None:
        kind = "added" if before is None else "removed"
    texts = [_text(path, digest) for digest in (before, after)] if is_drawn else [None, None]
    if texts[0] is None or texts[1] is None:
        return FileChange(path=path, kind=kind, is_text=False)
    if path.endswith(".md"):
        paragraphs = diffs.by_paragraph(texts[0], texts[1])
        return FileChange(path=path, kind=kind, paragraphs=tuple(map(tuple, paragraphs)))
    return FileChange(path=path, kind=kind, lines=tuple(diffs.by_line(texts[0], texts[1])))


def _text(path: str, digest: str | None) -> str | None:
    if not is_text(path):
        return None
    return read_text(current_storage().get(digest)) if digest else ""

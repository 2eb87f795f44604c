"""Which signatures of an archive are this installation's own: the others were given elsewhere and do not count here."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import select, union

from lms.authoring.models import Draft, DraftFile
from lms.core.context import current_storage
from lms.core.db import db
from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.signatures import PATH, Signature, add_signature, read_signatures
from lms.courses.compiler.source import SourceFile, SourceTree
from lms.courses.models import Course, Release, ReleaseFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """The signatures with which a draft goes on after an archive came."""

    content: bytes | None
    """Of firmas.yaml; None without one."""
    dropped: int
    """How many of the archive stay out."""


def settle(slug: str, brought: bytes | None, own: bytes | None = None) -> Settled:
    """Keep the signatures of the draft itself, and of the archive those that the same course already holds here.

    Whoever brings a file could write any name in it: a signature counts where its person gave it. One counts as held
    when all of it, name, day and note included, stands in a draft or a release of this course in this installation.
    """
    if brought is None or brought == own:
        return Settled(content=own, dropped=0)
    mine, (found, unread) = _read(own)[0], _read(brought)
    known = {*mine, *_held(slug)}
    good = [each for each in found if each in known]
    dropped = len(found) - len(good) + unread
    if not dropped and set(mine) <= set(good):
        return Settled(content=brought, dropped=0)
    content = own or b""
    for each in dict.fromkeys(good):
        if each not in mine:
            content = add_signature(content, each)
    return Settled(content=content or None, dropped=dropped)


def without_foreign(slug: str, files: Mapping[str, bytes], own: bytes | None = None) -> dict[str, bytes]:
    """Return the files of an archive with the signatures that count."""
    wanted = {path: content for path, content in files.items() if path != PATH}
    content = settle(slug, files.get(PATH), own).content
    return wanted if content is None else {**wanted, PATH: content}


def _held(slug: str) -> set[Signature]:
    drafts = select(DraftFile.sha256).join(Draft).where(Draft.slug == slug, DraftFile.path == PATH)
    releases = (
        select(ReleaseFile.sha256)
        .join(Release, Release.id == ReleaseFile.release_id)
        .join(Course, Course.id == Release.course_id)
        .where(Course.slug == slug, ReleaseFile.path == PATH)
    )
    digests = db.session.scalars(union(drafts, releases)).all()
    return {each for digest in digests for each in _read(current_storage().get(digest))[0]}


def _read(content: bytes | None) -> tuple[tuple[Signature, ...], int]:
    """Return signatures without the lines where they stand, and how many problems they have."""
    if content is None:
        return (), 0
    findings = Findings()
    tree = SourceTree(files={PATH: SourceFile(path=PATH, content=content)})
    found = read_signatures(tree, findings)
    return tuple(replace(each, line=0) for each in found), len(findings.sorted())

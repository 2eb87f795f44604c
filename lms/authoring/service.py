"""What can be done with drafts and their files; nothing that was saved is ever lost."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import count
from pathlib import PurePosixPath
from typing import Final

from lms.accounts.models import Person
from lms.authoring import held_signatures, queries, rules, sweeping
from lms.authoring.compiling import compile_files
from lms.authoring.errors import (
    BadPicture,
    DraftExists,
    FileChanged,
    KeptBySignatures,
    NoSource,
    NotText,
    PathTaken,
    TooLarge,
)
from lms.authoring.messages import DraftDiscarded, DraftOpened, PersonInvited, PersonRemoved
from lms.authoring.models import Draft, DraftFile, DraftPerson, FileRevision, Part
from lms.authoring.texts import is_text, read_text, write_text
from lms.core.actors import Actor
from lms.core.context import current_storage
from lms.core.db import db
from lms.core.errors import NotFound
from lms.core.events import publish
from lms.core.folding import fold
from lms.core.i18n import _
from lms.core.ids import new_id
from lms.core.storage import digest_of
from lms.courses.compiler.course import Course as CompiledCourse
from lms.courses.compiler.diagnostics import Severity
from lms.courses.compiler.media import limit
from lms.courses.compiler.pictures import is_sound, media_type
from lms.courses.compiler.slugs import slugify
from lms.courses.compiler.source import MAX_FILES, MAX_TEXT, MAX_TOTAL
from lms.courses.models import Course, Release
from lms.courses.queries import find_course
from lms.courses.stored import list_source

PICTURES: Final = "imagenes"
"""The folder in which pictures are kept."""
NEW: Final = ""
"""The base of a file that is not there yet."""


def create_draft(
    slug: str, files: Mapping[str, bytes], *, actor: Actor, now: datetime, based_on: Release | None = None
) -> Draft:
    """Open a draft with these files; whoever opens it is its author.

    Of signatures come only those that this installation holds. Raises DraftExists and TooLarge.
    """
    if known := queries.find_open_draft(slug):
        raise DraftExists(known.id)
    course = find_course(slug)
    draft = Draft(
        id=new_id(), slug=slug, title=slug, search_text=fold(slug), course_id=course.id if course else None,
        based_on_id=based_on.id if based_on else None, opened_at=now, changed_at=now,
        changed_by_id=actor.person_id, tree_hash="", text_hash="",
    )  # fmt: skip
    db.session.add(draft)
    db.session.flush()
    if actor.person_id:
        db.session.add(DraftPerson(draft_id=draft.id, person_id=actor.person_id, part=Part.AUTHOR, since=now))
    wanted = files if based_on else held_signatures.without_foreign(slug, files)
    _write(draft, wanted, actor=actor, now=now)
    publish(DraftOpened(at=now, actor=actor, subject_id=draft.id, title=draft.title, slug=draft.slug))
    return draft


def open_release(course: Course, release: Release, *, actor: Actor, now: datetime) -> Draft:
    """Open a draft with the files that a release was made of; raises DraftExists and NoSource."""
    source = list_source(release.id)
    if not source:
        raise NoSource
    files = {path: current_storage().get(digest) for path, digest in source.items()}
    return create_draft(course.slug, files, actor=actor, now=now, based_on=release)


def save_text(draft: Draft, path: str, typed: str, *, base: str, actor: Actor, now: datetime) -> DraftFile:
    """Save what somebody typed into the box of a file; its line ends and its mark stay as they are.

    With ``NEW`` as base, a file that somebody deleted is there again. Raises FileChanged when the file is not the
    one with the SHA-256 ``base`` any more, NotFound for one that never was, NotText and TooLarge.
    """
    _refuse_signatures(path)
    hold(draft)
    file = queries.find_file(draft.id, path)
    if (file.sha256 if file else NEW) != base:
        raise FileChanged
    if file is None and queries.find_last_revision(draft.id, path) is None:
        raise NotFound
    before = current_storage().get(file.sha256) if file else b""
    if not is_text(path) or read_text(before) is None:
        raise NotText
    _write(draft, {path: write_text(before, typed)}, actor=actor, now=now)
    return queries.get_file(draft.id, path)


def write_files(
    draft: Draft, files: Mapping[str, bytes], *, actor: Actor, now: datetime, note: str = ""
) -> None:
    """Write whole files, new or known, in one go; the others stay. Raises KeptBySignatures and TooLarge."""
    for path in files:
        _refuse_signatures(path)
    hold(draft)
    _write(draft, files, actor=actor, now=now, note=note)


def write_signatures(draft: Draft, content: bytes, *, actor: Actor, now: datetime) -> None:
    """Write the signatures of a draft: for the service that takes them and no other."""
    hold(draft)
    _write(draft, {rules.SIGNATURES: content}, actor=actor, now=now)


def replace_files(
    draft: Draft, files: Mapping[str, bytes], *, actor: Actor, now: datetime, note: str
) -> None:
    """Make a draft hold exactly these files and its own signatures; what goes stays in the history.

    Signatures of elsewhere as in ``create_draft``.
    """
    hold(draft)
    known = queries.files_of(draft.id)
    wanted = held_signatures.without_foreign(draft.slug, files, signatures_of(known))
    gone = [path for path in known if path not in wanted]
    _write(draft, wanted, gone=gone, actor=actor, now=now, note=note)


def signatures_of(files: Mapping[str, str]) -> bytes | None:
    """Return the bytes of the file of signatures, None without one."""
    digest = files.get(rules.SIGNATURES)
    return current_storage().get(digest) if digest else None


def add_file(draft: Draft, path: str, content: bytes, *, actor: Actor, now: datetime, note: str = "") -> str:
    """Add a new file and return its path; raises BadPath, KeptBySignatures, PathTaken and TooLarge."""
    path = rules.check_path(path)
    _refuse_signatures(path)
    hold(draft)
    _refuse_taken(draft, path)
    _write(draft, {path: content}, actor=actor, now=now, note=note)
    return path


def add_picture(draft: Draft, name: str, content: bytes, *, actor: Actor, now: datetime) -> str:
    """Keep a picture under a name of its own and return its path; the same picture is kept once.

    Raises BadPicture and TooLarge.
    """
    kind = media_type(name)
    if kind is None or not is_sound(content, kind):
        raise BadPicture
    hold(draft)
    known, digest = queries.files_of(draft.id), digest_of(content)
    stem, ending = PurePosixPath(name).stem, PurePosixPath(name).suffix.lower()
    for number in count(1):
        tail = f"-{number}" if number > 1 else ""
        path = f"{PICTURES}/{slugify(stem)[:60] or 'imagen'}{tail}{ending}"
        if known.get(path, digest) == digest:
            break
    if path not in known:
        _write(draft, {path: content}, actor=actor, now=now)
    return path


def move_file(draft: Draft, file: DraftFile, path: str, *, actor: Actor, now: datetime) -> str:
    """Give a file another path; links to it are the author's to mend.

    Raises BadPath, KeptBySignatures for the file of signatures under either name, PathTaken and NotFound.
    """
    path, before = rules.check_path(path), file.path
    _refuse_signatures(before)
    _refuse_signatures(path)
    hold(draft)
    _refuse_taken(draft, path)
    content = current_storage().get(queries.get_file(draft.id, before).sha256)
    note = _("Antes se llamaba %(path)s", path=before)
    _write(draft, {path: content}, gone=[before], actor=actor, now=now, note=note)
    return path


def delete_file(draft: Draft, file: DraftFile, *, actor: Actor, now: datetime) -> None:
    """Take a file out of a draft; its history brings it back. Raises KeptBySignatures, and NotFound when it is gone."""
    _refuse_signatures(file.path)
    hold(draft)
    _write(draft, {}, gone=[queries.get_file(draft.id, file.path).path], actor=actor, now=now)


def restore(draft: Draft, revision: FileRevision, *, actor: Actor, now: datetime, note: str) -> None:
    """Make a file again what it was after an earlier change; what it is now stays in the history."""
    _refuse_signatures(revision.path)
    hold(draft)
    if revision.sha256 is None:
        gone = [revision.path] if queries.find_file(draft.id, revision.path) else []
        _write(draft, {}, gone=gone, actor=actor, now=now, note=note)
        return
    content = current_storage().get(revision.sha256)
    _write(draft, {revision.path: content}, actor=actor, now=now, note=note)


def discard(draft: Draft, *, actor: Actor, now: datetime) -> None:
    """Put a draft away: nobody sees it any more, and the course may have another. Asking again changes nothing."""
    if draft.discarded_at is None:
        draft.discarded_at = now
        publish(DraftDiscarded(at=now, actor=actor, subject_id=draft.id, title=draft.title, slug=draft.slug))


def invite(draft: Draft, person: Person, part: Part, *, actor: Actor, now: datetime) -> None:
    """Let somebody work on a draft. Asking again changes nothing."""
    if queries.find_place(draft.id, person.id, part) is None:
        db.session.add(DraftPerson(draft_id=draft.id, person_id=person.id, part=part, since=now))
        db.session.flush()
        publish(PersonInvited(at=now, actor=actor, subject_id=draft.id, person_id=person.id, part=part.value))


def uninvite(draft: Draft, place: DraftPerson, *, actor: Actor, now: datetime) -> None:
    """End somebody's work on a draft; what they wrote stays."""
    db.session.delete(place)
    publish(
        PersonRemoved(
            at=now, actor=actor, subject_id=draft.id, person_id=place.person_id, part=place.part.value
        )
    )


def hold(draft: Draft) -> None:
    """Wait for whoever is writing the same draft and keep others waiting: what is read from here on is what they left.

    Raises NotFound when they put it away.
    """
    db.session.refresh(draft, with_for_update=True)
    if draft.discarded_at is not None:
        raise NotFound


def recount(draft: Draft) -> None:
    """Count the problems of a draft as they are today: dates pass, and other courses share their modules."""
    _count_problems(draft, queries.files_of(draft.id))


def rebase(draft: Draft, release: Release, course: Course) -> None:
    """Note that a draft became a release, from which it goes on."""
    draft.course_id, draft.based_on_id = course.id, release.id


def _refuse_taken(draft: Draft, path: str) -> None:
    if queries.find_file(draft.id, path):
        raise PathTaken


def _refuse_signatures(path: str) -> None:
    if path == rules.SIGNATURES:
        raise KeptBySignatures


def _write(
    draft: Draft,
    files: Mapping[str, bytes],
    *,
    actor: Actor,
    now: datetime,
    gone: Iterable[str] = (),
    note: str = "",
) -> None:
    """Write and delete files with their history, then look at the draft as a whole."""
    known = {file.path: file for file in queries.list_files(draft.id)}
    asked_at = queries.last_review_at(draft.id)
    sweeping.take_back({digest_of(content) for content in files.values()})
    for path, content in files.items():
        _check_size(path, content)
        digest = current_storage().put(content)
        file = known.get(path)
        if file and file.sha256 == digest:
            continue
        file = file or _new_file(draft, path, known)
        file.sha256, file.size, file.saved_at, file.saved_by_id = digest, len(content), now, actor.person_id
        _note(file, draft, actor=actor, now=now, note=note, asked_at=asked_at)
    for path in gone:
        db.session.delete(known.pop(path))
        db.session.add(
            FileRevision(draft_id=draft.id, path=path, sha256=None, at=now, by_id=actor.person_id, note=note)
        )
    if len(known) > MAX_FILES or sum(file.size for file in known.values()) > MAX_TOTAL:
        raise TooLarge
    db.session.flush()
    _look_at(draft, {path: file.sha256 for path, file in known.items()}, actor=actor, now=now)


def _new_file(draft: Draft, path: str, known: dict[str, DraftFile]) -> DraftFile:
    file = known[path] = DraftFile(id=new_id(), draft_id=draft.id, path=path)
    db.session.add(file)
    return file


def _check_size(path: str, content: bytes) -> None:
    if len(content) > (MAX_TEXT if is_text(path) else limit(path)):
        raise TooLarge


def _note(
    file: DraftFile, draft: Draft, *, actor: Actor, now: datetime, note: str, asked_at: datetime | None
) -> None:
    """Add an entry to the history; the saves of one sitting are one, unless a review was asked for in between."""
    last = queries.find_last_revision(draft.id, file.path) if draft.tree_hash else None
    joins = (
        last is not None
        and last.sha256 is not None
        and last.by_id == actor.person_id
        and not (last.note or note)
        and last.at > draft.opened_at
        and rules.is_same_sitting(last.at, now)
        and not (asked_at and asked_at >= last.at)
    )
    if last and joins:
        if last.sha256 and last.sha256 != file.sha256 and is_text(file.path):
            sweeping.leave(last.sha256, now=now)
        last.sha256 = file.sha256
        return
    db.session.add(
        FileRevision(
            draft_id=draft.id, path=file.path, sha256=file.sha256, at=now, by_id=actor.person_id, note=note
        )
    )


def _look_at(draft: Draft, files: Mapping[str, str], *, actor: Actor, now: datetime) -> None:
    """Keep what the list says about a draft: its title, its problems, who changed it and when."""
    draft.tree_hash, draft.text_hash = rules.tree_hash(files), rules.text_hash(files)
    draft.changed_at, draft.changed_by_id = now, actor.person_id
    attempt = _count_problems(draft, files)
    if attempt and attempt.title:
        draft.title = attempt.title[:250]
    draft.search_text = fold(f"{draft.title} {draft.slug}")[:400]
    db.session.flush()


def _count_problems(draft: Draft, files: Mapping[str, str]) -> CompiledCourse | None:
    compilation = compile_files(files, draft.slug)
    draft.errors = sum(found.severity is Severity.ERROR for found in compilation.diagnostics)
    draft.warnings = len(compilation.diagnostics) - draft.errors
    return compilation.attempt

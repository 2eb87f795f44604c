"""Reads about drafts, their files, their history and who works on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, exists, false, func, not_, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, aliased

from lms.accounts.models import Person
from lms.authoring.models import Draft, DraftFile, DraftPerson, FileRevision, Part, Review, ReviewState
from lms.authoring.permissions import AuthoringPermission
from lms.authoring.rules import Standing, standing
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.errors import NotFound
from lms.core.folding import like, words
from lms.courses.models import Release

PARTS = {
    AuthoringPermission.READ: (Part.AUTHOR, Part.REVIEWER),
    AuthoringPermission.EDIT: (Part.AUTHOR,),
    AuthoringPermission.REVIEW: (Part.REVIEWER,),
    AuthoringPermission.SIGN: (Part.REVIEWER,),
}
"""What somebody must be in a draft to use a permission that does not reach every draft."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRow:
    """A draft in the list of those who write."""

    id: UUID
    title: str
    slug: str
    changed_at: datetime
    changed_by: str
    errors: int
    warnings: int
    number: int | None
    """Of the release it started from or made last."""
    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionRow:
    """An entry in the history of a file."""

    id: UUID
    path: str
    sha256: str | None
    at: datetime
    by: str
    note: str


def draft_condition(actor: Actor, permission: AuthoringPermission) -> ColumnElement[bool]:
    """Return which open drafts a permission shows: all of them, or those to which the actor was invited.

    Courses belong to the installation, not to a programme: whoever reviews for a programme also sees the drafts that
    wait for a review and name no reviewer, and keeps those they judged.
    """
    reach = actor.reach(permission)
    if reach.everywhere:
        return and_(Draft.discarded_at.is_(None), true())
    if not reach:
        return false()
    ways: list[ColumnElement[bool]] = [
        exists().where(
            DraftPerson.draft_id == Draft.id,
            DraftPerson.person_id == actor.person_id,
            DraftPerson.part.in_(PARTS[permission]),
        )
    ]
    if Part.REVIEWER in PARTS[permission] and actor.reach(AuthoringPermission.REVIEW).programmes:
        asked = aliased(Review)
        waits = exists().where(asked.draft_id == Draft.id, asked.state == ReviewState.OPEN)
        judged = exists().where(asked.draft_id == Draft.id, asked.decided_by_id == actor.person_id)
        ways += [and_(waits, not_(names_reviewer(Draft.id))), judged]
    return and_(Draft.discarded_at.is_(None), or_(*ways))


def names_reviewer(draft_id: ColumnElement[UUID] | InstrumentedAttribute[UUID] | UUID) -> ColumnElement[bool]:
    """Return whether a draft says who reviews it."""
    place, named = aliased(DraftPerson), aliased(Person)
    return exists().where(
        place.draft_id == draft_id, place.part == Part.REVIEWER, named.id == place.person_id, named.is_active
    )


def visible_to(actor: Actor, permission: AuthoringPermission) -> Select[Draft]:
    """Return the open drafts that a permission shows to the actor."""
    return select(Draft).where(draft_condition(actor, permission))


def search_drafts(statement: Select[Draft], text: str) -> Select[Draft]:
    """Narrow drafts to those whose title or address holds every word."""
    for word in words(text):
        statement = statement.where(or_(Draft.search_text.like(like(word), escape="\\")))
    return statement


def draft_rows(statement: Select[Draft]) -> Select[*tuple[Any, ...]]:
    """Return the rows of the list, the last changed first: for ``paginate`` and ``draft_row``."""
    newest = (
        select(Review.id)
        .where(Review.draft_id == Draft.id, Review.state != ReviewState.WITHDRAWN)
        .order_by(Review.requested_at.desc(), Review.id)
        .limit(1)
        .correlate(Draft)
        .scalar_subquery()
    )
    editor = aliased(Person)
    return (
        statement.add_columns(editor, Review.state, Review.text_hash, Release.number, Release.content_hash)
        .outerjoin(editor, editor.id == Draft.changed_by_id)
        .outerjoin(Review, Review.id == newest)
        .outerjoin(Release, Release.id == Draft.based_on_id)
        .order_by(Draft.changed_at.desc(), Draft.id)
    )


def draft_row(row: Row[*tuple[Any, ...]]) -> DraftRow:
    """Return a draft of the list."""
    draft, editor, state, reviewed, number, released = row
    return DraftRow(
        id=draft.id,
        title=draft.title,
        slug=draft.slug,
        changed_at=draft.changed_at,
        changed_by=editor.name if editor else "Ruta",
        errors=draft.errors,
        warnings=draft.warnings,
        number=number,
        standing=standing(
            state, is_same=reviewed == draft.text_hash, is_released=released == draft.tree_hash
        ),
    )


def get_row(draft_id: UUID) -> DraftRow:
    """Return a draft as the list shows it; raises NotFound."""
    row = db.session.execute(draft_rows(select(Draft).where(Draft.id == draft_id))).one_or_none()
    if row is None:
        raise NotFound
    return draft_row(row)


def find_open_draft(slug: str) -> Draft | None:
    """Return the draft that is open for this address."""
    return db.session.scalar(select(Draft).where(Draft.slug == slug, Draft.discarded_at.is_(None)))


def files_of(draft_id: UUID) -> dict[str, str]:
    """Return the SHA-256 of each file of a draft by its path."""
    rows = db.session.execute(
        select(DraftFile.path, DraftFile.sha256).where(DraftFile.draft_id == draft_id)
    ).all()
    return {row[0]: row[1] for row in rows}


def list_files(draft_id: UUID) -> Sequence[DraftFile]:
    """Return the files of a draft by path, as they are now whatever was read of them before."""
    return db.session.scalars(
        select(DraftFile).where(DraftFile.draft_id == draft_id).order_by(DraftFile.path),
        execution_options={"populate_existing": True},
    ).all()


def find_file(draft_id: UUID, path: str) -> DraftFile | None:
    """Return a file of a draft, as it is now whatever was read of it before."""
    return db.session.scalar(
        select(DraftFile).where(DraftFile.draft_id == draft_id, DraftFile.path == path),
        execution_options={"populate_existing": True},
    )


def get_file(draft_id: UUID, path: str) -> DraftFile:
    """Return a file of a draft, as ``find_file`` does; raises NotFound."""
    file = find_file(draft_id, path)
    if file is None:
        raise NotFound
    return file


def total_size(draft_id: UUID) -> int:
    """Return the bytes of all files of a draft."""
    return db.session.scalar(select(func.sum(DraftFile.size)).where(DraftFile.draft_id == draft_id)) or 0


def find_last_revision(draft_id: UUID, path: str) -> FileRevision | None:
    """Return the newest entry in the history of a file."""
    return db.session.scalar(
        select(FileRevision)
        .where(FileRevision.draft_id == draft_id, FileRevision.path == path)
        .order_by(FileRevision.at.desc(), FileRevision.id)
        .limit(1)
    )


def history_of(draft_id: UUID, path: str) -> Select[*tuple[Any, ...]]:
    """Return the history of a file, newest first: for ``paginate`` and ``revision_row``."""
    return (
        select(FileRevision, Person)
        .outerjoin(Person, Person.id == FileRevision.by_id)
        .where(FileRevision.draft_id == draft_id, FileRevision.path == path)
        .order_by(FileRevision.at.desc(), FileRevision.id)
    )


def revision_row(row: Row[*tuple[Any, ...]]) -> RevisionRow:
    """Return an entry of the history."""
    revision, person = row
    return RevisionRow(
        id=revision.id,
        path=revision.path,
        sha256=revision.sha256,
        at=revision.at,
        by=person.name if person else "Ruta",
        note=revision.note,
    )


def find_revision_before(revision: FileRevision) -> FileRevision | None:
    """Return the entry of the same file before this one."""
    return db.session.scalar(
        select(FileRevision)
        .where(
            FileRevision.draft_id == revision.draft_id,
            FileRevision.path == revision.path,
            FileRevision.at < revision.at,
        )
        .order_by(FileRevision.at.desc(), FileRevision.id)
        .limit(1)
    )


def list_deleted(draft_id: UUID) -> list[RevisionRow]:
    """Return the last entry of each file that was deleted and is not there now, newest first."""
    other = aliased(FileRevision)
    last = (
        select(func.max(other.at))
        .where(other.draft_id == draft_id, other.path == FileRevision.path)
        .correlate(FileRevision)
        .scalar_subquery()
    )
    there = select(DraftFile.path).where(DraftFile.draft_id == draft_id)
    rows = db.session.execute(
        select(FileRevision, Person)
        .outerjoin(Person, Person.id == FileRevision.by_id)
        .where(
            FileRevision.draft_id == draft_id,
            FileRevision.sha256.is_(None),
            FileRevision.at == last,
            FileRevision.path.not_in(there),
        )
        .order_by(FileRevision.at.desc())
        .limit(50)
    ).all()
    return [revision_row(row) for row in rows]


def name_of(person_id: UUID | None) -> str:
    """Return how a person is called, and the product's own name for the system."""
    if person_id is None:
        return "Ruta"
    person = db.session.get(Person, person_id)
    return person.name if person else "Ruta"


def list_people(draft_id: UUID) -> list[tuple[DraftPerson, Person]]:
    """Return who was invited to a draft, by name."""
    rows = db.session.execute(
        select(DraftPerson, Person)
        .join(Person, Person.id == DraftPerson.person_id)
        .where(DraftPerson.draft_id == draft_id)
        .order_by(Person.search_text, DraftPerson.part)
    ).all()
    return [(row[0], row[1]) for row in rows]


def find_place(draft_id: UUID, person_id: UUID, part: Part) -> DraftPerson | None:
    """Return what somebody is in a draft."""
    return db.session.scalar(
        select(DraftPerson).where(
            DraftPerson.draft_id == draft_id, DraftPerson.person_id == person_id, DraftPerson.part == part
        )
    )


def get_release_of(draft: Draft) -> Release | None:
    """Return the release that a draft started from or made last."""
    return db.session.get(Release, draft.based_on_id) if draft.based_on_id else None


def has_file_of_hash(actor: Actor, sha256: str, name: str) -> bool:
    """Say whether a file of this name with these bytes is in some draft that the actor reads."""
    paths = db.session.scalars(
        select(DraftFile.path)
        .join(Draft, Draft.id == DraftFile.draft_id)
        .where(DraftFile.sha256 == sha256, draft_condition(actor, AuthoringPermission.READ))
        .distinct()
    )
    return any(path.rpartition("/")[2] == name for path in paths)


def last_review_at(draft_id: UUID) -> datetime | None:
    """Return when the last review of a draft was asked for."""
    return db.session.scalar(
        select(Review.requested_at)
        .where(Review.draft_id == draft_id)
        .order_by(Review.requested_at.desc())
        .limit(1)
    )


def get_draft(draft_id: UUID) -> Draft:
    """Return a draft; raises NotFound."""
    draft = db.session.get(Draft, draft_id)
    if draft is None:
        raise NotFound
    return draft

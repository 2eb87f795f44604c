"""Personal data of authoring: who wrote, reviewed and commented, and why that is kept."""

from uuid import UUID

from sqlalchemy import delete, select, update

from lms.authoring.models import Draft, DraftFile, DraftPerson, FileRevision, Review, ReviewComment
from lms.core.db import db
from lms.core.i18n import _l
from lms.core.privacy import PersonalData
from lms.core.types import Json


def _export(person_id: UUID) -> list[Json]:
    return [*_places(person_id), *_revisions(person_id), *_reviews(person_id), *_comments(person_id)]


def _places(person_id: UUID) -> list[Json]:
    rows = db.session.execute(
        select(DraftPerson, Draft.title)
        .join(Draft, Draft.id == DraftPerson.draft_id)
        .where(DraftPerson.person_id == person_id)
        .order_by(DraftPerson.since)
    ).all()
    return [{"draft": title, "part": place.part.value, "since": str(place.since)} for place, title in rows]


def _revisions(person_id: UUID) -> list[Json]:
    rows = db.session.execute(
        select(FileRevision, Draft.title)
        .join(Draft, Draft.id == FileRevision.draft_id)
        .where(FileRevision.by_id == person_id)
        .order_by(FileRevision.at)
    ).all()
    return [{"draft": title, "file": each.path, "changed": str(each.at)} for each, title in rows]


def _reviews(person_id: UUID) -> list[Json]:
    rows = db.session.execute(
        select(Review, Draft.title)
        .join(Draft, Draft.id == Review.draft_id)
        .where((Review.requested_by_id == person_id) | (Review.decided_by_id == person_id))
        .order_by(Review.requested_at)
    ).all()
    return [
        {
            "draft": title,
            "review": each.state.value,
            "asked": each.requested_by_id == person_id,
            "requested": str(each.requested_at),
            "decided": str(each.decided_at or ""),
            "note": each.note if each.decided_by_id == person_id else each.request_note,
        }
        for each, title in rows
    ]


def _comments(person_id: UUID) -> list[Json]:
    rows = db.session.scalars(
        select(ReviewComment).where(ReviewComment.by_id == person_id).order_by(ReviewComment.at)
    ).all()
    return [{"file": each.path, "comment": each.text, "written": str(each.at)} for each in rows]


def _erase(person_id: UUID) -> int:
    """Take the person off every draft and out of the names beside what they wrote; the course itself stays."""
    gone = db.session.scalars(
        delete(DraftPerson).where(DraftPerson.person_id == person_id).returning(DraftPerson.id)
    ).all()
    changed = 0
    for table, column in (
        (Draft, Draft.changed_by_id),
        (DraftFile, DraftFile.saved_by_id),
        (FileRevision, FileRevision.by_id),
        (ReviewComment, ReviewComment.by_id),
    ):
        rows = db.session.scalars(
            update(table).where(column == person_id).values({column: None}).returning(table.id)
        ).all()
        changed += len(rows)
    return len(gone) + changed


DRAFTS = PersonalData(
    name="authoring.work",
    tables=("draft", "draft_file", "file_revision", "draft_person", "review", "review_comment"),
    purpose=_l("Saber quién escribió, revisó y aprobó cada versión de un curso, y recuperar lo anterior."),
    retention=_l("Mientras exista el curso; al borrar la cuenta, lo escrito queda sin nombre."),
    export=_export,
    erase=_erase,
)

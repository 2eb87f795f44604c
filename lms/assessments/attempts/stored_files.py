"""Files that were handed in: their rows, and their bytes in the storage."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Select, exists, select

from lms.assessments.attempts.models import AnswerFile
from lms.core.context import current_storage
from lms.core.db import db
from lms.core.errors import NotFound


def find_file(attempt_id: UUID, question_id: str) -> AnswerFile | None:
    """Return the file that answers a question of an attempt."""
    mine = select(AnswerFile).where(
        AnswerFile.attempt_id == attempt_id, AnswerFile.question_id == question_id
    )
    return db.session.scalar(mine)


def list_files(attempts: Select[UUID] | Collection[UUID]) -> list[AnswerFile]:
    """Return the files of some attempts."""
    found = select(AnswerFile).where(AnswerFile.attempt_id.in_(attempts)).order_by(AnswerFile.saved_at)
    return list(db.session.scalars(found))


def read_bytes(file: AnswerFile) -> bytes:
    """Return a file as it was handed in; raises NotFound when the storage lost it."""
    try:
        return current_storage().get(file.digest)[len(file.id.bytes) :]
    except KeyError as error:
        raise NotFound from error


def forget(digest: str) -> None:
    """Remove bytes that are no answer."""
    if not db.session.scalar(select(exists().where(AnswerFile.digest == digest))):
        current_storage().delete(digest)


def erase_files(attempts: Select[UUID]) -> None:
    """Erase the files of some attempts, bytes first: should the rest fail, asking again ends it."""
    for file in list_files(attempts):
        current_storage().delete(file.digest)
        db.session.delete(file)
    db.session.flush()

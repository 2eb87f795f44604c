"""Bytes of texts that the history of a draft no longer names, and when they go from the storage.

The saves of one sitting are one entry of the history, so each of them leaves the text of the one before behind.
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Select, delete, select

from lms.authoring.models import DraftFile, FileRevision, Leftover, Review
from lms.core.context import current_storage
from lms.core.db import db
from lms.courses.models import ReleaseAsset, ReleaseFile

KEPT_FOR: Final = timedelta(days=30)
"""Long enough for a job that was ordered of these bytes, and for going back to a copy of the database."""
AT_ONCE: Final = 1000


def leave(sha256: str, *, now: datetime) -> None:
    """Note that a history names these bytes no more."""
    db.session.merge(Leftover(sha256=sha256, since=now))


def take_back(digests: Collection[str]) -> None:
    """Note, before they are kept, that bytes are named again: a sweep at the same time waits or has kept them."""
    db.session.execute(
        delete(Leftover).where(Leftover.sha256.in_(digests)),
        execution_options={"synchronize_session": "fetch"},
    )


def sweep(*, now: datetime) -> int:
    """Forget the bytes that were left behind long ago and that nothing names; return how many."""
    old = select(Leftover).where(Leftover.since < now - KEPT_FOR).order_by(Leftover.since).limit(AT_ONCE)
    rows = db.session.scalars(old.with_for_update()).all()
    digests = {row.sha256 for row in rows}
    gone = digests - _named(digests)
    for row in rows:
        db.session.delete(row)
    for digest in gone:
        current_storage().delete(digest)
    return len(gone)


def _named(digests: Collection[str]) -> set[str]:
    """Return those of some bytes that a draft, a history, a review or a release names."""
    columns = (DraftFile.sha256, FileRevision.sha256, ReleaseFile.sha256, ReleaseAsset.sha256)
    found = {digest for column in columns for digest in _scalars(select(column).where(column.in_(digests)))}
    reviewed = (files.values() for files in _scalars(select(Review.files)))
    return found.union(*(set(digests).intersection(each) for each in reviewed))


def _scalars(statement: Select[Any]) -> Iterable[Any]:
    return db.session.scalars(statement)

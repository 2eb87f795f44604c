"""Files that no row names: what a job leaves behind that is killed between keeping a file and its commit.

Each slice says with ``KeptFiles`` how its rows name files. The hashes of one digit are looked at together, so that
nothing is held long; what is younger than a day may belong to a transaction that is not over, and is left alone.
"""

import json
import logging
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, select

from lms.core.context import current_storage, kept_files
from lms.core.db import Base, db
from lms.core.errors import DomainError
from lms.core.i18n import _
from lms.core.jobs.models import Job, JobState
from lms.core.storage import KeptFiles, StoredFile

log = logging.getLogger(__name__)

PARTS: Final = "0123456789abcdef"
"""What the hash of a file begins with, one part of the storage each."""
LEFT_FOR: Final = timedelta(days=1)
"""Longer than any transaction lasts that keeps a file and then names it."""
FEW: Final = 100
"""So many files of one part without a row are what accidents leave; more are looked at by somebody first."""
HASH: Final = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")


class TooManyLeft(DomainError):
    """So many files have no row that the database is more likely to be the wrong one than all of them forgotten."""

    code = "storage.too-many-left"

    def __init__(self, count: int, total: int) -> None:
        """Say how many of how many."""
        super().__init__(count, total)
        self.message = _(
            "Ningún registro nombra a %(count)s de %(total)s archivos: no se borró ninguno. Revise con "
            "«lms storage sweep --dry-run» que la base de datos sea la de esta carpeta.",
            count=count,
            total=total,
        )


def hashes_in(
    *columns: Any, where: ColumnElement[bool] | None = None
) -> Callable[[Collection[str]], set[str]]:
    """Return how ``KeptFiles.named`` finds hashes anywhere in columns of text or JSON, in one query each."""

    def named(digests: Collection[str]) -> set[str]:
        wanted, found = set(digests), set[str]()
        for column in columns:
            statement = select(column).where(column.is_not(None))
            found |= wanted.intersection(
                _hashes(_values(statement if where is None else statement.where(where)))
            )
        return found

    return named


def _values(statement: Any) -> Iterator[Any]:
    with closing(db.session.scalars(statement.execution_options(yield_per=500))) as found:
        yield from found


def _hashes(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        yield from HASH.findall(value if isinstance(value, str) else json.dumps(value, default=str))


def in_plugins(digests: Collection[str]) -> set[str]:
    """Return which hashes stand anywhere in a table of a plugin, whatever it declares."""
    tables = (table for table in Base.metadata.sorted_tables if table.name.startswith("plugin_"))
    return hashes_in(*(column for table in tables for column in table.columns))(digests)


OF_JOBS: Final = KeptFiles(name="core.jobs", named=hashes_in(Job.payload, where=Job.state != JobState.DONE))
"""What an order names that is not done, or that somebody can put back."""
OF_PLUGINS: Final = KeptFiles(name="core.plugins", named=in_plugins)


def sweep(first: str, *, now: datetime, asks: bool = True) -> list[StoredFile]:
    """Erase the files of one part that no row names since a day, and return them.

    Raises TooManyLeft, unless nobody asks, when they are more than accidents leave.
    """
    before = now - LEFT_FOR
    left, total = list_left(first, now=now)
    if asks and len(left) > FEW and 10 * len(left) > total:
        raise TooManyLeft(len(left), total)
    gone = [each for each in left if current_storage().delete_older(each.digest, before)]
    for each in gone:
        log.warning("Archivo que ningún registro nombra, borrado: %s (%d bytes).", each.digest, each.size)
    return gone


def list_left(first: str, *, now: datetime) -> tuple[list[StoredFile], int]:
    """Return the files of one part that no row names since a day, and how many old ones there are in all.

    The storage is read before the first query, which takes the write lock of SQLite.
    """
    folders: dict[str, dict[str, StoredFile]] = {}
    for file in current_storage().list_files(first, now - LEFT_FOR):
        folders.setdefault(file.digest[:2], {})[file.digest] = file
    kept = (*kept_files(), OF_JOBS, OF_PLUGINS)
    left: dict[str, StoredFile] = {}
    for files in folders.values():
        digests = files.keys() - _in_columns(kept, files)
        left |= {digest: files[digest] for digest in digests}
    for each in kept:
        if left:
            left = {digest: left[digest] for digest in left.keys() - set(each.named(left.keys()))}
    return sorted(left.values(), key=lambda file: file.digest), sum(map(len, folders.values()))


def _in_columns(kept: Iterable[KeptFiles], digests: Collection[str]) -> set[str]:
    """Return which hashes a column holds: all between the first and the last, where an index finds them."""
    first, last, found = min(digests), max(digests), set[str]()
    for column in {column for each in kept for column in each.columns}:
        found |= set(db.session.scalars(select(column).where(column.between(first, last))))
    return found

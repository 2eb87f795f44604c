"""The version of the figures: which of them a page was made of, whatever worker made it.

Every transaction that changes figures, or the directory that names their rows, writes a token that never was before,
so what is kept under the tokens read before the figures can only be as new as these, or newer.
"""

import threading
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from lms.core.db import Base, db
from lms.core.events import Event
from lms.core.ids import new_id
from lms.reports.tallies.models import FiguresVersion

DIRECTORY = "directory"
"""Institutions, members and their targets, of every programme."""
LEARNED = "l"
"""Behind the id of a programme: its figures of attendance and learning, which change at every meeting."""
SLOTS = 8
Tokens = frozenset[UUID]


class Version(NamedTuple):
    """The tokens of a programme's figures, and those of the names, members and targets beside them."""

    figures: Tokens
    directory: Tokens


def version_of(programme_id: UUID) -> Version:
    """Return the version of a programme's figures, in one query.

    Read it before the figures: they may then be newer than it says, never older.
    """
    about = programme_id.hex
    statement = select(FiguresVersion.about, FiguresVersion.token).where(
        FiguresVersion.about.in_((about, DIRECTORY))
    )
    rows = db.session.execute(statement).all()
    return Version(
        frozenset(token for name, token in rows if name == about),
        frozenset(token for name, token in rows if name == DIRECTORY),
    )


def learned_version_of(programme_id: UUID) -> Tokens:
    """Return the version of a programme's figures of attendance and learning, in one query; read it before them."""
    about = programme_id.hex + LEARNED
    return frozenset(db.session.scalars(select(FiguresVersion.token).where(FiguresVersion.about == about)))


def all_tokens_of(programme_id: UUID) -> Tokens:
    """Return the versions of all that a page of a programme can say, in one query; read them before the page."""
    about = (programme_id.hex, programme_id.hex + LEARNED, DIRECTORY)
    return frozenset(db.session.scalars(select(FiguresVersion.token).where(FiguresVersion.about.in_(about))))


def renew(programme_id: UUID) -> None:
    """Let everybody know that the figures of a programme are no longer what they were."""
    _renew(programme_id.hex)


def renew_learned(programme_id: UUID) -> None:
    """Let everybody know that its figures of attendance and learning are no longer what they were."""
    _renew(programme_id.hex + LEARNED)


def note_directory(_event: Event) -> None:
    """Let everybody know that names, members or targets are no longer what they were."""
    _renew(DIRECTORY)


def _renew(about: str) -> None:
    # A transaction lives in one thread: it always takes the same slot, so none waits for another crosswise.
    row = {"about": about, "slot": threading.get_native_id() % SLOTS, "token": new_id()}
    db.session.execute(_upsert(db.engine.dialect.name), row)


@lru_cache
def _upsert(dialect: str) -> Any:
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    statement = insert(Base.metadata.tables[FiguresVersion.__tablename__])
    return statement.on_conflict_do_update(
        index_elements=["about", "slot"], set_={"token": statement.excluded.token}
    )

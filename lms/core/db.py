"""The database: declarative base, session and the one unit of work. Nothing else in the project commits."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Engine, MetaData
from sqlalchemy.orm import DeclarativeBase, registry

from lms.core import sqlite

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
POSTPONED = "lms_postponed"
READ_ONLY: Mapping[str, Any] = {"lms_read_only": True, "postgresql_readonly": True}
"""Execution options of a transaction that may not write (a safe HTTP method)."""


class Base(DeclarativeBase):
    """Base of every table. Models inherit from it directly: a strict type checker does not see ``db.Model``."""

    registry = registry(metadata=MetaData(naming_convention=NAMING))


_may_write: ContextVar[bool] = ContextVar("may_write", default=False)
"""Whether a writing unit of work is open: an error page drawn after it must not wait for the write lock."""

db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})


@contextmanager
def unit_of_work(*, read_only: bool = False) -> Iterator[None]:
    """Run a block as one transaction: leaving it commits, an exception rolls everything back.

    A read-only block fails on the first write, on SQLite as on PostgreSQL.
    """
    token = _may_write.set(not read_only)
    if read_only:
        db.session.connection(execution_options=dict(READ_ONLY))
    try:
        yield
        do_postponed()
        db.session.commit()
    except BaseException:
        db.session.info.pop(POSTPONED, None)
        db.session.rollback()
        raise
    finally:
        _may_write.reset(token)


def postpone(work: Callable[[Sequence[Any]], None], item: Any) -> None:
    """Have ``work`` called once with all its items, in the order they came, right before the transaction ends.

    For what many facts of one transaction change a little each, and one pass settles for all of them.
    """
    waiting: dict[Callable[[Sequence[Any]], None], list[Any]] = db.session.info.setdefault(POSTPONED, {})
    waiting.setdefault(work, []).append(item)


def do_postponed() -> None:
    """Do now what was postponed, and what that postpones."""
    while waiting := db.session.info.pop(POSTPONED, None):
        for work, items in waiting.items():
            work(items)


@contextmanager
def savepoint() -> Iterator[None]:
    """Run a block that may be refused halfway: a refusal undoes the block and nothing else."""
    with db.session.begin_nested():
        yield


def prepare_engine(engine: Engine) -> None:
    """Give SQLite its pragmas and its own BEGIN; other engines need nothing."""
    if engine.dialect.name == "sqlite":
        sqlite.prepare(engine, may_write=_may_write.get)


def learn_sizes() -> None:
    """Let SQLite plan its queries by what its tables hold; other engines look after that themselves."""
    connection = db.session.connection()
    if connection.dialect.name == "sqlite":
        sqlite.learn_sizes(connection)

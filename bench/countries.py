"""A country's installation to measure: poured anew when it is small, kept under bench/out when it is large.

A million enrolments take a quarter of an hour to write and to count, so a large country is poured once, into SQLite;
PostgreSQL gets a copy of its tables. What long steps took is kept beside it and told again: ``BENCH_AGAIN=1`` measures
them anew, ``make clean`` takes everything away.
"""

import fcntl
import hashlib
import json
import os
import random
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask, url_for
from sqlalchemy import Connection, select

from bench import census, documents, promises, studies
from bench.floors import session_cookie
from bench.pouring import pour
from bench.promises import make_promises
from bench.rows import Row
from bench.scene import Visit
from bench.sittings import installed
from lms.accounts import service as accounts
from lms.accounts.models import Person, RoleAssignment
from lms.core.actors import Role
from lms.core.clock import now
from lms.core.db import Base, db, unit_of_work
from lms.institutions.programmes.models import Programme
from lms.reports.tallies import service as tallies
from lms.testing.factories.accounts import make_administrator

KEPT = Path(__file__).resolve().parent / "out" / "countries"
LARGE = 100_000
"""Enrolments from which a country is kept."""
AGAIN = bool(os.environ.get("BENCH_AGAIN"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """An installation with a country, and the commission's page in it."""

    name: str
    """Engine and size: how its rows begin."""
    app: Flask
    variables: dict[str, str]
    programme: Programme
    cookie: str
    path: str
    book: Path | None
    """Where what was measured of it is kept."""

    def visit(self, **arguments: str) -> Visit:
        """Return the commission's page with these filters."""
        path = f"{self.path}&{urlencode(arguments)}" if arguments else self.path
        return Visit(path=path, cookie=self.cookie)

    def timed(self, step: str, act: Callable[[], object]) -> list[Row]:
        """Return what a step takes, or took when the country was measured last."""
        return _timed(self.app, self.book, f"{self.name}.{step}", act)


@contextmanager
def country(engine: str, size: int, database_url: str) -> Iterator[tuple[Site, list[Row]]]:
    """Give a country of about so many enrolments whose figures are counted, with what making it took."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        if size < LARGE:
            site, rows = _poured(f"{engine}.{size}", folder, size, database_url=database_url)
        elif engine == "sqlite":
            site, rows = _kept(size)
        else:
            site, rows = _copied(f"{engine}.{size}", folder, size, database_url)
        try:
            yield site, rows
        finally:
            _close(site.app)


def memory() -> float:
    """Return the megabytes that the process holds now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _poured(
    name: str, folder: Path, size: int, *, database_url: str = "", book: Path | None = None
) -> tuple[Site, list[Row]]:
    app, variables = installed(folder, database_url=database_url)

    def generate() -> None:
        census.make_ready()
        make_promises(census.make_country(size), random.Random(size))  # noqa: S311 - the same ones every time
        census.finish()

    rows = _timed(app, book, f"{name}.generate", generate)
    site = _site(name, app, variables, book)
    rows += site.timed("build", lambda: tallies.build(site.programme, now=now()))
    with app.app_context(), unit_of_work():
        census.finish()
    return site, rows


def _kept(size: int) -> tuple[Site, list[Row]]:
    """Return the country of the disk; it is poured first if there is none, or one of another census."""
    source = b"".join(
        Path(str(module.__file__)).read_bytes() for module in (census, studies, documents, promises)
    )
    folder = KEPT / f"{size}-{hashlib.sha256(source).hexdigest()[:8]}"
    book, whole, name = folder / "measured.json", folder / "whole", f"sqlite.{size}"
    with _alone(folder):
        if not whole.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            site, rows = _poured(name, folder, size, book=book)
            whole.touch()
            return site, rows
    app, variables = installed(folder)
    steps = ("generate", "build")
    return _site(name, app, variables, book), [row for step in steps for row in _told(book, f"{name}.{step}")]


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let nobody else pour into a folder meanwhile: who comes second waits for the country of the first."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _copied(name: str, folder: Path, size: int, database_url: str) -> tuple[Site, list[Row]]:
    kept, _rows = _kept(size)
    with kept.app.app_context():
        source = str(db.engine.url.database)
    _close(kept.app)
    app, variables = installed(folder, database_url=database_url)
    rows = _timed(app, None, f"{name}.copy", lambda: _copy(source))
    return _site(name, app, variables, kept.book), rows


def _copy(source: str) -> None:
    """Fill the empty tables of the open transaction with those of a SQLite file."""
    census.make_ready()
    connection = db.session.connection()
    with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as file:
        for table in Base.metadata.sorted_tables:
            names = [f'"{column.name}"' for column in table.columns]
            rows = file.execute(f'SELECT {", ".join(names)} FROM "{table.name}"')  # noqa: S608 - names of our tables
            pour(connection, f'"{table.name}"', names, rows)
    _go_on_counting(connection)
    census.finish()


def _go_on_counting(connection: Connection) -> None:
    """Let numbered rows go on after the ones that were copied."""
    for table in Base.metadata.sorted_tables:
        if (column := table.autoincrement_column) is not None:
            last = f"coalesce((SELECT max({column.name}) FROM {table.name}), 0) + 1"  # noqa: S608 - as above
            series = f"pg_get_serial_sequence('{table.name}', '{column.name}')"
            connection.exec_driver_sql(f"SELECT setval({series}, {last}, false)")


def _site(name: str, app: Flask, variables: dict[str, str], book: Path | None) -> Site:
    with app.test_request_context(), unit_of_work():
        key = accounts.open_session(_administrator(), stay=False, device="", now=now())
        programme = db.session.scalars(select(Programme)).one()
        path = f"{url_for('reports.completion')}?{urlencode({'programme': programme.id})}"
        cookie = session_cookie(app, key)
    return Site(
        name=name, app=app, variables=variables, programme=programme, cookie=cookie, path=path, book=book
    )


def _administrator() -> Person:
    is_one = RoleAssignment.role == Role.ADMINISTRATOR
    statement = select(Person).join(RoleAssignment, RoleAssignment.person_id == Person.id).where(is_one)
    return db.session.scalars(statement.limit(1)).first() or make_administrator()


def _close(app: Flask) -> None:
    with app.app_context():
        db.engine.dispose()


def _timed(app: Flask, book: Path | None, name: str, act: Callable[[], object]) -> list[Row]:
    if book and not AGAIN and (known := _told(book, name)):
        return known
    with app.test_request_context(), unit_of_work():
        before, began, spent = memory(), time.perf_counter(), time.process_time()
        act()
        rows = [
            Row(name=f"{name}.whole", value=time.perf_counter() - began, unit="s"),
            Row(name=f"{name}.processor", value=time.process_time() - spent, unit="s"),
            Row(name=f"{name}.memory", value=memory() - before, unit="MB more"),
        ]
    if book:
        _tell(book, name, rows)
    return rows


def _told(book: Path, name: str) -> list[Row]:
    known = json.loads(book.read_text(encoding="utf-8")) if book.exists() else {}
    return [Row(**row) for row in known.get(name, [])]


def _tell(book: Path, name: str, rows: list[Row]) -> None:
    known = json.loads(book.read_text(encoding="utf-8")) if book.exists() else {}
    known[name] = [asdict(row) for row in rows]
    book.write_text(json.dumps(known, ensure_ascii=False, indent=1), encoding="utf-8")

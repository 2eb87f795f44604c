"""A small application with jobs whose handlers write rows or kill their own process when told to."""

import os
import signal
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, cast

from flask import Flask
from sqlalchemy import Column, Integer, MetaData, String, Table, event, func, insert, select

from lms.core.audit import AuditEntry
from lms.core.context import KEPT_FILES, STORAGE
from lms.core.db import Base, db, prepare_engine, unit_of_work
from lms.core.events import EventBus
from lms.core.i18n import init_i18n
from lms.core.jobs.engine import init_jobs
from lms.core.jobs.models import Job
from lms.core.jobs.orders import Handlers, Order, Progress, Schedule
from lms.core.jobs.worker import run_worker
from lms.core.limits import RateCount
from lms.core.storage import LocalStorage

NEVER, BEFORE, AFTER, COMMITTED = "never", "before", "after", "committed"
EFFECTS = Table("effect", MetaData(), Column("id", Integer, primary_key=True), Column("name", String(80)))
"""What handlers write; a table of its own, unknown to the product's migrations."""


@dataclass(frozen=True, kw_only=True)
class WriteRow(Order):
    """Write one row; ``die`` kills the worker, once, before or after writing or right after the commit."""

    code: ClassVar[str] = "sample.write-row"
    label: ClassVar[str] = "Escribir una fila"
    max_attempts: ClassVar[int] = 1000
    lease_seconds: ClassVar[int] = 1

    name: str
    pause_ms: int = 0
    die: str = NEVER
    marker: str = ""
    """File that remembers that the worker was killed already."""


def write_row(order: WriteRow, progress: Progress) -> None:
    """Write the order's row."""
    _die_if(order, BEFORE)
    time.sleep(order.pause_ms / 2000)
    progress(1, 2)
    db.session.execute(insert(EFFECTS).values(name=order.name))
    time.sleep(order.pause_ms / 2000)
    progress(2, 2)
    _die_if(order, AFTER)
    if order.die == COMMITTED:
        event.listen(db.session(), "after_commit", lambda _session: _die_if(order, COMMITTED), once=True)


def _die_if(order: WriteRow, when: str) -> None:
    if order.die == when and not Path(order.marker).exists():
        Path(order.marker).touch()
        os.kill(os.getpid(), signal.SIGKILL)


HANDLERS: Handlers = {WriteRow: write_row}


def sample_app(
    database_url: str,
    data_dir: Path,
    handlers: Iterable[Handlers] = (HANDLERS,),
    schedules: Iterable[Schedule] = (),
    jobs_url: str = "",
) -> Flask:
    """Return an application with a database, files and jobs, and nothing else."""
    app = Flask("sample")
    app.config["SQLALCHEMY_DATABASE_URI"] = database_url
    db.init_app(app)
    init_i18n(app, timezone="UTC")
    app.extensions["lms_events"] = EventBus()
    app.extensions[STORAGE], app.extensions[KEPT_FILES] = LocalStorage(data_dir / "files"), ()
    with app.app_context():
        prepare_engine(db.engine)
    init_jobs(app, handlers, schedules, jobs_url=jobs_url, data_dir=data_dir)
    return app


def create_tables(app: Flask) -> None:
    """Make the tables that jobs need."""
    kinds = (Job, AuditEntry, RateCount)
    with app.app_context():
        Base.metadata.create_all(db.engine, tables=[cast("Table", kind.__table__) for kind in kinds])
        EFFECTS.metadata.create_all(db.engine)


def effects(app: Flask) -> dict[str, int]:
    """Return how often each row was written."""
    with app.app_context(), unit_of_work(read_only=True):
        rows = db.session.execute(select(EFFECTS.c.name, func.count()).group_by(EFFECTS.c.name))
        return {row[0]: row[1] for row in rows}


def main() -> None:
    """Run a worker: database address, data folder, queue address and number of threads are the arguments."""
    database_url, data_dir, jobs_url, threads = sys.argv[1:]
    run_worker(sample_app(database_url, Path(data_dir), jobs_url=jobs_url), int(threads), tick_seconds=0.2)


if __name__ == "__main__":
    main()

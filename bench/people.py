"""People: taking in a file of 20,000 by parts, beside the bare writing of the same rows, and merging two records."""

import resource
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

from flask import Flask
from sqlalchemy import event, func, select

from bench.rows import Row, against
from bench.sittings import installed
from lms.accounts.models import Person
from lms.core.actors import SYSTEM, Actor
from lms.core.clock import now
from lms.core.db import db, unit_of_work
from lms.core.jobs.worker import drain
from lms.core.workbooks import Form, read_table
from lms.institutions.intake import runs
from lms.institutions.intake.models import IntakeRun
from lms.institutions.intake.rules import Wishes
from lms.institutions.merging.planning import plan_merge
from lms.testing.factories.accounts import make_administrator
from lms.testing.factories.institutions import make_institution, make_member
from lms.testing.factories.learning import finish_units, make_cohort, make_enrolment

PEOPLE = 20_000
INSTITUTIONS = 40
HEADING = "Nombres,Primer apellido,Segundo apellido,Correo,Institución,Puesto"
KILOBYTES = 1024


def measure() -> Iterator[Row]:
    """Give processor time for a thousand rows judged and saved, rows a second beside the floor, and memory."""
    with tempfile.TemporaryDirectory() as folder:
        app, _variables = installed(Path(folder))
        before, spent = _peak(), time.process_time()
        run, database = _upload(app)
        yield Row(name="upload.cpu", value=1000 * (time.process_time() - spent) / PEOPLE, unit="s/1000 rows")
        yield Row(name="upload.memory", value=(_peak() - before) / KILOBYTES, unit="MB more")
        yield from _timed("judge", app, None)
        with app.test_request_context(), unit_of_work():
            runs.confirm_run(db.session.get_one(IntakeRun, run), Wishes(), now=now())
        floor = Row(name="executemany.rows", value=_floor(database), unit="rows/s")
        yield floor
        yield from _timed("save", app, floor)
        with app.test_request_context(), unit_of_work(read_only=True):
            people = select(func.count()).select_from(Person)
            yield Row(name="save.people", value=(db.session.scalar(people) or 0) - 1, unit="people")
        yield Row(name="merge.preview", value=_preview_statements(app), unit="SQL")


def _upload(app: Flask) -> tuple[object, Path]:
    """Send the file; return the id of its run, and where the database is."""
    with app.test_request_context(), unit_of_work():
        places = [make_institution().name for _ in range(INSTITUTIONS)]
        sender = Actor(person_id=make_administrator().id)
        lines = (
            f"Persona {n},Ek{n % 977} Pech,Canul,persona.{n}@example.org,{places[n % INSTITUTIONS]},Enfermería"
            for n in range(PEOPLE)
        )
        sheet = read_table("\n".join((HEADING, *lines)).encode(), most_rows=runs.MOST_LARGE)
        run = runs.start_run(sheet, name="20000.csv", form=Form.CSV, actor=sender, now=now())
        return run.id, Path(str(db.engine.url.database))


def _timed(name: str, app: Flask, floor: Row | None) -> Iterator[Row]:
    """Do every due job, each one part; give its processor time, and what the memory grew by meanwhile."""
    memory, spent = _peak(), time.process_time()
    drain(app)
    cpu = time.process_time() - spent
    yield Row(name=f"{name}.cpu", value=1000 * cpu / PEOPLE, unit="s/1000 rows")
    if floor:
        yield against(f"{name}.rows", PEOPLE / cpu, "rows/s", floor)
    yield Row(name=f"{name}.memory", value=(_peak() - memory) / KILOBYTES, unit="MB more")


def _floor(database: Path) -> float:
    """Return how many people a second SQLite takes with their affiliation and two audit rows, as bare tuples."""
    copy = database.with_suffix(".floor")
    with sqlite3.connect(database) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    line = sqlite3.connect(copy, isolation_level=None)
    line.execute("PRAGMA journal_mode=WAL")
    place = line.execute("SELECT id FROM institution LIMIT 1").fetchone()[0]
    spent = time.process_time()
    for start in range(0, PEOPLE, runs.BATCH):
        _write_part(line, range(start, start + runs.BATCH), place)
    spent = time.process_time() - spent
    line.close()
    return PEOPLE / spent


def _write_part(line: sqlite3.Connection, numbers: range, place: str) -> None:
    at = "2026-11-20 15:00:00"
    ids = [uuid4().hex for _ in numbers]
    names = [f"persona {n}" for n in numbers]
    line.execute("BEGIN IMMEDIATE")
    line.executemany(
        "INSERT INTO person (id, given_names, first_surname, second_surname, email, is_active, created_at,"
        " search_text, name_key, email_key) VALUES (?, ?, 'Ek', '', ?, 1, ?, ?, ?, ?)",
        [(key, name, f"{name}@e", at, name, name, name) for key, name in zip(ids, names, strict=True)],
    )
    line.executemany(
        "INSERT INTO affiliation (id, person_id, institution_id, post, starts_on) VALUES (?, ?, ?, '', ?)",
        [(uuid4().hex, key, place, at[:10]) for key in ids],
    )
    line.executemany(
        "INSERT INTO audit_entry (at, code, subject_id, data) VALUES (?, 'x', ?, '{}')",
        [(at, key) for key in ids for _ in range(2)],
    )
    line.execute("COMMIT")


def _preview_statements(app: Flask) -> int:
    """Return how many statements the preview of a merge asks, with records in three cohorts on both sides."""
    with app.test_request_context(), unit_of_work():
        place = make_institution()
        people = [make_member(place) for _ in range(2)]
        for cohort in [make_cohort() for _ in range(3)]:
            for person in people:
                finish_units(make_enrolment(cohort, person), count=2)
        db.session.flush()
        statements: list[str] = []
        engine = db.engine

        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            statements.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        try:
            plan_merge(people[0].id, people[1].id, actor=SYSTEM, now=now())
        finally:
            event.remove(engine, "before_cursor_execute", note)
        return len(statements)


def _peak() -> float:
    """Return the most memory that this process has held so far, in kilobytes."""
    return float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)

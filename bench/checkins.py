"""A hall: 2,000 people scan the code on the screen within one minute, on SQLite and on PostgreSQL.

Each scans, taps the button and reads the confirmation, as a telephone does; they come at random moments of the minute,
the same ones every time. The telephones run on the same cores as the server. PostgreSQL is the one of the tests, which
trades what protects it from a power cut for speed, so its figures flatter it a little.
"""

import asyncio
import os
import random
import re
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from sqlalchemy import event, func, select

from bench.halls import Hall, make_hall
from bench.http import Answer, Load, Target, ask_for, connection, exchange
from bench.rows import Row
from bench.serving import served
from lms.attendance.models import Attendance, AttendanceObservation
from lms.core.db import db, unit_of_work
from lms.testing.postgres import PostgresUnavailable, start_postgres

PEOPLE = 2000
MINUTE = 60.0
"""Seconds within which all of them scan."""
WORKERS = 2
"""Processes that serve them: one for each core."""
ACKNOWLEDGED = 303
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass(slots=True)
class Minute:
    """What the people in the hall met."""

    scans: list[float] = field(default_factory=list)
    """Seconds from scanning to the page with the button."""
    entries: list[float] = field(default_factory=list)
    """Seconds from the tap to the acknowledgement."""
    pages: list[float] = field(default_factory=list)
    """Seconds of the page that says so."""
    refused: int = 0
    acknowledged: int = 0
    late: float = 0.0
    """Seconds after the minute in which the last one was acknowledged; none when all were within it."""


def measure() -> Iterator[Row]:
    """Give for each database what a check-in asks, what 2,000 people met, and what is kept of it afterwards."""
    yield Row(name="machine.load", value=os.getloadavg()[0], unit="processes")
    yield from _on("sqlite")
    try:
        server = start_postgres()
    except PostgresUnavailable as reason:
        print(reason)
        return
    try:
        yield from _on("postgresql", server.create_database("hall"))
    finally:
        server.stop()


def _on(name: str, database_url: str = "") -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        hall = make_hall(Path(folder), PEOPLE + 1, database_url=database_url)
        for step, count in count_statements(hall, hall.cookies[-1]).items():
            yield Row(name=f"{name}.{step}-statements", value=count, unit="SQL")
        with served("lms.app:served_from_env", hall.variables, workers=WORKERS) as port:
            # Each process draws its first pages before the people come.
            ask_for(Target(port, "/a", hall.cookies[-1]), seconds=1.0)
            found = asyncio.run(_minute(port, hall))
        yield from _told(name, found)
        yield from _kept(name, hall, found)
        with hall.app.app_context():
            db.engine.dispose()


def count_statements(hall: Hall, cookie: str) -> dict[str, int]:
    """Return how many statements scanning, entering and the confirmation ask, transaction control left out."""
    client = hall.app.test_client()
    name, _, value = cookie.partition("=")
    client.set_cookie(name, value)
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("PRAGMA", "BEGIN", "SAVEPOINT", "RELEASE")):
            statements.append(statement)

    with hall.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    counted = {}
    try:
        path = hall.scanned()
        page = client.get(path)
        counted["scan"] = len(statements)
        entered = client.post(path, data={"csrf_token": _token(page.text)})
        counted["enter"] = len(statements) - counted["scan"]
        client.get(entered.location)
        counted["confirmation"] = len(statements) - counted["scan"] - counted["enter"]
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return counted


async def _minute(port: int, hall: Hall) -> Minute:
    chance = random.Random(PEOPLE)  # noqa: S311 - the same run every time, and nobody guesses it
    found, began = Minute(), time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for cookie in hall.cookies[:PEOPLE]:
            group.create_task(_come(port, hall, cookie, chance.uniform(0, MINUTE), found))
    found.late = max(0.0, time.perf_counter() - began - MINUTE)
    return found


async def _come(port: int, hall: Hall, cookie: str, later: float, found: Minute) -> None:
    await asyncio.sleep(later)
    path = hall.scanned()
    async with connection(port) as (reader, writer):

        async def ask(target: Target, seconds: list[float]) -> Answer:
            began = time.perf_counter()
            answer = await exchange(reader, writer, target.request())
            seconds.append(time.perf_counter() - began)
            return answer

        page = await ask(Target(port, path, cookie), found.scans)
        phone = _jar(cookie, page)
        form = urlencode({"csrf_token": _token(page.content.decode())})
        entered = await ask(Target(port, path, phone, form), found.entries)
        if page.status != 200 or entered.status != ACKNOWLEDGED:
            found.refused += 1
            return
        found.acknowledged += 1
        shown = await ask(Target(port, entered.headers["location"], phone), found.pages)
        found.refused += shown.status != 200


def _jar(cookie: str, answer: Answer) -> str:
    """Return what a browser sends once an answer has set its cookies."""
    name, _, value = cookie.partition("=")
    return "; ".join(f"{key}={kept}" for key, kept in {name: value, **answer.cookies}.items())


def _told(name: str, found: Minute) -> Iterator[Row]:
    yield Row(name=f"{name}.people", value=PEOPLE, unit="people")
    yield Row(name=f"{name}.refused", value=found.refused, unit="people")
    yield Row(name=f"{name}.after-the-minute", value=found.late, unit="s")
    for step, seconds in (("scan", found.scans), ("enter", found.entries), ("confirmation", found.pages)):
        load = Load(latencies=seconds)
        yield Row(name=f"{name}.{step}-median", value=load.percentile(0.5), unit="ms")
        yield Row(name=f"{name}.{step}-p95", value=load.percentile(0.95), unit="ms")


def _kept(name: str, hall: Hall, found: Minute) -> Iterator[Row]:
    """Give what was acknowledged and is not there, and what is there twice; one more came before the minute."""
    with hall.app.test_request_context(), unit_of_work(read_only=True):
        here = db.session.scalar(select(func.count(func.distinct(Attendance.enrolment_id)))) or 0
        noted = db.session.scalar(select(func.count(AttendanceObservation.id))) or 0
    yield Row(name=f"{name}.lost", value=found.acknowledged + 1 - here, unit="people")
    yield Row(name=f"{name}.twice", value=noted - here, unit="people")


def _token(html: str) -> str:
    found = _TOKEN.search(html)
    return found[1] if found else ""

"""Answers: what saving one asks and how many a second, and 500 learners who take one quiz at the same time.

The browsers of the 500 run on the same cores as the server and take about a twelfth of what it takes. Whatever else
the machine does is in the figures as well: ``machine.load`` says how many processes wanted a core before it began, and
on a machine that is not quiet the best of several runs is the one to keep.
"""

import asyncio
import os
import random
import re
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import event

from bench import floors
from bench.http import CONNECTIONS, SECONDS, WARM_UP, Load, Target, ask_for, connection, exchange
from bench.rows import Row, against
from bench.serving import served
from bench.sittings import QUESTIONS, Sitting, make_sittings
from lms.core.db import db

LEARNERS = 500
PACE = 5.0
"""Seconds from one answer of a learner to the next, half as much more or less: quick, for somebody who reads."""
ARRIVAL = 40.0
"""Seconds within which all learners open the quiz, as people do who were told to begin."""
WORKERS = 2
"""Processes that serve them: one for each core."""
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def measure() -> Iterator[Row]:
    """Give what saving asks, its throughput beside a signed-in page of Flask, and the figures of 500 learners."""
    yield Row(name="machine.load", value=os.getloadavg()[0], unit="processes")
    with tempfile.TemporaryDirectory() as folder:
        made = make_sittings(Path(folder), LEARNERS + CONNECTIONS)
        yield Row(name="save.statements", value=count_statements(made.app, made.sittings[0]), unit="SQL")
        with served("bench.floors:with_user", made.variables) as port:
            cookie = floors.session_cookie(_floor_app(made.variables), made.user_id)
            floor = ask_for(Target(port, "/", cookie))
        user = Row(name="flask-with-user.requests", value=floor.per_second, unit="req/s")
        yield user
        with served("lms.app:served_from_env", made.variables) as port:
            quiet, load = asyncio.run(_throughput(port, made.sittings[:CONNECTIONS]))
            yield against("save.requests", load.per_second, "req/s", user)
            yield Row(name="save.quiet-median", value=1000 * statistics.median(quiet), unit="ms")
        with served("lms.app:served_from_env", made.variables, workers=WORKERS) as port:
            crowd = asyncio.run(_crowd(port, made.sittings[CONNECTIONS:]))
        yield from _told(crowd, statistics.median(quiet))
        yield Row(name="crowd.lost", value=_lost(made.database, crowd), unit="answers")


def count_statements(app: Flask, sitting: Sitting) -> int:
    """Return how many SQL statements keeping one answer asks, transaction control left out."""
    client = app.test_client()
    name, _, value = sitting.cookie.partition("=")
    client.set_cookie(name, value)
    base = client.post(sitting.start, data={"csrf_token": _token(client.get(sitting.intro).text)}).location
    base = base.partition("/questions")[0]
    sent = {"answer": "a", "csrf_token": _token(client.get(f"{base}/questions/1").text)}
    client.post(f"{base}/questions/1/answer", data=sent)
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("PRAGMA", "BEGIN", "SAVEPOINT", "RELEASE")):
            statements.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        client.post(f"{base}/questions/1/answer", data=sent)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(statements)


@dataclass(slots=True)
class Crowd:
    """What 500 learners met."""

    saves: list[float] = field(default_factory=list)
    """Seconds of each saved answer."""
    errors: int = 0
    handed_in: int = 0
    answered: dict[tuple[str, int], str] = field(default_factory=dict)
    """By attempt and number of the question, what the server said it has."""


class Learner(AbstractAsyncContextManager["Learner"]):
    """A browser that takes a quiz over one connection."""

    def __init__(self, port: int, sitting: Sitting) -> None:
        """Take this sitting's quiz at a server on this machine."""
        self.port, self.sitting = port, sitting
        self.cookie, self.token, self.base = sitting.cookie, "", ""
        self._line = connection(port)

    async def __aenter__(self) -> Self:
        """Connect."""
        self._reader, self._writer = await self._line.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Hang up."""
        await self._line.__aexit__(kind, error, trace)

    async def open(self) -> None:
        """Begin an attempt and read its first question."""
        await self._ask(self.sitting.intro)
        _status, location = await self._send(self.sitting.start, {})
        self.base = location.partition("/questions")[0].removesuffix("/review")
        await self._ask(f"{self.base}/questions/1")

    async def save(self, number: int, answer: str) -> int:
        """Answer a question; return the status."""
        status, _ = await self._send(f"{self.base}/questions/{number}/answer", {"answer": answer})
        return status

    async def hand_in(self) -> int:
        """Submit; return the status."""
        status, _ = await self._send(f"{self.base}/submit", {})
        return status

    async def _ask(self, path: str) -> None:
        target = Target(self.port, path, self.cookie)
        answer = await exchange(self._reader, self._writer, target.request())
        if "set-cookie" in answer.headers:
            self.cookie = answer.headers["set-cookie"].partition(";")[0]
        self.token = _token(answer.content.decode())

    async def _send(self, path: str, values: dict[str, str]) -> tuple[int, str]:
        form = urlencode({**values, "csrf_token": self.token})
        target = Target(self.port, path, self.cookie, form)
        answer = await exchange(self._reader, self._writer, target.request())
        return answer.status, answer.headers.get("location", "")


async def _throughput(port: int, sittings: list[Sitting]) -> tuple[list[float], Load]:
    """Return the seconds of answers saved one after another, and the load of several browsers that never pause."""
    quiet: list[float] = []
    async with Learner(port, sittings[0]) as learner:
        await learner.open()
        for turn in range(120):
            began = time.perf_counter()
            await learner.save(1 + turn % QUESTIONS, "ab"[turn % 2])
            quiet.append(time.perf_counter() - began)
            await asyncio.sleep(0.005)
    load = Load()
    async with asyncio.TaskGroup() as group:
        for sitting in sittings:
            group.create_task(_hurry(port, sitting, load))
    load.seconds = SECONDS
    return quiet[20:], load


async def _hurry(port: int, sitting: Sitting, load: Load) -> None:
    async with Learner(port, sitting) as learner:
        await learner.open()
        warm = time.perf_counter() + WARM_UP
        turn = 0
        while (began := time.perf_counter()) < warm + SECONDS:
            turn += 1
            status = await learner.save(1 + turn % QUESTIONS, "ab"[turn % 2])
            if status != 200:
                message = f"saving answered {status}"
                raise RuntimeError(message)
            if began >= warm:
                load.latencies.append(time.perf_counter() - began)


async def _crowd(port: int, sittings: list[Sitting]) -> Crowd:
    crowd = Crowd()
    async with asyncio.TaskGroup() as group:
        for number, sitting in enumerate(sittings):
            group.create_task(_take(port, sitting, crowd, ARRIVAL * number / len(sittings)))
    return crowd


async def _take(port: int, sitting: Sitting, crowd: Crowd, later: float) -> None:
    chance = random.Random(sitting.start)  # noqa: S311 - the same run every time, and nobody guesses it
    await asyncio.sleep(later)
    async with Learner(port, sitting) as learner:
        await learner.open()
        for number in range(1, QUESTIONS + 1):
            await asyncio.sleep(chance.uniform(0.5, 1.5) * PACE)
            answer = chance.choice("ab")
            began = time.perf_counter()
            status = await learner.save(number, answer)
            crowd.saves.append(time.perf_counter() - began)
            crowd.errors += status != 200
            if status == 200:
                crowd.answered[learner.base.rpartition("/")[2], number] = answer
        is_in = await learner.hand_in() == 303
        crowd.handed_in += is_in
        crowd.errors += not is_in


def _told(crowd: Crowd, quiet: float) -> Iterator[Row]:
    load = Load(latencies=crowd.saves)
    usual = Row(name="save.quiet-median", value=1000 * quiet, unit="ms")
    yield Row(name="crowd.learners", value=LEARNERS, unit="people")
    yield Row(name="crowd.handed-in", value=crowd.handed_in, unit="attempts")
    yield Row(name="crowd.errors", value=crowd.errors, unit="answers")
    yield against("crowd.save-median", load.percentile(0.5), "ms", usual)
    yield against("crowd.save-p95", load.percentile(0.95), "ms", usual)


def _lost(database: Path, crowd: Crowd) -> int:
    """Return how many answers that the server said it has are missing, doubled or other than they were given."""
    with sqlite3.connect(database) as connected:
        rows = connected.execute(
            "SELECT attempt.id, attempt.question_ids, answer.question_id, answer.chosen"
            " FROM answer JOIN attempt ON attempt.id = answer.attempt_id"
        ).fetchall()
    kept: dict[tuple[str, str], list[str]] = {}
    asked: dict[str, list[str]] = {}
    for attempt_id, question_ids, question_id, chosen in rows:
        asked[attempt_id] = re.findall(r'"([^"]+)"', question_ids)
        kept.setdefault((attempt_id, question_id), []).append(chosen)
    lost = 0
    for (attempt, number), answer in crowd.answered.items():
        key = attempt.replace("-", "")
        lost += kept.get((key, asked.get(key, [""] * QUESTIONS)[number - 1])) != [f'["{answer}"]']
    return lost


def _token(html: str) -> str:
    found = _TOKEN.search(html)
    return found[1] if found else ""


def _floor_app(variables: dict[str, str]) -> Flask:
    app = Flask("floor")
    app.secret_key = variables["LMS_SECRET_KEY"]
    return app

"""A server that is killed while fifty people answer: what it said it has is there afterwards, and nothing twice."""

import http.client
import os
import random
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Lock
from urllib.parse import urlencode

import pytest

from bench.sittings import make_sittings

ROOT = Path(__file__).resolve().parents[2]
LEARNERS, ANSWERS, KILLS = 50, 5, 2
PATIENCE = 240
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Server:
    """A real server process on one port, which can die at any moment and begin again."""

    def __init__(self, variables):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("LMS_")}
        self.environment = {**inherited, **variables}
        self.process = None

    def start(self):
        command = [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--factory", "--host", "127.0.0.1", "--port",
            str(self.port), "--workers", "1", "--blocking-threads", "4", "--log-level", "error",
            "lms.app:served_from_env",
        ]  # fmt: skip
        self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, start_new_session=True)

    def kill(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=10)


class Learner:
    """A browser that sends every answer until the server says that it has it."""

    def __init__(self, port, sitting, stop):
        self.port, self.sitting, self.stop = port, sitting, stop
        self.cookie, self.token = sitting.cookie, ""
        self.line = None

    def ask(self, method, path, values=None):
        """Send a request again and again until there is an answer."""
        body = None if values is None else urlencode({**values, "csrf_token": self.token})
        headers = {"Cookie": self.cookie, "Accept-Language": "es"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        while not self.stop.is_set():
            try:
                self.line = self.line or http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
                self.line.request(method, path, body, headers)
                response = self.line.getresponse()
                text = response.read().decode()
            except (OSError, http.client.HTTPException):  # it died, perhaps after it had kept the answer
                self.line.close()
                self.line = None
                time.sleep(0.05)
                continue
            if "Set-Cookie" in response.headers:
                self.cookie = response.headers["Set-Cookie"].partition(";")[0]
            if found := TOKEN.search(text):
                self.token = found[1]
            return response.status, response.headers.get("Location", "")
        pytest.fail("the server did not come back")

    def answer(self, note):
        chance = random.Random(self.sitting.start)  # noqa: S311 - nobody guesses it
        self.ask("GET", self.sitting.intro)
        _status, location = self.ask("POST", self.sitting.start, {})
        base = location.partition("/questions")[0]
        given = {}
        for turn in range(1, ANSWERS + 1):
            number = chance.randint(1, 5)
            given[number] = chance.choice("ab")
            sent = {"answer": given[number], "source": "page", "turn": turn, "delay": 0}
            status, _ = self.ask("POST", f"{base}/questions/{number}/answer", sent)
            assert status == 200
            note()
        self.line.close()
        return base.rpartition("/")[2], given


def test_every_answer_that_a_killed_server_had_acknowledged_is_there_and_none_twice(tmp_path):
    made = make_sittings(tmp_path, LEARNERS)
    server, stop, lock = Server(made.variables), Event(), Lock()
    acknowledged = 0
    deaths = sorted(random.sample(range(20, LEARNERS * ANSWERS * 3 // 4), KILLS))

    def note():
        nonlocal acknowledged
        with lock:
            acknowledged += 1
            if deaths and acknowledged >= deaths[0]:
                deaths.pop(0)
                server.kill()
                server.start()

    server.start()
    learners = [Learner(server.port, sitting, stop) for sitting in made.sittings]
    try:
        with ThreadPoolExecutor(LEARNERS) as pool:
            taken = [pool.submit(learner.answer, note) for learner in learners]
            results = [each.result(timeout=PATIENCE) for each in taken]
    finally:
        stop.set()
        server.kill()
    assert deaths == []
    assert kept(made.database) == sorted(
        (attempt.replace("-", ""), number, f'["{answer}"]')
        for attempt, given in results
        for number, answer in given.items()
    )


def kept(database):
    """Return every row of an answer: attempt, number of the question, what was chosen."""
    with sqlite3.connect(database) as connected:
        rows = connected.execute(
            "SELECT attempt.id, attempt.question_ids, answer.question_id, answer.chosen"
            " FROM attempt JOIN answer ON answer.attempt_id = attempt.id"
        ).fetchall()
        (attempts,) = connected.execute("SELECT count(*) FROM attempt").fetchone()
        (started,) = connected.execute(
            "SELECT count(*) FROM audit_entry WHERE code = 'attempts.started'"
        ).fetchone()
    assert attempts == started == LEARNERS
    return sorted(
        (attempt, re.findall(r'"([^"]+)"', asked).index(question) + 1, chosen)
        for attempt, asked, question, chosen in rows
    )

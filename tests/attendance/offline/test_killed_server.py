"""A server that is killed while phones send their marks: what it took is there afterwards, and nothing twice."""

import http.client
import json
import random
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from threading import Lock
from uuid import uuid4

import pytest

from bench.floors import session_cookie
from bench.serving import MortalServer
from bench.sittings import installed
from lms.accounts import service as accounts
from lms.core.clock import now
from lms.core.db import unit_of_work
from lms.testing.factories.accounts import make_administrator
from lms.testing.factories.attendance import make_meeting
from lms.testing.factories.institutions import make_institution
from lms.testing.factories.learning import make_cohort, make_enrolment

PHONES, BATCHES, EACH, KILLS = 4, 4, 4, 1
PATIENCE = 240


def ask(port, cookie, path, body=None, token=""):
    """Send a request again and again until there is an answer, as the page does; return it with its cookie."""
    deadline = time.monotonic() + PATIENCE
    headers = {"Cookie": cookie, "Content-Type": "application/json", "X-CSRFToken": token}
    while time.monotonic() < deadline:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            line.request("POST" if body else "GET", path, json.dumps(body) if body else None, headers)
            answer = line.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException):  # it died, perhaps after it had kept the marks
            time.sleep(0.05)
            continue
        finally:
            line.close()
        assert answer.status == 200, text
        kept = answer.headers.get("Set-Cookie", cookie).partition(";")[0]
        return json.loads(text), kept
    return pytest.fail("the server did not come back")


@dataclass(frozen=True)
class Phone:
    """A device that sends marks of everybody and somebody new in each batch."""

    number: int
    meeting: str
    place: str
    rows: list[str]
    cookie: str

    def send(self, server, note):
        """Send every batch until it is acknowledged; return the origins."""
        device, acknowledged = uuid4(), []
        today, own = ask(server.port, self.cookie, "/attendance/offline/today")
        base = {
            "meeting": self.meeting,
            "seen": "present",
            "state": "present",
            "at": today["now"],
            "offset": 0,
        }
        for first in range(1, BATCHES * EACH, EACH):
            guest = {"name": f"Nueva {self.number} {first}", "institution": self.place, "n": first + EACH - 1}
            items = [{**base, "n": first + at, "row": row} for at, row in enumerate(self.rows)]
            body = {"device": str(device), "items": [*items, {**base, **guest}]}
            answer, own = ask(server.port, own, "/attendance/offline/marks", body, today["token"])
            assert {each["outcome"] for each in answer["results"]} <= {"taken", "known"}
            acknowledged += [f"offline:{device.hex}:{each['n']}" for each in answer["results"]]
            note()
        return acknowledged


def test_marks_that_a_killed_server_had_acknowledged_are_there_and_none_twice(tmp_path):
    app, variables = installed(tmp_path)
    with app.test_request_context(), unit_of_work():
        cohort, place = make_cohort(), make_institution()
        meeting = make_meeting(cohort, starts_at=now() - timedelta(minutes=10))
        rows = [str(make_enrolment(cohort).id) for _ in range(EACH - 1)]
        keeper = make_administrator()
        cookie = session_cookie(app, accounts.open_session(keeper, stay=False, device="", now=now()))
    phones = [Phone(number, str(meeting.id), str(place.id), rows, cookie) for number in range(PHONES)]
    server, lock, taken = MortalServer(variables), Lock(), 0
    deaths = sorted(random.sample(range(4, PHONES * BATCHES - 8), KILLS))

    def note():
        nonlocal taken
        with lock:
            taken += 1
            if deaths and taken >= deaths[0]:
                deaths.pop(0)
                server.kill()
                server.start()

    server.start()
    try:
        with ThreadPoolExecutor(PHONES) as pool:
            sent = pool.map(lambda phone: phone.send(server, note), phones)
            origins = [origin for each in sent for origin in each]
    finally:
        server.kill()
    assert deaths == []
    with sqlite3.connect(tmp_path / "ruta.db") as connected:
        kept = [row[0] for row in connected.execute("SELECT origin FROM attendance_observation")]
        guests = connected.execute("SELECT count(*) FROM person WHERE is_provisional").fetchone()[0]
    assert sorted(kept) == sorted(origins)
    assert guests == PHONES * BATCHES

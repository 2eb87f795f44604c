"""A server that is killed while a hall checks in: every entry that it acknowledged is there, and nobody twice."""

import http.client
import re
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock
from urllib.parse import urlencode

import pytest

from bench.halls import make_hall
from bench.serving import MortalServer

PEOPLE, KILL_AFTER, PATIENCE = 40, 15, 240
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Phone:
    """A telephone that asks until the server answers."""

    def __init__(self, port, cookie, stop):
        self.port, self.stop = port, stop
        name, _, value = cookie.partition("=")
        self.jar = {name: value}

    def ask(self, method, path, values=None):
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.jar.items())}
        if values:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        while not self.stop.is_set():
            line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
            try:
                line.request(method, path, urlencode(values) if values else None, headers)
                response = line.getresponse()
                text = response.read().decode()
            except (OSError, http.client.HTTPException):  # it died, perhaps after it had kept the entry
                time.sleep(0.05)
                continue
            finally:
                line.close()
            for kept in response.headers.get_all("Set-Cookie", []):
                name, _, value = kept.partition(";")[0].partition("=")
                self.jar[name] = value
            return response, text
        pytest.fail("the server did not come back")

    def check_in(self, hall):
        path = hall.scanned()
        page, text = self.ask("GET", path)
        if page.status == http.HTTPStatus.OK:
            page, _text = self.ask("POST", path, {"csrf_token": TOKEN.search(text)[1]})
        assert page.status == http.HTTPStatus.SEE_OTHER
        return page.headers["Location"]


def test_every_entry_that_a_killed_server_had_acknowledged_is_there_and_nobody_twice(tmp_path):
    hall = make_hall(tmp_path, PEOPLE)
    server, stop, lock = MortalServer(hall.variables), Event(), Lock()
    acknowledged = 0

    def come(cookie):
        nonlocal acknowledged
        entry = Phone(server.port, cookie, stop).check_in(hall)
        with lock:
            acknowledged += 1
            if acknowledged == KILL_AFTER:
                server.kill()
                server.start()
        return entry

    server.start()
    try:
        with ThreadPoolExecutor(PEOPLE) as pool:
            taken = [pool.submit(come, cookie) for cookie in hall.cookies]
            entries = {each.result(timeout=PATIENCE) for each in taken}
    finally:
        stop.set()
        server.kill()
    assert entries == {f"/attendance/meetings/{hall.meeting_id}/entry"}
    with sqlite3.connect(tmp_path / "ruta.db") as connected:
        marks = connected.execute("SELECT count(*), count(DISTINCT enrolment_id) FROM attendance").fetchone()
        (noted,) = connected.execute("SELECT count(*) FROM attendance_observation").fetchone()
        (told,) = connected.execute(
            "SELECT count(*) FROM audit_entry WHERE code = 'attendance.recorded'"
        ).fetchone()
    assert (*marks, noted, told) == (PEOPLE,) * 4

"""The private PostgreSQL, started for real from the system's binaries and from the wheel."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from lms.testing import postgres, postgres_programs
from lms.testing.postgres import PostgresServer, start_postgres
from lms.testing.postgres_programs import Account, PostgresUnavailable


def query(url, statement):
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        found = connection.execute(statement)
        return found.fetchall() if found.description else []


@pytest.fixture(params=["system", "wheel"], scope="module")
def server(request):
    if request.param == "system" and postgres_programs.system_programs() is None:
        pytest.skip("este equipo no tiene PostgreSQL del sistema")
    running = start_postgres(request.param)
    yield running
    running.stop()


def test_workers_share_the_server_and_have_databases_of_their_own(server):
    shared = PostgresServer(server.url)
    first, second = shared.create_database("gw0"), shared.create_database("gw1")
    query(first, "CREATE TABLE person (name text)")
    assert query(second, "SELECT to_regclass('person')") == [(None,)]
    copy = shared.create_database("gw2", template="gw0")
    assert query(copy, "SELECT count(*) FROM person") == [(0,)]
    assert query(shared.create_database("gw0"), "SELECT to_regclass('person')") == [(None,)]
    assert query(first, "SELECT lower('Á')") == [("á",)]


def test_listens_on_no_port(server):
    assert query(server.url, "SHOW listen_addresses") == [("",)]


def test_stopping_leaves_nothing_behind():
    server = start_postgres()
    server.stop()
    server.stop()
    assert server.process.poll() is not None
    assert not server.folder.exists()


def test_a_wheel_out_of_reach_is_copied(tmp_path, monkeypatch):
    account = Account.for_this_process()
    reachable = Account.can_run
    # As when the checkout is below /root: only what lies in our folder can be started.
    monkeypatch.setattr(
        Account, "can_run", lambda self, path: path.is_relative_to(tmp_path) and reachable(self, path)
    )
    programs = postgres_programs.wheel_programs(account, tmp_path)
    assert programs.is_relative_to(tmp_path)
    assert "PostgreSQL" in subprocess.check_output([programs / "postgres", "--version"], text=True)
    assert subprocess.check_output([programs / "initdb", "--version"], text=True)


def test_without_any_server_the_message_says_what_to_install(tmp_path):
    with pytest.raises(PostgresUnavailable, match="apt install postgresql"):
        postgres_programs.find_programs("none", Account(), tmp_path)


def test_a_killed_run_takes_its_server_along():
    code = (
        "from lms.testing.postgres import start_postgres\n"
        "server = start_postgres()\n"
        "print(server.url, server.folder, flush=True)\n"
        "input()"
    )
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as run:
        url, folder = run.stdout.readline().split()
        assert answers(url)
        run.send_signal(signal.SIGKILL)
    assert any(not answers(url) for _ in range(100))
    postgres.remove_abandoned(Path(folder).parent)
    assert not Path(folder).exists()


def answers(url):
    time.sleep(0.05)
    try:
        PostgresServer(url).answer()
    except psycopg.OperationalError:
        return False
    return True


def test_a_running_server_is_not_taken_for_abandoned(tmp_path):
    mine, unknown = tmp_path / f"{postgres.PREFIX}mine", tmp_path / f"{postgres.PREFIX}unknown"
    for folder in (mine, unknown):
        folder.mkdir()
    (mine / "owner").write_text(str(os.getpid()), encoding="utf-8")
    postgres.remove_abandoned(tmp_path)
    assert mine.exists()
    assert unknown.exists()

import random
import signal
import subprocess
import sys
import threading
import time

import pytest
from sqlalchemy import select

from lms.core.clock import now
from lms.core.db import db, unit_of_work
from lms.core.jobs.models import Job, JobState
from lms.core.jobs.orders import enqueue
from lms.core.jobs.queries import count_by_state
from lms.core.jobs.worker import drain, run_worker, tick
from lms.core.sweeping import PARTS
from lms.testing.sample_jobs import AFTER, BEFORE, COMMITTED, NEVER, WriteRow, effects

PATIENCE_SECONDS = 60


@pytest.fixture
def start_worker(database, tmp_path):
    """Return a function that starts a worker process and waits until it says that it is ready."""
    started = []

    def start(threads=2):
        database_url, queue_url = database
        arguments = [database_url, str(tmp_path), queue_url, str(threads)]
        command = [sys.executable, "-m", "lms.testing.sample_jobs", *arguments]
        worker = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        started.append(worker)
        ready = worker.stdout.readline()
        assert "listo" in ready or worker.wait(10) == -signal.SIGKILL  # a deadly job was the first
        return worker

    yield start
    for worker in started:
        worker.kill()
        worker.wait(10)
        worker.stdout.close()


def order_all(app, orders):
    with app.app_context(), unit_of_work():
        for order in orders:
            enqueue(order, now=now())


def counts(app):
    with app.app_context(), unit_of_work(read_only=True):
        return count_by_state()


def are_all_done(app):
    with app.app_context(), unit_of_work(read_only=True):
        states = db.session.scalars(select(Job.state).where(Job.code == WriteRow.code))
        return set(states) == {JobState.DONE}


def wait_until(condition):
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "the jobs did not finish in time"
        time.sleep(0.05)


def test_a_worker_killed_at_random_loses_no_job_and_runs_none_twice(app, start_worker):
    names = [f"job {number}" for number in range(80)]
    order_all(app, [WriteRow(name=name, pause_ms=20) for name in names])
    chance = random.Random(7)  # noqa: S311  # a seed makes the moments of death repeatable
    for _ in range(5):
        worker = start_worker()
        time.sleep(chance.uniform(0, 0.25))
        worker.kill()
        worker.wait(10)
    assert not are_all_done(app), "the workers were killed too late to prove anything"
    start_worker()
    wait_until(lambda: are_all_done(app))
    assert effects(app) == dict.fromkeys(names, 1)


def test_a_worker_killed_in_its_handler_or_right_after_the_commit_leaves_one_effect(
    app, start_worker, tmp_path
):
    deadly = [
        WriteRow(name=f"{moment} {number}", die=moment, marker=str(tmp_path / f"{moment}{number}"))
        for moment in (BEFORE, AFTER, COMMITTED)
        for number in range(2)
    ]
    order_all(app, [*deadly, WriteRow(name=NEVER)])
    deaths = 0
    while deaths < len(deadly):
        # One thread: with two, one death would take the other thread along before its own.
        worker = start_worker(threads=1)
        assert worker.wait(PATIENCE_SECONDS) == -signal.SIGKILL
        deaths += 1
    start_worker()
    wait_until(lambda: are_all_done(app))
    assert effects(app) == {order.name: 1 for order in deadly} | {NEVER: 1}


def test_sigterm_lets_the_running_job_finish_and_leaves_the_rest_queued(app, start_worker):
    order_all(app, [WriteRow(name=str(number), pause_ms=600) for number in range(8)])
    worker = start_worker()
    wait_until(lambda: counts(app)[JobState.RUNNING])
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(20) == 0
    after = counts(app)
    assert after[JobState.RUNNING] == 0
    assert after[JobState.QUEUED] > 0
    assert sum(effects(app).values()) >= 1
    drain(app)
    assert effects(app) == {str(number): 1 for number in range(8)}


def test_two_workers_share_the_jobs_without_doubling_any(app, start_worker):
    start_worker()
    start_worker()
    names = [str(number) for number in range(120)]
    order_all(app, [WriteRow(name=name, pause_ms=2) for name in names])
    wait_until(lambda: are_all_done(app))
    assert effects(app) == dict.fromkeys(names, 1)


def test_a_worker_in_a_thread_stops_when_it_is_told(app, capsys):
    order_all(app, [WriteRow(name="a")])
    stop = threading.Event()
    worker = threading.Thread(target=run_worker, args=(app, 1), kwargs={"stop": stop, "tick_seconds": 0.1})
    worker.start()
    wait_until(lambda: are_all_done(app))
    stop.set()
    worker.join(20)
    assert not worker.is_alive()
    assert "listo (1 hilos" in capsys.readouterr().out


def test_the_first_tick_orders_the_core_schedules_once(app, noon):
    tick(app)
    tick(app)
    with app.app_context():
        codes = list(db.session.scalars(select(Job.code)))
    assert sorted(codes) == [
        "core.forget-old-jobs", "core.forget-rate-counts", "core.learn-sizes", "core.seal-audit",
        "core.sweep-files",
    ]  # fmt: skip
    assert drain(app) == 4 + len(PARTS)

import threading
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from sqlalchemy import insert, update

from lms.core.clock import freeze
from lms.core.db import db, unit_of_work
from lms.core.jobs.models import Job, JobState
from lms.core.jobs.orders import Order, enqueue
from lms.core.jobs.outbox import JOBS
from lms.core.jobs.runner import run_job
from lms.core.jobs.sweeper import beat, hand_back, sweep
from lms.testing.sample_jobs import EFFECTS, WriteRow, effects


@dataclass(frozen=True, kw_only=True)
class Fragile(Order):
    code: ClassVar[str] = "sample.fragile"
    max_attempts: ClassVar[int] = 2
    lease_seconds: ClassVar[int] = 60


def order(app, order, now):
    with app.app_context(), unit_of_work():
        return enqueue(order, now=now)


def swept(app, now):
    with freeze(now), app.app_context():
        return sweep(now)


def read(app, job_id):
    with app.app_context(), unit_of_work(read_only=True):
        return db.session.get(Job, job_id)


def abandon(app, job_id, now, attempts=1):
    """Leave the row as a worker leaves it that is killed in its handler."""
    with app.app_context(), unit_of_work():
        db.session.execute(update(Job).values(state=JobState.RUNNING, attempts=attempts, beat_at=now))


def lose_messages(app):
    app.extensions[JOBS].queue._open().huey.storage.flush_queue()


def test_a_committed_job_whose_message_was_lost_is_sent_again(app, noon):
    job_id = order(app, WriteRow(name="a"), noon)
    lose_messages(app)
    swept(app, noon)
    assert app.extensions[JOBS].queue.waiting() == {job_id}


def test_a_message_that_still_waits_is_not_doubled(app, noon):
    order(app, WriteRow(name="a"), noon)
    swept(app, noon)
    swept(app, noon)
    assert app.extensions[JOBS].queue.size() == 1


def test_a_retry_is_sent_when_its_time_comes(app, noon):
    with app.app_context(), unit_of_work():
        job_id = enqueue(WriteRow(name="a"), now=noon, run_at=noon + timedelta(minutes=2))
    swept(app, noon + timedelta(minutes=1))
    assert app.extensions[JOBS].queue.size() == 0
    swept(app, noon + timedelta(minutes=2))
    assert app.extensions[JOBS].queue.waiting() == {job_id}


def test_a_job_whose_worker_is_gone_comes_back_after_its_lease_and_not_before(make_app, noon):
    app = make_app([{Fragile: lambda order, progress: None}])
    job_id = order(app, Fragile(), noon)
    abandon(app, job_id, noon)
    assert swept(app, noon + timedelta(seconds=60)) == 0
    assert swept(app, noon + timedelta(seconds=61)) == 1
    job = read(app, job_id)
    assert (job.state, job.attempts, job.beat_at) == (JobState.QUEUED, 1, None)
    with freeze(noon + timedelta(seconds=61)):
        assert run_job(app, job_id) is JobState.DONE


def test_a_job_that_kills_its_workers_ends_dead(make_app, noon):
    app = make_app([{Fragile: lambda order, progress: None}])
    job_id = order(app, Fragile(), noon)
    abandon(app, job_id, noon, attempts=2)
    swept(app, noon + timedelta(minutes=5))
    job = read(app, job_id)
    assert job.state is JobState.DEAD
    assert "se detuvo" in job.error


def test_a_living_job_keeps_its_place_however_long_its_process_could_not_beat(app, noon):
    job_id = order(app, WriteRow(name="a"), noon)
    abandon(app, job_id, noon)
    much_later = noon + timedelta(hours=1)
    with app.app_context(), app.extensions[JOBS].attempt(job_id, 1) as attempt:
        attempt(3, 10)
        assert sweep(much_later) == 0
    job = read(app, job_id)
    assert (job.state, job.beat_at) == (JobState.RUNNING, much_later)
    assert (job.done_steps, job.total_steps) == (3, 10)


def test_an_older_attempt_cannot_beat_for_the_job(app, noon):
    job_id = order(app, WriteRow(name="a"), noon)
    abandon(app, job_id, noon, attempts=2)
    with app.app_context(), app.extensions[JOBS].attempt(job_id, 1):
        with unit_of_work():
            beat(app.extensions[JOBS].attempts(), noon + timedelta(hours=1))
        assert sweep(noon + timedelta(hours=1)) == 1


def test_handing_back_lets_another_worker_start_at_once(app, noon):
    job_id = order(app, WriteRow(name="a"), noon)
    abandon(app, job_id, noon)
    with app.app_context(), app.extensions[JOBS].attempt(job_id, 1) as attempt, unit_of_work():
        hand_back((attempt,), noon)
    with freeze(noon):
        assert run_job(app, job_id) is JobState.DONE


def test_a_suspended_worker_that_wakes_up_changes_nothing(make_app, noon):
    asleep, awake = threading.Event(), threading.Event()
    first = []

    def sleep_the_first_time(order, progress):
        if not first:
            first.append(True)
            asleep.set()
            assert awake.wait(20)
        db.session.execute(insert(EFFECTS).values(name=order.name))

    app = make_app([{WriteRow: sleep_the_first_time}])
    job_id = order(app, WriteRow(name="a"), noon)
    results = []
    suspended = threading.Thread(target=lambda: results.append(run_job(app, job_id)))
    suspended.start()
    assert asleep.wait(20)
    other = make_app([{WriteRow: sleep_the_first_time}])
    later = noon + timedelta(minutes=10)
    assert swept(other, later) == 1
    with freeze(later):
        results.append(run_job(other, job_id))
    awake.set()
    suspended.join(20)
    assert results == [JobState.DONE, None]
    assert effects(app) == {"a": 1}

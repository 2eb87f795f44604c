from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar
from uuid import uuid4

import pytest
from sqlalchemy import insert, text, update

from lms.core.clock import freeze
from lms.core.db import db, unit_of_work
from lms.core.jobs.models import Job, JobState
from lms.core.jobs.orders import Order, enqueue
from lms.core.jobs.outbox import JOBS
from lms.core.jobs.runner import pause_after, run_job
from lms.core.jobs.worker import drain
from lms.testing.sample_jobs import EFFECTS, WriteRow, effects


@dataclass(frozen=True, kw_only=True)
class Fail(Order):
    code: ClassVar[str] = "sample.fail"
    max_attempts: ClassVar[int] = 3

    name: str


def write_and_fail(order, progress):
    db.session.execute(insert(EFFECTS).values(name=order.name))
    raise OSError("mail server is away\nwith a second line about somebody")


def order(app, order, now, **options):
    with app.app_context(), unit_of_work():
        return enqueue(order, now=now, **options)


def read(app, job_id):
    with app.app_context(), unit_of_work(read_only=True):
        return db.session.get(Job, job_id)


def test_a_job_is_done_with_its_effect(app, noon):
    job_id = order(app, WriteRow(name="a"), noon)
    assert run_job(app, job_id) is JobState.DONE
    job = read(app, job_id)
    assert (job.state, job.attempts, job.finished_at, job.beat_at) == (JobState.DONE, 1, noon, None)
    assert (job.done_steps, job.total_steps) == (2, 2)
    assert effects(app) == {"a": 1}


def test_a_message_that_comes_twice_or_for_nothing_does_nothing(app, noon):
    job_id = order(app, WriteRow(name="a"), noon)
    run_job(app, job_id)
    assert run_job(app, job_id) is None
    assert run_job(app, uuid4()) is None
    assert effects(app) == {"a": 1}


def test_a_job_for_later_waits_for_its_time(app, noon):
    later = noon + timedelta(hours=1)
    job_id = order(app, WriteRow(name="a"), noon, run_at=later)
    assert run_job(app, job_id) is None
    with freeze(later):
        assert run_job(app, job_id) is JobState.DONE


def test_a_failure_undoes_its_writes_and_waits_longer_each_time_until_it_is_dead(make_app, noon):
    app = make_app([{Fail: write_and_fail}])
    job_id = order(app, Fail(name="a"), noon)
    moment = noon
    for pause in (timedelta(seconds=30), timedelta(minutes=2)):
        with freeze(moment):
            assert run_job(app, job_id) is JobState.QUEUED
        job = read(app, job_id)
        assert job.run_at == moment + pause
        assert job.error == "OSError: mail server is away"
        moment = job.run_at
    with freeze(moment):
        assert run_job(app, job_id) is JobState.DEAD
    job = read(app, job_id)
    assert (job.state, job.attempts, job.finished_at) == (JobState.DEAD, 3, moment)
    assert effects(app) == {}


def test_pauses_grow_and_stay_under_six_hours():
    pauses = [pause_after(attempt, 10) for attempt in range(1, 11)]
    assert pauses[:4] == [timedelta(seconds=seconds) for seconds in (30, 120, 480, 1920)]
    assert max(pauses[:-1]) == timedelta(hours=6)
    assert pauses[-1] is None
    assert pause_after(11, 10) == timedelta(seconds=30)


def test_an_order_that_nobody_handles_is_dead_with_a_sentence(make_app, app, noon):
    job_id = order(app, WriteRow(name="a"), noon)
    assert run_job(make_app([]), job_id) is JobState.DEAD
    assert "Ningún componente" in read(app, job_id).error


def test_an_order_whose_values_changed_is_dead_with_a_sentence(app, noon):
    job_id = order(app, WriteRow(name="a"), noon)
    with app.app_context(), unit_of_work():
        db.session.execute(update(Job).values(payload={"title": "old"}))
    assert run_job(app, job_id) is JobState.DEAD
    assert "no entiende" in read(app, job_id).error


@pytest.mark.parametrize("values", [{"attempts": 2}, {"state": JobState.QUEUED}])
def test_work_that_was_given_to_somebody_else_takes_no_effect(make_app, noon, values, database):
    def lose_the_job(order, progress):
        # What the sweeper and a second worker would have committed meanwhile, in our own transaction.
        db.session.execute(insert(EFFECTS).values(name=order.name))
        db.session.execute(update(Job).values(values))

    app = make_app([{WriteRow: lose_the_job}])
    job_id = order(app, WriteRow(name="a"), noon)
    assert run_job(app, job_id) is None
    assert effects(app) == {}
    assert read(app, job_id).state is JobState.RUNNING


def test_a_database_error_shows_no_values(make_app, noon):
    def break_a_rule(order, progress):
        db.session.execute(text("INSERT INTO nowhere VALUES (:secret)"), {"secret": "Participante 014"})

    app = make_app([{Fail: break_a_rule}])
    job_id = order(app, Fail(name="a"), noon)
    run_job(app, job_id)
    assert "Participante" not in read(app, job_id).error
    assert "nowhere" in read(app, job_id).error


def test_jobs_ordered_by_a_job_are_sent_when_it_is_done(make_app, noon):
    def order_another(order, progress):
        if order.name == "first":
            enqueue(WriteRow(name="second"), now=noon)
        db.session.execute(insert(EFFECTS).values(name=order.name))

    app = make_app([{WriteRow: order_another}])
    run_job(app, order(app, WriteRow(name="first"), noon))
    assert app.extensions[JOBS].queue.size() == 2
    assert drain(app) == 1
    assert effects(app) == {"first": 1, "second": 1}


def test_draining_leaves_retries_for_their_time(make_app, noon):
    app = make_app([{Fail: write_and_fail}])
    order(app, Fail(name="a"), noon)
    assert drain(app) == 1
    assert drain(app) == 0


def test_two_orders_cannot_share_a_code(make_app):
    with pytest.raises(ValueError, match=r"sample\.fail"):
        make_app([{Fail: write_and_fail}, {type("Twin", (Fail,), {}): write_and_fail}])


def test_an_order_needs_a_code(make_app):
    with pytest.raises(ValueError, match="Order needs a code"):
        make_app([{Order: write_and_fail}])

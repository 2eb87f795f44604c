from datetime import timedelta

import pytest

from lms.core.db import db, savepoint, unit_of_work
from lms.core.jobs.models import Job
from lms.core.jobs.orders import enqueue
from lms.core.jobs.outbox import JOBS
from lms.testing.sample_jobs import WriteRow


@pytest.fixture
def queue(app):
    return app.extensions[JOBS].queue


def order_and_fail(now):
    enqueue(WriteRow(name="refused"), now=now)
    raise KeyError


def test_the_message_leaves_after_the_commit_and_not_before(app, queue, noon):
    with app.app_context(), unit_of_work():
        job_id = enqueue(WriteRow(name="a"), now=noon)
        db.session.flush()
        assert queue.size() == 0
    assert queue.waiting() == {job_id}


def test_a_rollback_sends_nothing_then_or_later(app, queue, noon):
    with app.app_context():
        with pytest.raises(KeyError), unit_of_work():
            order_and_fail(noon)
        with unit_of_work():
            kept = enqueue(WriteRow(name="b"), now=noon)
    assert queue.waiting() == {kept}


def test_releasing_a_savepoint_is_not_a_commit(app, queue, noon):
    with app.app_context(), unit_of_work():
        with savepoint():
            job_id = enqueue(WriteRow(name="a"), now=noon)
        assert queue.size() == 0
    assert queue.waiting() == {job_id}


def test_undoing_a_savepoint_keeps_what_was_ordered_before_it(app, queue, noon):
    with app.app_context(), unit_of_work():
        kept = enqueue(WriteRow(name="a"), now=noon)
        with pytest.raises(KeyError), savepoint():
            order_and_fail(noon)
    assert kept in queue.waiting()
    with app.app_context():
        assert db.session.query(Job.id).all() == [(kept,)]


def test_a_job_for_later_is_not_sent_now(app, queue, noon):
    with app.app_context(), unit_of_work():
        enqueue(WriteRow(name="a"), now=noon, run_at=noon + timedelta(hours=1))
    assert queue.size() == 0


def test_asking_twice_with_a_key_is_one_job_and_one_message(app, queue, noon):
    with app.app_context():
        with unit_of_work():
            first = enqueue(WriteRow(name="a"), now=noon, key="only-once")
        with unit_of_work():
            assert enqueue(WriteRow(name="a"), now=noon, key="only-once") == first
    assert queue.size() == 1


def test_a_commit_holds_when_the_queue_is_out_of_reach(make_app, noon, caplog):
    app = make_app(jobs_url="postgresql://nobody@127.0.0.1:1/none")
    with app.app_context():
        with unit_of_work():
            job_id = enqueue(WriteRow(name="a"), now=noon)
        assert db.session.get(Job, job_id) is not None
    assert "no responde" in caplog.text

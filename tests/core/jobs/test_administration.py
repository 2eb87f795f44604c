from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from lms.core.actors import Actor
from lms.core.audit import AuditEntry
from lms.core.db import db, unit_of_work
from lms.core.errors import NotFound
from lms.core.jobs.errors import JobNotDead
from lms.core.jobs.models import Job, JobState
from lms.core.jobs.orders import enqueue
from lms.core.jobs.outbox import JOBS
from lms.core.jobs.queries import count_by_state, get_job, list_jobs, longest_wait
from lms.core.jobs.runner import run_job
from lms.core.jobs.service import retry
from lms.testing.sample_jobs import WriteRow, effects

ADMINISTRATOR = Actor(person_id=uuid4(), name="Participante 014")


@pytest.fixture
def dead_job(app, noon):
    with app.app_context(), unit_of_work():
        job_id = enqueue(WriteRow(name="a"), now=noon)
        job = db.session.get(Job, job_id)
        job.state, job.attempts, job.finished_at = JobState.DEAD, WriteRow.max_attempts, noon
    app.extensions[JOBS].queue._open().huey.storage.flush_queue()
    return job_id


def test_a_dead_job_that_is_retried_goes_to_the_queue_and_runs(app, dead_job, noon):
    with app.app_context(), unit_of_work():
        retry(get_job(dead_job), actor=ADMINISTRATOR, now=noon)
    assert app.extensions[JOBS].queue.waiting() == {dead_job}
    assert run_job(app, dead_job) is JobState.DONE
    assert effects(app) == {"a": 1}


def test_a_retry_is_in_the_audit_trail(app, dead_job, noon):
    with app.app_context():
        with unit_of_work():
            retry(get_job(dead_job), actor=ADMINISTRATOR, now=noon)
        entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.code, entry.actor_id, entry.subject_id) == (
        "core.job-retried",
        ADMINISTRATOR.person_id,
        dead_job,
    )


def test_only_dead_jobs_can_be_retried(app, noon):
    with app.app_context(), unit_of_work():
        job_id = enqueue(WriteRow(name="a"), now=noon)
        with pytest.raises(JobNotDead):
            retry(get_job(job_id), actor=ADMINISTRATOR, now=noon)


def test_the_list_shows_the_newest_first_by_state_and_page(app, dead_job, noon):
    with app.app_context(), unit_of_work():
        for minutes in range(1, 4):
            enqueue(WriteRow(name=str(minutes)), now=noon + timedelta(minutes=minutes))
        assert [row.state for row in list_jobs()] == [*[JobState.QUEUED] * 3, JobState.DEAD]
        assert [row.id for row in list_jobs(JobState.DEAD)] == [dead_job]
        assert list_jobs()[0].label == "Escribir una fila"
        assert len(list_jobs(page=2, page_size=3)) == 1


def test_a_job_that_nobody_handles_any_more_is_listed_by_its_code(make_app, app, dead_job):
    with make_app([]).app_context(), unit_of_work(read_only=True):
        assert list_jobs()[0].label == WriteRow.code


def test_states_are_counted_with_zeros(app, dead_job):
    with app.app_context(), unit_of_work(read_only=True):
        assert count_by_state() == {
            JobState.QUEUED: 0,
            JobState.RUNNING: 0,
            JobState.DONE: 0,
            JobState.DEAD: 1,
        }


def test_the_longest_wait_counts_due_jobs_only(app, noon):
    with app.app_context(), unit_of_work():
        enqueue(WriteRow(name="later"), now=noon, run_at=noon + timedelta(days=1))
        assert longest_wait(noon) == timedelta(0)
        enqueue(WriteRow(name="due"), now=noon - timedelta(minutes=7))
        assert longest_wait(noon) == timedelta(minutes=7)


def test_a_missing_job_is_not_found(app):
    with app.app_context(), unit_of_work(read_only=True), pytest.raises(NotFound):
        get_job(uuid4())

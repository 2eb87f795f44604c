"""The sweeper: takes back jobs whose worker is gone and sends again what the queue has lost.

A running job shows life by ``beat_at``. Not its handler writes it but the worker's ticker, every few seconds,
for all jobs that its process runs. On SQLite there is one writer: a handler that has begun to write keeps
the ticker waiting, but then no sweeper can take the job back either, because that is a write too. When the
lock is free again, the beats and the sweep are one transaction with the beats first, so a process never
takes back its own living jobs, however long a neighbour held the lock. On PostgreSQL the beats never wait.

If a living job is taken back all the same (its process was suspended for longer than its lease), the attempt
number fences it off: its transaction finds that the row is no longer its own and is rolled back.
"""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update

from lms.core.db import db, unit_of_work
from lms.core.i18n import _l
from lms.core.jobs.context import Attempt, JobEngine, current_jobs
from lms.core.jobs.models import Job, JobState
from lms.core.jobs.runner import pause_after

log = logging.getLogger(__name__)

AT_ONCE = 1000
"""A queue with more messages than this is not compared with the rows: it is busy, not lossy."""
WORKER_GONE = _l("El proceso que lo ejecutaba se detuvo antes de terminar.")


def sweep(now: datetime) -> int:
    """Beat for this process's jobs, take back stale ones, resend lost ones; return how many came back."""
    engine = current_jobs()
    taken = 0
    if engine.attempts() or _find_stale(engine, now):
        with unit_of_work():
            beat(engine.attempts(), now)
            taken = _take_back(engine, now)
    resend(engine, now)
    return taken


def beat(attempts: tuple[Attempt, ...], now: datetime) -> None:
    """Write the sign of life and the progress of these attempts."""
    for attempt in attempts:
        db.session.execute(
            update(Job)
            .where(Job.id == attempt.job_id, Job.state == JobState.RUNNING, Job.attempts == attempt.number)
            .values(beat_at=now, done_steps=attempt.done, total_steps=attempt.total)
            .execution_options(synchronize_session=False)
        )


def hand_back(attempts: tuple[Attempt, ...], now: datetime) -> None:
    """Put unfinished attempts of this process back in the queue; the fence undoes what they still do."""
    for attempt in attempts:
        db.session.execute(
            update(Job)
            .where(Job.id == attempt.job_id, Job.state == JobState.RUNNING, Job.attempts == attempt.number)
            .values(state=JobState.QUEUED, run_at=now, beat_at=None)
            .execution_options(synchronize_session=False)
        )


def _find_stale(engine: JobEngine, now: datetime) -> bool:
    """Look without taking SQLite's write lock: there is nothing to take back almost always."""
    with unit_of_work(read_only=True):
        rows = db.session.execute(select(Job.code, Job.beat_at).where(Job.state == JobState.RUNNING)).all()
        return any(_is_stale(engine, row.code, row.beat_at, now) for row in rows)


def _is_stale(engine: JobEngine, code: str, beat_at: datetime | None, now: datetime) -> bool:
    return beat_at is None or beat_at < now - timedelta(seconds=engine.kind_of(code).lease_seconds)


def _take_back(engine: JobEngine, now: datetime) -> int:
    # Skipping locked rows: their own transaction, or another sweeper, is writing them this instant.
    query = select(Job).where(Job.state == JobState.RUNNING).with_for_update(skip_locked=True)
    stale = [job for job in db.session.scalars(query) if _is_stale(engine, job.code, job.beat_at, now)]
    for job in stale:
        _put_back(job, engine.kind_of(job.code).max_attempts, now)
    return len(stale)


def _put_back(job: Job, max_attempts: int, now: datetime) -> None:
    log.warning("El trabajo %s (%s) quedó sin proceso; vuelve a la cola.", job.id, job.code)
    job.error = str(WORKER_GONE)
    job.beat_at = None
    if pause_after(job.attempts, max_attempts):
        job.state, job.run_at = JobState.QUEUED, now
    else:
        job.state, job.finished_at = JobState.DEAD, now


def resend(engine: JobEngine, now: datetime) -> list[UUID]:
    """Send due jobs whose message is not in the queue: lost, retried or taken back. Return them."""
    with unit_of_work(read_only=True):
        due = db.session.scalars(
            select(Job.id)
            .where(Job.state == JobState.QUEUED, Job.run_at <= now)
            .order_by(Job.run_at, Job.created_at)
            .limit(AT_ONCE)
        ).all()
    if not due or engine.queue.size() > AT_ONCE:
        return []
    waiting = engine.queue.waiting()
    missing = [job_id for job_id in due if job_id not in waiting]
    if missing:
        engine.send(missing)
    return missing

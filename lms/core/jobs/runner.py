"""Runs one job: claim it, do it and mark it done in one transaction, or note the failure."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from flask import Flask
from sqlalchemy import ColumnElement, update

from lms.core.clock import now
from lms.core.db import db, unit_of_work
from lms.core.jobs.context import Attempt, JobEngine, OrderUnreadable, current_jobs
from lms.core.jobs.models import Job, JobState
from lms.core.types import Json

log = logging.getLogger(__name__)

FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=6)
ERROR_LENGTH = 500


class TakenOver(Exception):
    """The sweeper gave the job to somebody else while we ran it; our work must not take effect."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A job that is ours. The attempt number is the fence: whoever holds an older one can change nothing."""

    job_id: UUID
    attempt: int
    code: str
    payload: Json

    @property
    def is_ours(self) -> tuple[ColumnElement[bool], ...]:
        """Return the conditions under which the row may still be written."""
        return (Job.id == self.job_id, Job.state == JobState.RUNNING, Job.attempts == self.attempt)


def run_job(app: Flask, job_id: UUID) -> JobState | None:
    """Run a job if it is queued and due. Return the state it reached, None when there was nothing to do.

    Messages may come twice or for rows that are long done: only a successful claim starts the work. The
    handler's writes and the mark "done" are one transaction, so a worker killed at any instant leaves either
    both or neither, and a running row that the sweeper finds.
    """
    with app.app_context():
        claim = _claim(job_id, now())
        if claim is None:
            return None
        engine = current_jobs()
        with engine.attempt(job_id, claim.attempt) as attempt:
            return _try(engine, claim, attempt)


def _claim(job_id: UUID, moment: datetime) -> Claim | None:
    statement = (
        update(Job)
        .where(Job.id == job_id, Job.state == JobState.QUEUED, Job.run_at <= moment)
        .values(state=JobState.RUNNING, attempts=Job.attempts + 1, beat_at=moment)
        .returning(Job.attempts, Job.code, Job.payload)
        .execution_options(synchronize_session=False)
    )
    with unit_of_work():
        row = db.session.execute(statement).one_or_none()
    return Claim(job_id=job_id, attempt=row.attempts, code=row.code, payload=row.payload) if row else None


def _try(engine: JobEngine, claim: Claim, attempt: Attempt) -> JobState | None:
    try:
        order, handler = engine.read(claim.code, claim.payload)
        with unit_of_work():
            handler(order, attempt)
            _mark_done(claim, attempt)
    except TakenOver:
        log.warning(
            "Otro proceso tomó el trabajo %s (%s); este intento se deshizo.", claim.job_id, claim.code
        )
        return None
    except OrderUnreadable as error:
        return _note_failure(claim, str(error), retry_at=None)
    except Exception as error:
        log.exception("El trabajo %s (%s) falló en el intento %d.", claim.job_id, claim.code, claim.attempt)
        pause = pause_after(claim.attempt, engine.kind_of(claim.code).max_attempts)
        return _note_failure(claim, in_one_line(error), retry_at=now() + pause if pause else None)
    return JobState.DONE


def _mark_done(claim: Claim, attempt: Attempt) -> None:
    values = {
        "state": JobState.DONE,
        "finished_at": now(),
        "beat_at": None,
        "error": "",
        "done_steps": attempt.done,
        "total_steps": attempt.total,
    }
    if not _write(claim, values):
        raise TakenOver


def _note_failure(claim: Claim, error: str, *, retry_at: datetime | None) -> JobState | None:
    state = JobState.QUEUED if retry_at else JobState.DEAD
    values: Json = {"state": state, "error": error, "beat_at": None}
    values |= {"run_at": retry_at} if retry_at else {"finished_at": now()}
    with unit_of_work():
        # Nothing to write when the job was taken over, or was committed although the answer got lost.
        return state if _write(claim, values) else None


def _write(claim: Claim, values: Json) -> bool:
    statement = update(Job).where(*claim.is_ours).values(values).returning(Job.id)
    return db.session.scalar(statement.execution_options(synchronize_session=False)) is not None


def pause_after(attempt: int, max_attempts: int) -> timedelta | None:
    """Return how long to wait after this failed attempt: 30 s, 2, 8, 32 min…; None when it was the last.

    Attempts are counted over the job's whole life, because the number fences off older attempts: a job that
    an administrator put back gets ``max_attempts`` more.
    """
    if attempt % max_attempts == 0:
        return None
    growth: int = 4 ** (attempt % max_attempts - 1)
    return min(LONGEST_PAUSE, FIRST_PAUSE * growth)


def in_one_line(error: Exception) -> str:
    """Return the first line of a failure: the next ones of a database error would show people's data."""
    first = (str(error).splitlines() or [""])[0]
    return f"{type(error).__name__}: {first}"[:ERROR_LENGTH]

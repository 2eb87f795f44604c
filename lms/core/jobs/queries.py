"""What administrators read about jobs."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select

from lms.core.db import db
from lms.core.errors import NotFound
from lms.core.jobs.context import current_jobs
from lms.core.jobs.models import Job, JobState
from lms.core.text import Text

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRow:
    """A job as the administrator's list shows it."""

    id: UUID
    code: str
    label: Text
    """What the job does, for people; its code when nobody handles it any more."""
    state: JobState
    attempts: int
    created_at: datetime
    run_at: datetime
    finished_at: datetime | None
    done_steps: int
    total_steps: int
    error: str
    """The last failure in one line."""


def list_jobs(state: JobState | None = None, *, page: int = 1, page_size: int = PAGE_SIZE) -> list[JobRow]:
    """Return one page of jobs, the newest first; only those in this state if one is given."""
    query = (
        select(Job).order_by(Job.created_at.desc(), Job.id).limit(page_size).offset((page - 1) * page_size)
    )
    if state:
        query = query.where(Job.state == state)
    return [_row(job) for job in db.session.scalars(query)]


def _row(job: Job) -> JobRow:
    return JobRow(
        id=job.id,
        code=job.code,
        label=current_jobs().kind_of(job.code).label or job.code,
        state=job.state,
        attempts=job.attempts,
        created_at=job.created_at,
        run_at=job.run_at,
        finished_at=job.finished_at,
        done_steps=job.done_steps,
        total_steps=job.total_steps,
        error=job.error,
    )


def count_by_state() -> dict[JobState, int]:
    """Return how many jobs are in each state, zeros included."""
    counts = db.session.execute(select(Job.state, func.count()).group_by(Job.state)).all()
    return dict.fromkeys(JobState, 0) | {row[0]: row[1] for row in counts}


def get_job(job_id: UUID) -> Job:
    """Return a job; raises NotFound."""
    job = db.session.get(Job, job_id)
    if job is None:
        raise NotFound
    return job


def longest_wait(now: datetime) -> timedelta:
    """Return how long the oldest due job has been waiting; minutes mean that no worker is running."""
    oldest = db.session.scalar(
        select(func.min(Job.run_at)).where(Job.state == JobState.QUEUED, Job.run_at <= now)
    )
    return now - oldest if oldest else timedelta(0)

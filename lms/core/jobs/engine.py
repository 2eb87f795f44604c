"""Gives the application its job engine: the slices' handlers and schedules, the core's own, and the queue."""

from collections.abc import Iterable
from pathlib import Path

from flask import Flask

from lms.core.jobs import housekeeping
from lms.core.jobs.context import JobEngine
from lms.core.jobs.orders import Handlers, Schedule
from lms.core.jobs.outbox import JOBS
from lms.core.jobs.queue import Queue
from lms.core.jobs.runner import run_job


def init_jobs(
    app: Flask, handlers: Iterable[Handlers], schedules: Iterable[Schedule], *, jobs_url: str, data_dir: Path
) -> JobEngine:
    """Keep the job engine in ``app.extensions["lms_jobs"]`` and return it.

    The queue is opened when a job is first sent, so that building the application needs no queue. Raises
    ValueError when two orders share a code or a schedule has no handler.
    """
    engine = JobEngine(
        [housekeeping.HANDLERS, *handlers],
        [*housekeeping.SCHEDULES, *schedules],
        Queue(jobs_url, data_dir, lambda job_id: run_job(app, job_id)),
    )
    app.extensions[JOBS] = engine
    return engine

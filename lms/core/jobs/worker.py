"""The worker: threads that run jobs as their messages come, and a ticker that sweeps and keeps schedules."""

import logging
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from uuid import UUID

import click
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from lms.core.clock import now
from lms.core.db import db, unit_of_work
from lms.core.jobs.context import current_jobs
from lms.core.jobs.models import Job, JobState
from lms.core.jobs.runner import run_job
from lms.core.jobs.schedule import run_schedules
from lms.core.jobs.sweeper import hand_back, sweep

log = logging.getLogger(__name__)

TICK_SECONDS = 2.0
HEALTH_SECONDS = 10.0


def run_worker(
    app: Flask, workers: int, *, stop: threading.Event | None = None, tick_seconds: float = TICK_SECONDS
) -> None:
    """Run jobs with this many threads until SIGTERM, SIGINT or ``stop``; print one line when ready.

    A stopping worker finishes the jobs it has begun; those that take too long go back to the queue. A second
    signal ends the process at once, which costs nothing but the work of the interrupted attempts.
    """
    stop = stop or threading.Event()
    with app.app_context():
        queue = current_jobs().queue
    consumer = queue.consumer(workers)
    ticker = threading.Thread(
        target=_tick_until, args=(app, stop, tick_seconds), name="jobs-ticker", daemon=True
    )
    with _stopped_by_signals(stop):
        consumer.start()
        ticker.start()
        click.echo(f"Trabajos en segundo plano: listo ({workers} hilos, cola {queue.kind}).")
        while not stop.wait(HEALTH_SECONDS):
            consumer.check_worker_health()
    consumer.stop(graceful=True)
    ticker.join()
    _hand_back_unfinished(app)
    queue.close()


def tick(app: Flask) -> None:
    """Write the schedules' present slots and sweep, once."""
    with app.app_context():
        moment = now()
        run_schedules(moment)
        sweep(moment)


def drain(app: Flask) -> int:
    """Run every due job in this process, also those that jobs order, and return how many attempts it took.

    Call it outside any open transaction: each job commits its own.
    """
    attempts = 0
    while due := _due(app):
        ran = sum(run_job(app, job_id) is not None for job_id in due)
        if not ran:
            break  # another worker has them
        attempts += ran
    return attempts


def _due(app: Flask) -> list[UUID]:
    with app.app_context(), unit_of_work(read_only=True):
        query = select(Job.id).where(Job.state == JobState.QUEUED, Job.run_at <= now())
        return list(db.session.scalars(query.order_by(Job.run_at, Job.created_at)))


def _tick_until(app: Flask, stop: threading.Event, seconds: float) -> None:
    while True:
        try:
            tick(app)
        except Exception:
            log.exception("No se pudo revisar la cola de trabajos; se reintentará.")
        if stop.wait(seconds):
            return


def _hand_back_unfinished(app: Flask) -> None:
    with app.app_context():
        unfinished = current_jobs().attempts()
        if not unfinished:
            return
        try:
            with unit_of_work():
                hand_back(unfinished, now())
        except OperationalError:
            log.warning(
                "Quedaron %d trabajos a medias; volverán a la cola al vencer su plazo.", len(unfinished)
            )


@contextmanager
def _stopped_by_signals(stop: threading.Event) -> Iterator[None]:
    """Let SIGTERM and SIGINT set the event, once: the second one does what it did before."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        restore()
        stop.set()

    for number in before:
        signal.signal(number, on_signal)
    try:
        yield
    finally:
        restore()

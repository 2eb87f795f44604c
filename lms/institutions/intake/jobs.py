"""Long files are judged and saved part by part; files that were sent are forgotten after some days."""

from lms.core.clock import now
from lms.core.context import current_storage
from lms.core.jobs.orders import Progress
from lms.institutions.intake import runs
from lms.institutions.intake.messages import ForgetRun, ForgetUpload, JudgeBatch, SaveBatch


def forget_upload(order: ForgetUpload, _progress: Progress) -> None:
    """Remove the file; its rows live on as people and institutions."""
    current_storage().delete(order.digest)


def judge_batch(order: JudgeBatch, progress: Progress) -> None:
    """Judge one part and order the next."""
    run = runs.find_run(order.run_id)
    if run:
        runs.judge_batch(run, order.number, now=now())
        progress(run.done, run.total)


def save_batch(order: SaveBatch, progress: Progress) -> None:
    """Save one part and order the next: a worker that dies leaves all of the part or nothing of it."""
    run = runs.find_run(order.run_id)
    if run:
        runs.save_batch(run, order.number, now=now())
        progress(run.done, run.total)


def forget_run(order: ForgetRun, _progress: Progress) -> None:
    """Remove a long file."""
    runs.forget_run(order.run_id)

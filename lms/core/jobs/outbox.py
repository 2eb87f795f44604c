"""The outbox: ids of jobs written in a transaction go to the queue once, and only if, it commits."""

from collections.abc import Iterable
from typing import Protocol
from uuid import UUID

from flask import current_app
from sqlalchemy import event
from sqlalchemy.orm import Session

from lms.core.db import db

JOBS = "lms_jobs"
"""Where the application keeps its job engine."""
OUTBOX = "lms_jobs_to_send"


class Sender(Protocol):
    """Takes job ids to the queue; never raises, because the change is committed and the sweeper resends."""

    def send(self, job_ids: Iterable[UUID]) -> None:
        """Send the ids."""
        ...


def send_after_commit(job_id: UUID) -> None:
    """Remember a job of this transaction for the queue."""
    db.session.info.setdefault(OUTBOX, []).append(job_id)


@event.listens_for(Session, "after_commit")
def _send(session: Session) -> None:
    if session.in_nested_transaction():
        return  # a released savepoint is not a commit
    job_ids = session.info.pop(OUTBOX, ())
    sender: Sender | None = current_app.extensions.get(JOBS) if job_ids and current_app else None
    if sender:
        sender.send(job_ids)


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    # An id whose savepoint was undone stays and is sent: its message finds no row and does nothing.
    if not session.in_nested_transaction():
        session.info.pop(OUTBOX, None)

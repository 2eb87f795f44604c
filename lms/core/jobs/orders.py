"""Job orders: what to do later, written as a row in the caller's own transaction."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, ClassVar, Protocol
from uuid import UUID

from sqlalchemy import select

from lms.core.db import db
from lms.core.jobs.models import Job
from lms.core.jobs.outbox import send_after_commit
from lms.core.text import Text
from lms.core.types import Json


@dataclass(frozen=True, kw_only=True)
class Order:
    """An imperative: subclasses hold plain JSON values (str, int, bool, lists) that say what to do."""

    code: ClassVar[str] = ""
    """Stable name, ``slice.verb-noun``."""
    label: ClassVar[Text] = ""
    """What the administrator reads in the list of jobs."""
    max_attempts: ClassVar[int] = 5
    """After how many failures the job is dead; a worker that dies under the job counts as one."""
    lease_seconds: ClassVar[int] = 120
    """How long a running job may go without a sign of life before another worker takes it (see sweeper)."""
    keep_days: ClassVar[int] = 30
    """How long the done row stays as history; its key may be used again afterwards."""


class Progress(Protocol):
    """Lets a long job say how far it is. Cheap: the worker's ticker writes it down now and then."""

    def __call__(self, done: int, total: int) -> None:
        """Note that ``done`` of ``total`` steps are finished."""
        ...


Handler = Callable[[Any, Progress], None]
"""Runs an order inside one unit of work that also marks the job done: what it writes takes effect once.

What it does outside the database (an e-mail) may happen again when a worker dies in between. Until its first
query it holds no transaction: talk to the outside world first, or keep one job to one message.
"""

Handlers = Mapping[type[Order], Handler]


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """An order repeated at an interval; each time slot becomes one row, so two workers cannot double it."""

    order: Order
    every_seconds: int


def payload_of(order: Order) -> Json:
    """Return the order's values as JSON."""
    return asdict(order)


def enqueue(order: Order, *, now: datetime, key: str | None = None, run_at: datetime | None = None) -> UUID:
    """Write a job row; it exists exactly if the caller's transaction commits. Return its id.

    ``key`` makes the order unique: asking twice with the same key returns the first job's id.
    """
    if key and (known := db.session.scalar(select(Job.id).where(Job.key == key))):
        return known
    job = Job(code=order.code, payload=payload_of(order), key=key, created_at=now, run_at=run_at or now)
    db.session.add(job)
    db.session.flush()
    if job.run_at <= now:
        send_after_commit(job.id)
    return job.id

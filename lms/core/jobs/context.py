"""What the running application holds for jobs: handlers, schedules, the queue, the attempts under way."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from flask import current_app

from lms.core.i18n import _l
from lms.core.jobs.orders import Handler, Handlers, Order, Schedule
from lms.core.jobs.outbox import JOBS
from lms.core.jobs.queue import Queue
from lms.core.types import Json

NOBODY_HANDLES = _l("Ningún componente instalado atiende este tipo de trabajo.")
CANNOT_READ = _l("La versión instalada no entiende los datos de este trabajo.")


class OrderUnreadable(Exception):
    """A job row that this installation cannot turn into an order; trying again would not help."""


@dataclass(slots=True)
class Attempt:
    """One try at a job that this process is making now. Calling it notes the progress."""

    job_id: UUID
    number: int
    done: int = 0
    total: int = 0

    def __call__(self, done: int, total: int) -> None:
        """Note that ``done`` of ``total`` steps are finished."""
        self.done, self.total = done, total


class JobEngine:
    """The installation's handlers, schedules and queue."""

    def __init__(self, handlers: Iterable[Handlers], schedules: Iterable[Schedule], queue: Queue) -> None:
        """Collect what the slices declare; raises ValueError for a missing or taken name."""
        self._handlers: dict[str, tuple[type[Order], Handler]] = {}
        for table in handlers:
            for kind, handler in table.items():
                self._add(kind, handler)
        self.schedules = tuple(schedules)
        self._check_schedules()
        self.queue = queue
        self._attempts: dict[tuple[UUID, int], Attempt] = {}
        self._lock = threading.Lock()

    def _add(self, kind: type[Order], handler: Handler) -> None:
        if not kind.code:
            raise ValueError(f"{kind.__qualname__} needs a code")
        if kind.code in self._handlers:
            raise ValueError(f"Two orders have the code {kind.code!r}")
        self._handlers[kind.code] = (kind, handler)

    def _check_schedules(self) -> None:
        codes = [schedule.order.code for schedule in self.schedules]
        for code in codes:
            if code not in self._handlers:
                raise ValueError(f"Nobody handles the scheduled order {code!r}")
            if codes.count(code) > 1:
                raise ValueError(f"The order {code!r} is scheduled twice; its time slots would collide")

    @property
    def kinds(self) -> tuple[type[Order], ...]:
        """Return every order that somebody handles."""
        return tuple(kind for kind, _handler in self._handlers.values())

    def kind_of(self, code: str) -> type[Order]:
        """Return the order class of a code; the bare Order, with its limits, when nobody handles it."""
        return self._handlers[code][0] if code in self._handlers else Order

    def read(self, code: str, payload: Json) -> tuple[Order, Handler]:
        """Return the order that a row holds and who handles it; raises OrderUnreadable with a sentence."""
        if code not in self._handlers:
            raise OrderUnreadable(str(NOBODY_HANDLES))
        kind, handler = self._handlers[code]
        try:
            return kind(**payload), handler
        except TypeError as error:
            raise OrderUnreadable(str(CANNOT_READ)) from error

    def send(self, job_ids: Iterable[UUID]) -> None:
        """Tell the workers about these jobs."""
        self.queue.send(job_ids)

    @contextmanager
    def attempt(self, job_id: UUID, number: int) -> Iterator[Attempt]:
        """Count this attempt as alive while the block runs."""
        attempt = Attempt(job_id, number)
        with self._lock:
            self._attempts[job_id, number] = attempt
        try:
            yield attempt
        finally:
            with self._lock:
                del self._attempts[job_id, number]

    def attempts(self) -> tuple[Attempt, ...]:
        """Return the attempts that this process is making now."""
        with self._lock:
            return tuple(self._attempts.values())


def current_jobs() -> JobEngine:
    """Return the job engine of the running application."""
    return cast("JobEngine", current_app.extensions[JOBS])

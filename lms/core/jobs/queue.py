"""The queue: huey on SQLite, PostgreSQL or Redis carries job ids only. No other module knows huey."""

import json
import logging
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from uuid import UUID

from huey import Huey, MemoryHuey, PostgresHuey, RedisHuey, SqliteHuey
from huey.consumer import Consumer
from huey.registry import Message

log = logging.getLogger(__name__)

NAME = "ruta"
TASK = "run"
POLL_SECONDS = 0.2
"""Longest pause between two looks at a SQLite queue; PostgreSQL and Redis wake the worker themselves."""
STOP_SECONDS = 30
"""How long a stopping worker waits for the jobs it is running."""

RunJob = Callable[[UUID], object]


class JsonSerializer:
    """Writes messages as JSON lists. Huey's pickle would run code for whoever can write to the queue."""

    def serialize(self, message: Message) -> bytes:
        """Return the message as a JSON list of its fields."""
        return json.dumps(list(message)).encode()

    def deserialize(self, data: bytes) -> Message:
        """Return the message; raises ValueError or TypeError for anything but a JSON list."""
        values = json.loads(bytes(data))
        if not isinstance(values, list):
            raise TypeError("A message of the queue is a JSON list")
        return Message(*values)


def build_huey(jobs_url: str, data_dir: Path) -> Huey:
    """Return the huey of an address: empty for a SQLite file in ``data_dir``, ``memory://`` for tests.

    Raises ValueError for an address that is none of ours.
    """
    options: dict[str, Any] = {"results": False, "serializer": JsonSerializer()}
    match urlsplit(jobs_url).scheme.partition("+")[0]:
        case "":
            data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
            return SqliteHuey(NAME, filename=str(data_dir / "jobs.db"), timeout=10, **options)
        case "postgresql":
            return PostgresHuey(NAME, dsn=jobs_url.replace("+psycopg", "", 1), **options)
        case "redis" | "rediss":
            return RedisHuey(NAME, url=jobs_url, **options)
        case "memory":
            return MemoryHuey(NAME, **options)
        case _:
            raise ValueError(f"No queue is known for {jobs_url!r}")


class _Consumer(Consumer):  # type: ignore[misc]  # huey has no types
    def _set_signal_handlers(self) -> None:
        """Leave signals to our worker: huey would treat SIGTERM as a reason to drop what is running."""


class _Opened(NamedTuple):
    huey: Huey
    run: Callable[[str], object]


class Queue:
    """A huey opened when first used: building the application touches no queue and survives a fork."""

    def __init__(self, jobs_url: str, data_dir: Path, run_job: RunJob) -> None:
        """Remember where the queue is and what a message starts."""
        self._jobs_url = jobs_url
        self._data_dir = data_dir
        self._run_job = run_job
        self._lock = threading.Lock()
        self._opened: _Opened | None = None

    @property
    def kind(self) -> str:
        """Return what carries the messages: sqlite, postgresql, redis or memory."""
        return urlsplit(self._jobs_url).scheme.partition("+")[0] or "sqlite"

    def send(self, job_ids: Iterable[UUID]) -> None:
        """Put one message per job in the queue; when it is out of reach, the sweeper sends again later."""
        try:
            run = self._open().run
            for job_id in job_ids:
                run(str(job_id))
        except Exception:  # each storage has its own errors, and the caller has already committed
            log.warning("La cola de trabajos no responde; se reintentará.", exc_info=True)

    def size(self) -> int:
        """Return how many messages wait."""
        return int(self._open().huey.storage.queue_size())

    def waiting(self) -> set[UUID]:
        """Return the jobs whose message waits in the queue."""
        return {UUID(task.args[0]) for task in self._open().huey.pending()}

    def consumer(self, threads: int) -> Consumer:
        """Return a consumer of this queue, not yet started, that leaves signals alone."""
        return _Consumer(
            self._open().huey,
            workers=threads,
            periodic=False,
            initial_delay=0.05,
            max_delay=POLL_SECONDS,
            scheduler_interval=60,
            shutdown_timeout=STOP_SECONDS,
        )

    def close(self) -> None:
        """Let go of the queue's connection; the next use opens it again."""
        with self._lock:
            if self._opened:
                self._opened.huey.storage.close()
                self._opened = None

    def _open(self) -> _Opened:
        with self._lock:
            if self._opened is None:
                huey = build_huey(self._jobs_url, self._data_dir)
                if self._jobs_url.startswith("postgres"):
                    huey.on_shutdown()(huey.storage.close)  # each thread listens on a connection of its own
                self._opened = _Opened(huey, huey.task(name=TASK)(self._run))
            return self._opened

    def _run(self, job_id: str) -> None:
        self._run_job(UUID(job_id))

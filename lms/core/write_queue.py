"""The queue before SQLite's write lock. Its own waiting is none: who waits longer asks less often, up to 100 ms apart.

Threads of a process wait for each other first, and then one of each process at a file beside the database, where the
system wakes the next. The queue only puts them in order: what keeps the database whole is SQLite's own lock, also
against a program that knows nothing of the queue.
"""

import os
import sys
from threading import Lock
from typing import Final

if sys.platform != "win32":
    import fcntl

PATIENCE: Final = 10.0
"""Seconds after which a thread stops queueing and asks SQLite itself, which says that the database is locked."""


class WriteQueue:
    """Who may begin to write next, in one process for all its connections."""

    def __init__(self, path: str) -> None:
        """Queue with other processes at this file; with none where the database is in memory."""
        self._path = path
        self._lock = Lock()

    def turn(self) -> "Turn":
        """Return what one connection queues with."""
        return Turn(self._lock, self._path)


class Turn:
    """One connection's place in the queue."""

    def __init__(self, lock: Lock, path: str) -> None:
        """Open the file for this connection alone: what a fork inherits would be held together with the parent."""
        self._lock = lock
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600) if path else -1
        self._is_mine = False

    def take(self) -> None:
        """Wait until it is this connection's turn."""
        self._is_mine = self._lock.acquire(timeout=PATIENCE)
        if self._is_mine and self._file >= 0 and sys.platform != "win32":
            fcntl.flock(self._file, fcntl.LOCK_EX)

    def leave(self) -> None:
        """Let the next one write; without a turn nothing happens."""
        if self._is_mine:
            if self._file >= 0 and sys.platform != "win32":
                fcntl.flock(self._file, fcntl.LOCK_UN)
            self._is_mine = False
            self._lock.release()

    def close(self) -> None:
        """Leave for good."""
        self.leave()
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

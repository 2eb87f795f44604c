"""What a worker keeps of the figures between two requests, for as long as their version is the same (ADR 26).

Nothing here is shared by workers: each asks the database for the version in every request, and what it kept under
another one is as good as lost. The shelf holds so many values at most; what was not asked for longest goes first.
"""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from threading import Lock
from typing import Any

from flask import Flask, current_app

SHELF = "lms_reports_shelf"
MOST_VALUES = 400_000
"""Numbers that one worker keeps; with what is made of them a year of 2,000 institutions is 20,000, some 3 MB."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Something on the shelf, under the version it was made of."""

    version: Hashable
    value: Any
    size: int


class Shelf:
    """Things by what was asked, each with its version; threads may take and put at once."""

    def __init__(self, most: int = MOST_VALUES) -> None:
        """Begin empty, with room for so many values."""
        self.most = most
        self.size = 0
        self._things: OrderedDict[Hashable, Kept] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        """Return how many things there are."""
        return len(self._things)

    def find(self, key: Hashable, version: Hashable) -> Any | None:
        """Return what is kept for a question under this very version; None when there is nothing."""
        with self._lock:
            kept = self._things.get(key)
            if kept is None or kept.version != version:
                return None
            self._things.move_to_end(key)
            return kept.value

    def keep(self, key: Hashable, version: Hashable, value: Any, size: int) -> None:
        """Keep something of so many values, in the place of what was known under another version."""
        with self._lock:
            self._drop(key)
            self._things[key] = Kept(version, value, size)
            self.size += size
            while self.size > self.most and len(self._things) > 1:
                self._drop(next(iter(self._things)))

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._things.clear()
            self.size = 0

    def _drop(self, key: Hashable) -> None:
        gone = self._things.pop(key, None)
        if gone is not None:
            self.size -= gone.size


def shelf() -> Shelf:
    """Return the shelf of this application in this process."""
    return shelf_of(current_app)


def shelf_of(app: Flask) -> Shelf:
    """Return the shelf of an application."""
    found: Shelf = app.extensions.setdefault(SHELF, Shelf())
    return found

"""How many unknown addresses one client may open, counted in this process.

A GET may not write, so the count cannot be a row. It need not be: a code has fifty bits, so with ten thousand
certificates one guess in eighty thousand million is right. The bucket keeps the noise of guessing away from the
database, and it does so just as well when each of several processes allows this much.
"""

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

TRIES: Final = 30
"""Unknown codes in a row."""
PER_SECOND: Final = 0.1
"""How fast they come back."""
MOST_CLIENTS: Final = 5000
"""Of the clients that tried last; older ones are forgotten, so memory does not grow."""


@dataclass(kw_only=True)
class Throttle:
    """A bucket of tries for each client, which empties with every failure and fills with time."""

    tries: float = TRIES
    per_second: float = PER_SECOND
    _buckets: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)
    """Client to tries left and the second at which they were counted."""
    _lock: Lock = field(default_factory=Lock)

    def is_exhausted(self, client: str, at: float) -> bool:
        """Say whether the client has no try left at this second of a clock that never goes back."""
        with self._lock:
            return self._left(client, at) < 1

    def note_failure(self, client: str, at: float) -> None:
        """Take one try from the client."""
        with self._lock:
            self._buckets[client] = (max(0.0, self._left(client, at) - 1), at)
            self._buckets.move_to_end(client)
            while len(self._buckets) > MOST_CLIENTS:
                self._buckets.popitem(last=False)

    def _left(self, client: str, at: float) -> float:
        left, counted_at = self._buckets.get(client, (self.tries, at))
        return min(self.tries, left + max(0.0, at - counted_at) * self.per_second)

"""The one place that asks what time it is. Tests fix it with ``lms.testing``'s ``at``."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_fixed: ContextVar[datetime | None] = ContextVar("fixed", default=None)
_frozen_for_all: list[datetime] = []


def now() -> datetime:
    """Return the present instant, aware, in UTC."""
    if fixed := _fixed.get():
        return fixed
    return _frozen_for_all[-1] if _frozen_for_all else datetime.now(UTC)


@contextmanager
def travel_to(moment: datetime) -> Iterator[None]:
    """Make ``now`` answer this moment inside the block (used by the demonstration's history)."""
    token = _fixed.set(moment)
    try:
        yield
    finally:
        _fixed.reset(token)


@contextmanager
def freeze(moment: datetime) -> Iterator[None]:
    """Like ``travel_to``, for every thread of the process: a test server answers from other threads."""
    _frozen_for_all.append(moment)
    try:
        yield
    finally:
        _frozen_for_all.pop()

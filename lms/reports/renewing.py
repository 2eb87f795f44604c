"""Makes what a worker keeps of the figures anew as soon as they change, before somebody opens the page (ADR 26).

A commission looks at its page while its country learns: something changes every few seconds, and the first page after
a change costs several others. So whoever serves pages looks after those that were opened lately: a few times in a
second it reads the version of their figures, and opens them again, for nobody, when it is another one. No page is ever
older than its figures because of it: each still reads the version for itself.
"""

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager, suppress
from typing import Final

from flask import Flask, current_app

from lms.core.db import unit_of_work
from lms.reports.opening import Opened, Opening, open_page
from lms.reports.service import ProtectedReport
from lms.reports.tallies.versions import all_tokens_of

log = logging.getLogger(__name__)

RENEWER: Final = "lms_reports_renewer"
MOST: Final = 12
"""Pages that a process looks after; the one that was opened longest ago goes first."""
WATCH_SECONDS: Final = 300.0
"""How long a page is looked after when nobody opens it again."""
PAUSE_SECONDS: Final = 0.1
"""Between two looks at the version."""
SLOWEST_SECONDS: Final = 2.0
"""A page that takes longer is counted from the facts, or too large: it is left to whoever opens it."""
REST: Final = 3
"""How many times what renewing took a process rests from it: others get three quarters of its time at least."""


class Renewer:
    """Pages that were opened lately, each with the version it was last made of; requests note them from any thread."""

    def __init__(self, app: Flask, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Look after nothing yet; no thread runs before the first page is noted."""
        self.app = app
        self._clock = clock
        self._watched: OrderedDict[Hashable, tuple[Opening, float]] = OrderedDict()
        self._made: dict[Hashable, Hashable] = {}
        self._lock = threading.Lock()
        self._opening: Hashable = None
        self._is_free = threading.Condition(self._lock)
        self._thread: threading.Thread | None = None

    def wait_for(self, opening: Opening) -> None:
        """Return when nobody makes this very page any more: two that make it at once would take twice as long."""
        key = _key(opening)
        with self._is_free:
            self._is_free.wait_for(lambda: self._opening != key, timeout=SLOWEST_SECONDS)

    def note(self, opening: Opening) -> None:
        """Look after a page that was just opened, for a while."""
        key = _key(opening)
        with self._lock:
            self._watched[key] = opening, self._clock() + WATCH_SECONDS
            self._watched.move_to_end(key)
            while len(self._watched) > MOST:
                self._forget(next(iter(self._watched)))
            if self._thread is None:
                self._start()

    def _start(self) -> None:
        """Begin to renew; a process that may have no more threads goes without."""
        thread = threading.Thread(target=self._go_on, name="reports-renewer", daemon=True)
        with suppress(RuntimeError):
            thread.start()
            self._thread = thread

    def renew(self) -> int:
        """Open every page again whose figures have another version than it was made of; return how many."""
        watched = self._current()
        if not watched:
            return 0
        with self.app.app_context(), unit_of_work(read_only=True):
            programmes = {opening.question.programme_id for opening in watched.values()}
            # Read before the figures: a page may be newer than the version it is noted under, never older.
            versions = {each: all_tokens_of(each) for each in programmes}
        stale = {
            key: opening for key, opening in watched.items()
            if self._made.get(key) != versions[opening.question.programme_id]
        }  # fmt: skip
        for key, opening in stale.items():
            self._open(key, opening, versions[opening.question.programme_id])
        return len(stale)

    def _open(self, key: Hashable, opening: Opening, version: Hashable) -> None:
        """Make a page anew, and forget one that takes long or cannot be made."""
        began = self._clock()
        try:
            # Each in its own transaction: SQLite would show the last page what was true when the first one began.
            with self._alone(key), self.app.app_context(), unit_of_work(read_only=True):
                open_page(opening)
            is_made = self._clock() - began <= SLOWEST_SECONDS
        except Exception:
            log.exception("A page could not be renewed: whoever opens it next is told so")
            is_made = False
        with self._lock:
            if not is_made:
                self._forget(key)
            elif key in self._watched:
                self._made[key] = version

    @contextmanager
    def _alone(self, key: Hashable) -> Iterator[None]:
        """Have whoever wants the page of this key wait for the end of the block."""
        with self._lock:
            self._opening = key
        try:
            yield
        finally:
            with self._is_free:
                self._opening = None
                self._is_free.notify_all()

    def _current(self) -> dict[Hashable, Opening]:
        """Return the pages to look after, the last opened first; forget the others."""
        with self._lock:
            for key in [key for key, (_opening, until) in self._watched.items() if until < self._clock()]:
                self._forget(key)
            return {key: opening for key, (opening, _until) in reversed(self._watched.items())}

    def _forget(self, key: Hashable) -> None:
        self._watched.pop(key, None)
        self._made.pop(key, None)

    def _go_on(self) -> None:
        """Renew until there is nothing to look after."""
        while not self._is_done():
            began = time.monotonic()
            try:
                self.renew()
            except Exception:
                log.exception("No version of figures could be read: pages are no longer renewed")
                self._stop_watching()
            time.sleep(max(PAUSE_SECONDS, REST * (time.monotonic() - began)))

    def _stop_watching(self) -> None:
        with self._lock:
            self._watched.clear()
            self._made.clear()

    def _is_done(self) -> bool:
        """Say whether nothing is looked after; the next page that is noted starts another thread then."""
        watched = self._current()
        with self._lock:
            if not watched and not self._watched:
                self._thread = None
            return self._thread is None


def serve(app: Flask) -> None:
    """Look after the pages that are opened in a process that serves them."""
    app.extensions[RENEWER] = Renewer(app)


def opened(opening: Opening) -> Opened:
    """Return what a page says, and look after it from now on where this process serves pages."""
    renewer: Renewer | None = current_app.extensions.get(RENEWER)
    if renewer is None:
        return open_page(opening)
    renewer.wait_for(opening)
    found = open_page(opening)
    # Of a plugin's own table, and of a programme that was never counted, nothing is kept that could be renewed.
    if isinstance(opening.report, ProtectedReport) and found.periods.periods:
        renewer.note(opening)
    return found


def _key(opening: Opening) -> Hashable:
    """Return what is looked after once, in whatever order its rows are asked for."""
    return opening.report.name, opening.question

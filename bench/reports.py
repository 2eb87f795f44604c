"""The commission's page over a country: 10,000 and 1,000,000 enrolments at 2,000 institutions, beside our lesson.

The lesson is the longest of the demonstration, asked for in the same minute on the same engine. Figures are kept from
the facts once (``build``), compared with them (``verify``), and the list of enrolments is exported; memory is what
the process grew by meanwhile. ``BENCH_ENROLMENTS=10000,100000`` chooses other sizes.
"""

import os
import tempfile
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask, url_for

from bench import census
from bench.floors import session_cookie
from bench.http import Target, ask_for
from bench.rows import Row, against
from bench.scene import Visit, count_statements, make_scene
from bench.serving import served
from bench.sittings import installed
from lms.accounts import service as accounts
from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.core.db import db, unit_of_work
from lms.core.long_tables import WRITERS
from lms.institutions.programmes.models import Programme
from lms.reports.tallies import service as tallies
from lms.reports.tallies.exporting import export
from lms.testing.factories.accounts import make_administrator
from lms.testing.postgres import PostgresUnavailable, start_postgres

SIZES = tuple(int(size) for size in os.environ.get("BENCH_ENROLMENTS", "10000,1000000").split(","))
VIEWS = {
    "year": {},
    "ever": {"period": "all"},
    "search": {"q": "0014"},
    "sectors": {"group": "sector"},
    "months": {"group": "period"},
}
"""What of the commission's page is asked for, in its address."""
SLOWEST = Row(name="goal.lessons", value=3, unit="lessons")
GROWTH = Row(name="goal.growth", value=1.5, unit="times")
SECONDS = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """An installation with a country, and the commission's page in it."""

    app: Flask
    variables: dict[str, str]
    programme: Programme
    cookie: str
    path: str


def measure() -> Iterator[Row]:
    """Give the page's median beside the lesson's, how it grows, and what counting, verifying and exporting take."""
    yield from (SLOWEST, GROWTH)
    yield from _on("sqlite", lambda _name: "")
    try:
        server = start_postgres()
    except PostgresUnavailable as reason:
        print(reason)
        return
    try:
        yield from _on("postgresql", server.create_database)
    finally:
        server.stop()


def _on(engine: str, new_database: Callable[[str], str]) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        scene = make_scene(Path(folder), database_url=new_database("lessons"))
        medians: dict[str, list[float]] = {}
        for size in SIZES:
            with tempfile.TemporaryDirectory() as place:
                site = yield from _settle(
                    f"{engine}.{size}", Path(place), size, new_database(f"country{size}")
                )
                found = yield from _ask(f"{engine}.{size}", site, (scene.variables, scene.lesson))
                for name, median in found.items():
                    medians.setdefault(name, []).append(median)
                with site.app.app_context():
                    db.engine.dispose()
        for name, (first, *_others, last) in medians.items() if len(SIZES) > 1 else ():
            yield against(f"{engine}.{name}.growth", last / first, "times", GROWTH)
        with scene.app.app_context():
            db.engine.dispose()


def _settle(name: str, folder: Path, size: int, database_url: str) -> Generator[Row, None, Site]:
    """Make the country, keep its figures and verify them; return where its page is."""
    app, variables = installed(folder, database_url=database_url)
    with app.test_request_context(), unit_of_work():
        census.make_ready()
        began = time.perf_counter()
        programme = census.make_country(size)
        census.finish()
        yield Row(name=f"{name}.generate", value=time.perf_counter() - began, unit="s")
        cookie = session_cookie(
            app, accounts.open_session(make_administrator(), stay=False, device="", now=now())
        )
        address = f"{url_for('reports.completion')}?{urlencode({'programme': programme.id})}"
    site = Site(app=app, variables=variables, programme=programme, cookie=cookie, path=address)
    yield from _timed(f"{name}.build", site, lambda: tallies.build(programme, now=now()))
    yield from _timed(f"{name}.verify", site, lambda: _agree(programme))
    for ending in WRITERS:
        path = folder / f"list.{ending}"
        yield from _timed(f"{name}.{ending}", site, partial(export, programme, path, actor=SYSTEM, now=now()))
        yield Row(name=f"{name}.{ending}.size", value=path.stat().st_size / 1e6, unit="MB")
    return site


def _agree(programme: Programme) -> None:
    if wrong := tallies.verify(programme, now=now()):
        message = f"{len(wrong)} figures differ from the facts"
        raise ValueError(message)


def _timed(name: str, site: Site, act: Callable[[], object]) -> Iterator[Row]:
    with site.app.test_request_context(), unit_of_work():
        before, began, spent = _memory(), time.perf_counter(), time.process_time()
        act()
        yield Row(name=f"{name}.whole", value=time.perf_counter() - began, unit="s")
        yield Row(name=f"{name}.processor", value=time.process_time() - spent, unit="s")
        yield Row(name=f"{name}.memory", value=_memory() - before, unit="MB more")


def _ask(
    name: str, site: Site, lesson: tuple[dict[str, str], Visit]
) -> Generator[Row, None, dict[str, float]]:
    """Give the median of each view beside that of the lesson just before it; return the medians by name."""
    variables, visit = lesson
    found: dict[str, float] = {}
    with served("lms.app:from_env", variables) as ours, served("lms.app:from_env", site.variables) as port:
        for view, arguments in VIEWS.items():
            path = f"{site.path}&{urlencode(arguments)}" if arguments else site.path
            usual = Row(name=f"{name}.{view}.lesson", value=_median(ours, visit), unit="ms")
            page = Visit(path=path, cookie=site.cookie)
            found[view] = _median(port, page)
            yield usual
            yield against(f"{name}.{view}.median", found[view], "ms", usual)
            yield Row(name=f"{name}.{view}.statements", value=count_statements(site.app, page), unit="SQL")
    return found


def _median(port: int, visit: Visit) -> float:
    load = ask_for(Target(port, visit.path, visit.cookie), connections=1, seconds=SECONDS)
    return load.percentile(0.5)


def _memory() -> float:
    """Return the megabytes that the process holds now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

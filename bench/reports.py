"""The commission's page over a country: 10,000 and 1,000,000 enrolments at 2,000 institutions, beside our lesson.

The lesson is the longest of the demonstration, asked for in the same minute on the same engine. Each view of the page
is measured as a worker gives it that keeps its figures (``kept``), and as the first after somebody's figures changed
(``changed``): processor time of this process, so that a busy machine does not decide, and the median over HTTP for the
page as it opens. What a commission meets while its country learns is measured over HTTP (``meanwhile``): pages at
random moments beside a change every five seconds. The other pages of a commission are measured beside them as they
open. Figures are kept from the facts once (``build``) and compared with them (``verify``), and the list of enrolments
is exported; memory is what the process grew by meanwhile. ``BENCH_ENROLMENTS=10000,100000`` chooses sizes.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from uuid import UUID

from bench.commission_pages import measure_pages
from bench.costs import cost
from bench.countries import Site, country
from bench.http import Load, Target, ask_for
from bench.living import read_meanwhile
from bench.promises import SPAN
from bench.rows import Row, against
from bench.scene import Scene, Visit, count_statements, make_scene
from bench.serving import served
from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.core.db import db, unit_of_work
from lms.core.long_tables import WRITERS
from lms.reports.keeping import shelf_of
from lms.reports.tallies import service as tallies
from lms.reports.tallies import versions
from lms.reports.tallies.exporting import export
from lms.testing.postgres import PostgresUnavailable, start_postgres

SIZES = tuple(int(size) for size in os.environ.get("BENCH_ENROLMENTS", "10000,1000000").split(","))
LEARNING = "learning-by-institution"
VIEWS = {
    "year": {},
    "ever": {"period": "all"},
    "search": {"q": "0014"},
    "sectors": {"group": "sector"},
    "months": {"group": "period"},
    "matrix": {"group": "matrix"},
    "span": {"period": SPAN},
    "learning": {"report": LEARNING},
    "quarters": {"report": LEARNING, "group": "period"},
}
"""What of the commission's page is asked for, in its address."""
LIVING = ("year", "months", "matrix", "span", "learning")
"""Views that are read over HTTP while figures change, as they do all day in a large country."""
SLOWEST = Row(name="goal.lessons", value=3, unit="lessons")
GROWTH = Row(name="goal.growth", value=1.5, unit="times")
SECONDS = 3.0


def measure() -> Iterator[Row]:
    """Give each view beside the lesson, how it grows, and what counting, verifying and exporting take.

    Each row is told as it comes: a run of an hour that is cut short has said something.
    """
    for row in _measure():
        print(f"{row.name} {row.value:.2f} {row.unit}", file=sys.stderr, flush=True)
        yield row


def _measure() -> Iterator[Row]:
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
    found: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        scene = make_scene(Path(folder), database_url=new_database("lessons"))
        for size in SIZES:
            with country(engine, size, new_database(f"country{size}")) as (site, made):
                yield from made
                for row in [*_processor(site, scene), *_over_http(site, scene)]:
                    found.setdefault(row.name.removeprefix(f"{site.name}."), []).append(row.value)
                    yield row
                yield from _steps(site)
        with scene.app.app_context():
            db.engine.dispose()
    if len(SIZES) > 1:
        for name in [f"{view}.{state}" for view in VIEWS for state in ("kept", "changed")]:
            first, *_others, last = found[name]
            yield against(f"{engine}.{name}.growth", last / first, "times", GROWTH)


def _processor(site: Site, scene: Scene) -> Iterator[Row]:
    """Give what each view costs the processor, and how many lessons that is."""
    lesson = Row(name=f"{site.name}.lesson", value=cost(scene.app, scene.lesson), unit="ms")
    yield lesson
    for view, arguments in VIEWS.items():
        page = site.visit(**arguments)
        name = f"{site.name}.{view}"
        change = partial(_change, site, _renew_of(arguments))
        kept, changed = cost(site.app, page), cost(site.app, page, before=change)
        yield against(f"{name}.kept", kept, "ms", lesson)
        yield against(f"{name}.kept.lessons", kept / lesson.value, "lessons", SLOWEST)
        yield against(f"{name}.changed", changed, "ms", lesson)
        yield Row(name=f"{name}.statements", value=count_statements(site.app, page), unit="SQL")
    yield against(
        f"{site.name}.year.new-worker",
        cost(site.app, site.visit(), before=shelf_of(site.app).clear),
        "ms",
        lesson,
    )
    yield from measure_pages(site, lesson, SLOWEST)


def _change(site: Site, renew: Callable[[UUID], None]) -> None:
    """Change figures of the programme, as far as whoever keeps them can know."""
    with site.app.app_context(), unit_of_work():
        renew(site.programme.id)


def _over_http(site: Site, scene: Scene) -> Iterator[Row]:
    """Give the page as it opens beside the lesson, from servers of their own: by itself, and while figures change."""
    with (
        served("lms.app:served_from_env", scene.variables) as ours,
        served("lms.app:served_from_env", site.variables) as port,
    ):
        lesson = Row(name=f"{site.name}.http.lesson", value=_median(ours, scene.lesson), unit="ms")
        yield lesson
        yield against(f"{site.name}.http.year", _median(port, site.visit()), "ms", lesson)
        quiet = read_meanwhile(_target(ours, scene.lesson), None)
        yield from _percentiles(f"{site.name}.meanwhile.lesson", quiet)
        for view in LIVING:
            change = partial(_change, site, _renew_of(VIEWS[view]))
            load = read_meanwhile(_target(port, site.visit(**VIEWS[view])), change)
            yield from _percentiles(f"{site.name}.meanwhile.{view}", load, quiet)


def _percentiles(name: str, load: Load, lesson: Load | None = None) -> Iterator[Row]:
    for share in (0.5, 0.95):
        value = load.percentile(share)
        row = Row(name=f"{name}.p{100 * share:.0f}", value=value, unit="ms")
        yield row
        if lesson:
            ratio = value / lesson.percentile(share)
            yield against(f"{row.name}.lessons", ratio, "lessons", SLOWEST)


def _renew_of(arguments: Mapping[str, str]) -> Callable[[UUID], None]:
    """Return what changes the figures that a view shows."""
    return versions.renew_learned if arguments.get("report") == LEARNING else versions.renew


def _target(port: int, visit: Visit) -> Target:
    return Target(port, visit.path, visit.cookie)


def _median(port: int, visit: Visit) -> float:
    return ask_for(_target(port, visit), connections=1, seconds=SECONDS).percentile(0.5)


def _steps(site: Site) -> Iterator[Row]:
    """Give what verifying takes, which must find nothing, and each file of all enrolments."""
    yield from site.timed("verify", partial(_agree, site))
    for ending in WRITERS:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"list.{ending}"
            yield from site.timed(ending, partial(export, site.programme, path, actor=SYSTEM, now=now()))


def _agree(site: Site) -> None:
    if wrong := tallies.verify(site.programme, now=now()):
        message = f"{len(wrong)} figures differ from the facts"
        raise ValueError(message)

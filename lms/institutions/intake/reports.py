"""What is shown of a long file: its counts, its verdicts by page, and the rows that were left out."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from lms.core.db import db
from lms.core.tabular import Column, Sheet, SheetRow, Table
from lms.institutions.intake.models import IntakeBatch, IntakeRun, RunState
from lms.institutions.intake.rules import LEFT_OUT, REASON, Outcome, Tally, Verdict
from lms.web.paging import Page

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows of a file come to what, as judged and as saved."""

    judged: Tally
    saved: Tally


def count_rows(run: IntakeRun) -> Counts:
    """Return the counts of a file over all its parts, in one query."""
    parts = db.session.execute(
        select(IntakeBatch.counts, IntakeBatch.saved).where(IntakeBatch.run_id == run.id)
    ).all()
    return Counts(*(_sum([row[at] for row in parts]) for at in range(2)))


def verdict_page(run: IntakeRun, judged: Tally, wanted: Outcome | None, number: int) -> Page[Verdict]:
    """Return one page of verdicts; only the parts that it needs are read."""
    total = judged[wanted] if wanted else run.total
    number = min(number, max(1, -(-total // PER_PAGE)))
    first = (number - 1) * PER_PAGE
    rows: list[Verdict] = []
    passed = 0
    for batch_id, counts in _parts(run):
        here = sum((counts or {}).values()) if wanted is None else (counts or {}).get(wanted.value, 0)
        if passed + here > first and len(rows) < PER_PAGE:
            found = [each for each in _verdicts(batch_id) if wanted is None or each.outcome is wanted]
            rows += found[max(0, first - passed) :][: PER_PAGE - len(rows)]
        passed += here
    return Page(rows=rows, number=number, total=total, per_page=PER_PAGE)


def left_out(run: IntakeRun) -> Table:
    """Return the rows that are not saved, as they came, with the reason: to be mended and sent again."""
    old = Sheet(tuple(run.header), ()).find([REASON])
    kept = [at for at in range(len(run.header)) if at != old]
    added = run.state is RunState.SAVED and run.adds_possible
    wanted = LEFT_OUT - {Outcome.POSSIBLE} if added else LEFT_OUT
    rows = [
        [*(each.row.cells[at] for at in kept), each.detail]
        for batch_id, counts in _parts(run)
        if any((counts or {}).get(outcome.value) for outcome in wanted)
        for each in _verdicts(batch_id)
        if each.outcome in wanted
    ]
    return Table([*(Column(run.header[at]) for at in kept), Column(REASON)], rows)


def _parts(run: IntakeRun) -> list[tuple[object, dict[str, int] | None]]:
    rows = db.session.execute(
        select(IntakeBatch.id, IntakeBatch.counts)
        .where(IntakeBatch.run_id == run.id)
        .order_by(IntakeBatch.number)
    )
    return [(row[0], row[1]) for row in rows]


def _verdicts(batch_id: object) -> Iterator[Verdict]:
    batch = db.session.get_one(IntakeBatch, batch_id)
    for (line, cells, _twin), said in zip(batch.rows, batch.verdicts or (), strict=False):
        outcome, label, detail = said
        yield Verdict(SheetRow(line, tuple(cells)), Outcome(outcome), label, detail)


def _sum(counts: list[dict[str, int] | None]) -> Tally:
    found: dict[Outcome, int] = {}
    for each in counts:
        for name, count in (each or {}).items():
            found[Outcome(name)] = found.get(Outcome(name), 0) + count
    return Tally(found)

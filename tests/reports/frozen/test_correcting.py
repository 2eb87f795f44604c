"""Whoever lays a correction beside what it corrects learns of no change of one to four people."""

import random
from dataclasses import replace
from itertools import product

import pytest

from lms.core.small_cells import SMALLEST, Hidden
from lms.reports.frozen.correcting import protect_changes, protect_growth
from lms.reports.frozen.snapshot import SnapColumn, Snapshot, SnapTable
from tests.reports.test_differencing import Observer

SECTORS = ("Salud", "Justicia", "Educación")
COLUMNS = (
    SnapColumn(name="institution", label="Institución", kind="text"),
    SnapColumn(name="sector", label="Sector", kind="sector"),
    SnapColumn(name="enrolled", label="Inscritas", kind="count"),
    SnapColumn(name="share", label="Avance", kind="percent"),
)
PLACES = [(f"Oficina {n}", SECTORS[n % 3]) for n in range(8)]


def snapshot(values, share=0.5):
    cells = [value if value >= SMALLEST or not value else Hidden.SMALL for value in values]
    rows = tuple((*place, cell, share) for place, cell in zip(PLACES, cells, strict=True))
    sums = {
        name: sum(v for place, v in zip(PLACES, values, strict=True) if place[1] == name) for name in SECTORS
    }
    small = {name for place, v in zip(PLACES, values, strict=True) for name in [place[1]] if 0 < v < SMALLEST}
    tables = (
        SnapTable(name="funnel", title="", columns=(
            SnapColumn(name="step", label="Paso", kind="text"), SnapColumn(name="people", label="", kind="count"),
            SnapColumn(name="share", label="", kind="percent"),
        ), rows=(("Inscritas", sum(values), 1.0),)),
        SnapTable(name="main", title="", columns=COLUMNS, rows=rows, totals=(None, None, sum(values), share)),
        SnapTable(
            name="main-by-sector", title="", columns=COLUMNS[1:],
            rows=tuple((name, Hidden.PROTECTS if name in small else sums[name], share) for name in SECTORS),
        ),
    )  # fmt: skip
    return Snapshot(
        report_id="", programme="", authority="", issuer="", territory="", period="2026-Q4", first="", last="",
        cut_off="", target=0.8, findings=(), tables=tables, definitions=(), signers=(),
    )  # fmt: skip


def told(version):
    """Return what a version shows: sums over sets of places with their values."""
    main, sums = version.table("main"), version.table("main-by-sector")
    shown = {(n,): row[2] for n, row in enumerate(main.rows)}
    shown |= {tuple(n for n, place in enumerate(PLACES) if place[1] == row[0]): row[1] for row in sums.rows}
    everybody = tuple(range(len(PLACES)))
    shown[everybody] = main.totals[2]
    if isinstance(shown[everybody], Hidden):
        assert isinstance(version.table("funnel").rows[0][1], Hidden)
    return {rows: cell for rows, cell in shown.items() if not isinstance(cell, Hidden)}


@pytest.mark.parametrize("seed", range(40))
def test_no_difference_of_versions_tells_of_fewer_than_five(seed):
    chance = random.Random(seed)  # noqa: S311  # a story, not a secret
    values = [[chance.choice((0, 3, 6, 20, 40)) for _place in PLACES]]
    for _version in range(2):
        change = [chance.choice((0, 0, 0, 2, -2, 1, 6, -6, 11)) for _place in PLACES]
        values.append([max(v + c, 0) for v, c in zip(values[-1], change, strict=True)])
    issued = [snapshot(values[0])]
    for later in values[1:]:
        issued.append(protect_changes(issued, snapshot(later)))
    for (first, old), (second, new) in product(enumerate(issued), enumerate(issued)):
        if first >= second:
            continue
        observer = Observer()
        before, after = told(old), told(new)
        for rows in before.keys() & after.keys():
            observer.learn(dict.fromkeys(rows, 1))
        for rows in {*before, *after, *((n,) for n in range(len(PLACES)))}:
            delta = sum(values[second][n] - values[first][n] for n in rows)
            if 0 < abs(delta) < SMALLEST:
                assert not observer.knows(dict.fromkeys(rows, 1)), (rows, delta)


def test_what_did_not_change_or_changed_enough_stays():
    old = snapshot([20, 20, 20, 20, 20, 20, 20, 20])
    new = protect_changes([old], replace(snapshot([20, 20, 20, 20, 26, 20, 20, 20]), version=2))
    assert new.table("main").rows[4][2] == 26
    assert new.table("main").totals[2] == 166
    less = protect_changes([old], snapshot([20, 22, 20, 20, 20, 20, 20, 20]))
    assert [row[2] for row in less.table("main").rows] == [20, Hidden.PROTECTS, *[20] * 6]
    assert less.table("main").totals[2] is Hidden.PROTECTS
    assert less.table("funnel").rows[0][1] is Hidden.PROTECTS
    assert less.table("main-by-sector").rows[0][1] == 60


def reached(*values):
    kinds = {"institution": "text", "period": "text", "goal": "count", "reached": "count", "share": "percent"}
    columns = tuple(SnapColumn(name=name, label=name, kind=kind) for name, kind in kinds.items())
    rows = tuple((f"Oficina {n}", "2026", 40, value, 0.5) for n, value in enumerate(values))
    table = SnapTable(name="targets-reached", title="", columns=columns, rows=rows)
    return replace(snapshot([0] * len(PLACES)), tables=(table,))


def test_what_a_target_of_the_year_gained_since_another_quarter_is_told_from_five_on():
    first, second = reached(10, 10, 10), reached(12, 15, 10)
    told = protect_growth([first], second).tables[0].rows
    assert [row[2:] for row in told] == [(40, Hidden.PROTECTS, Hidden.PROTECTS), (40, 15, 0.5), (40, 10, 0.5)]
    third = protect_growth([first, protect_growth([first], second)], reached(14, 20, 15)).tables[0].rows
    assert [row[3] for row in third] == [Hidden.PROTECTS, 20, 15]

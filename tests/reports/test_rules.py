"""Suppression hides every small cell and everything that would tell it."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.core.small_cells import SMALLEST, Hidden, share, suppress
from lms.reports.charts import ChartWords, line_chart
from lms.reports.frozen.drawing import sector_chart
from lms.reports.frozen.findings import MAIN, findings
from lms.reports.frozen.press import _write
from lms.reports.frozen.snapshot import SnapColumn, SnapTable
from lms.reports.rules import finding, months_ending

CHART_WORDS = ChartWords(first="11/2025", last="10/2026", target="target", protected="protected")


def test_large_cells_are_shown_with_their_totals():
    counts = suppress([(40, 30), (20, 10)])
    assert counts.rows == ((40, 30), (20, 10))
    assert counts.totals == (60, 40)


def test_a_small_institution_is_hidden_whole_and_a_second_one_protects_it():
    counts = suppress([(4, 3), (20, 10), (50, 40)])
    assert counts.rows[0] == (Hidden.SMALL, Hidden.SMALL)
    assert counts.rows[1] == (Hidden.PROTECTS, Hidden.PROTECTS)
    assert counts.rows[2] == (50, 40)
    assert counts.totals == (74, 53)


def test_few_completions_are_hidden_while_the_population_is_shown():
    counts = suppress([(30, 2), (30, 20), (30, 25)])
    assert counts.rows[0] == (30, Hidden.SMALL)
    assert counts.rows[1] == (30, Hidden.PROTECTS)
    assert counts.rows[2] == (30, 25)


def test_nobody_enrolled_is_a_shown_gap():
    assert suppress([(0, 0), (30, 20)]).rows[0] == (0, 0)


def test_a_single_small_row_hides_the_total_too():
    counts = suppress([(3, 1)])
    assert counts.totals == (Hidden.SMALL, Hidden.SMALL)


def test_an_empty_table_has_no_totals():
    assert suppress([]).rows == ()


ROWS = st.lists(
    st.integers(0, 60).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))), min_size=1, max_size=12
)


@given(ROWS)
def test_no_shown_cell_counts_one_to_four_persons_enrolled(rows):
    for row in suppress(rows).rows:
        assert isinstance(row[0], Hidden) or row[0] == 0 or row[0] >= SMALLEST


@given(ROWS)
def test_no_hidden_cell_follows_from_the_total(rows):
    counts = suppress(rows)
    for column in range(2):
        total = counts.totals[column]
        inside = [rows[i][column] for i, row in enumerate(counts.rows) if isinstance(row[column], Hidden)]
        if inside and not isinstance(total, Hidden):
            assert len(inside) > 1
            assert sum(inside) >= SMALLEST


@given(ROWS, st.integers(1, 4))
def test_no_hidden_cell_follows_from_the_total_of_a_sector(rows, sectors):
    groups = [[i for i in range(len(rows)) if i % sectors == n] for n in range(sectors)]
    counts = suppress(rows, groups)
    for inside, totals in zip(groups, counts.group_totals, strict=True):
        for column, total in enumerate(totals):
            closed = [rows[i][column] for i in inside if isinstance(counts.rows[i][column], Hidden)]
            if closed and not isinstance(total, Hidden):
                assert len(closed) > 1
                assert sum(closed) >= SMALLEST


@given(ROWS)
def test_shown_cells_are_never_changed(rows):
    for before, after in zip(rows, suppress(rows).rows, strict=True):
        assert all(
            isinstance(cell, Hidden) or cell == value for value, cell in zip(before, after, strict=True)
        )


@pytest.mark.parametrize(
    ("completed", "enrolled", "expected"),
    [
        (67, 100, ("fraction", 2, 3)),
        (50, 100, ("fraction", 1, 2)),
        (100, 100, ("all", 1, 1)),
        (86, 100, ("fraction", 6, 7)),
        (0, 91, ("none", 0, 1)),
        (6, 600, ("fraction", 1, 100)),
        (594, 600, ("fraction", 99, 100)),
        (Hidden.SMALL, 100, None),
        (0, 0, None),
    ],
)
def test_the_finding_is_said_in_small_numbers(completed, enrolled, expected):
    assert finding(completed, enrolled) == expected


def test_a_share_of_hidden_counts_is_hidden():
    assert share(Hidden.SMALL, 40) is Hidden.PROTECTS
    assert share(10, 40) == 0.25
    assert share(0, 0) is None


def test_twelve_months_cross_the_year():
    months = months_ending(date(2026, 2, 14))
    assert months[0] == date(2025, 3, 1)
    assert months[-1] == date(2026, 2, 1)


def test_charts_and_sentences_round_as_the_tables_do():
    assert _write(0.625, "percent").startswith("63")
    assert ">63</text>" in line_chart((0.25, 0.625), (), 0.8, CHART_WORDS, "")
    assert b">63</text>" in sector_chart("health", (0.25, 0.625), (), 0.8, ("11/2025", "10/2026"))
    kinds = {
        "institution": "text",
        "enrolled": "count",
        "completed": "count",
        "share": "percent",
        "target": "target",
    }
    columns = tuple(SnapColumn(name=name, label=name, kind=kind) for name, kind in kinds.items())
    row = ("Juzgado", 8, 5, 0.625, 0.8)
    table = SnapTable(name=MAIN, title="", columns=columns, rows=(row,), totals=(None, *row[1:]))
    assert "63 %" in " ".join(findings((table,), target=0.8))
    assert [_write(change, "points") for change in (0.0049, 0.005, -0.125)] == ["0 pts", "+1 pts", "−13 pts"]


def test_a_month_that_is_hidden_breaks_the_line_and_the_area_under_it():
    chart = line_chart((0.0, 0.2, Hidden.SMALL, 0.6, 0.8), (), 0.5, CHART_WORDS, "")
    area = re.search(r'chart__area" d="([^"]+)"', chart)
    assert area
    assert area[1].count("M") == area[1].count("z") == 2
    assert ">&lt;5</text>" in chart
    printed = sector_chart("health", (0.0, 0.2, None, 0.6, 0.8), (), 0.5, ("11/2025", "10/2026")).decode()
    ground = re.search(r'd="([^"]+Z)"', printed)
    assert ground
    assert ground[1].count("M") == ground[1].count("Z") == 2


def test_a_chart_says_in_words_what_is_protected_and_draws_no_foot_beside_its_months():
    chart = line_chart((Hidden.PROTECTS,) * 12, (), 0.5, CHART_WORDS, "")
    assert ">protected</text>" in chart
    assert ">target</text>" in chart
    assert "×" not in chart
    feet = re.findall(r"M([\d.]+) [\d.]+h([\d.]+)v9", chart)
    assert len(feet) == 12
    assert all(float(left) >= 8 and float(left) + float(width) <= 246 for left, width in feet)

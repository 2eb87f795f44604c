"""The figures of a benchmark are kept and shown as they were measured."""

import json
from datetime import UTC, datetime

from bench.__main__ import main
from bench.http import Load
from bench.rows import Row, against, keep, show

FLOOR = Row(name="floor.requests", value=400, unit="req/s")


def test_a_row_knows_its_ratio_to_the_floor():
    row = against("lesson.requests", 100, "req/s", FLOOR)
    assert (row.ratio, row.floor) == (0.25, "floor.requests")


def test_the_table_shows_every_row():
    text = show("pages", [FLOOR, against("lesson.requests", 1234.5, "req/s", FLOOR)])
    assert "lesson.requests" in text
    assert "1 234" in text
    assert "3.09" in text
    assert "floor.requests" in text.splitlines()[-1]


def test_the_file_holds_rows_machine_and_moment(tmp_path):
    path = keep(tmp_path / "out", "pages", [FLOOR], datetime(2026, 11, 20, tzinfo=UTC))
    kept = json.loads(path.read_text(encoding="utf-8"))
    assert path.name == "pages.json"
    assert kept["taken_at"] == "2026-11-20T00:00:00+00:00"
    assert kept["machine"]["cores"] >= 1
    assert kept["rows"] == [
        {"name": "floor.requests", "value": 400, "unit": "req/s", "ratio": None, "floor": ""}
    ]


def test_percentiles_and_rates_come_from_the_latencies():
    load = Load(seconds=2.0, latencies=[each / 1000 for each in range(1, 101)])
    assert load.per_second == 50
    assert load.percentile(0.95) == 96
    assert load.percentile(1.0) == 100


def test_an_unknown_benchmark_is_answered_with_the_known_ones(capsys):
    assert main(["paginas"]) == 2
    assert "pages, compile" in capsys.readouterr().err

"""Long tables in files: typed cells, formulas disarmed, and a further sheet where one is full."""

import zipfile
from datetime import date

from lms.core import long_tables
from lms.core.long_tables import write_csv, write_xlsx
from lms.core.tabular import Column, Kind
from lms.core.workbooks import read_table

COLUMNS = (Column("Nombre"), Column("Completó", Kind.DATE), Column("Horas", Kind.DECIMAL))


def rows(count):
    return ((f"Ñandú <{number}>\x01", date(2026, 2, 28), number / 2) for number in range(count))


def test_a_workbook_goes_on_in_a_further_sheet_and_loses_no_row(tmp_path, monkeypatch):
    monkeypatch.setattr(long_tables, "MOST_ROWS", 4)
    for count, sheets in ((0, 1), (3, 1), (4, 2), (7, 3)):
        path = tmp_path / f"{count}.xlsx"
        write_xlsx(path, COLUMNS, rows(count))
        with zipfile.ZipFile(path) as book:
            names = [name for name in book.namelist() if name.startswith("xl/worksheets/")]
            texts = [book.read(name).decode() for name in names]
        assert len(names) == sheets
        assert sum(text.count("<row>") for text in texts) == count + sheets
        assert all(text.count("<row>") <= 4 for text in texts)


def test_both_files_say_the_same_and_a_formula_stays_text(tmp_path):
    table = [*rows(2), ("=1+1", None, 1.5)]
    write_csv(tmp_path / "a.csv", COLUMNS, table)
    write_xlsx(tmp_path / "a.xlsx", COLUMNS, table)
    assert "'=1+1,,1.5" in (tmp_path / "a.csv").read_text("utf-8-sig")
    book = read_table((tmp_path / "a.xlsx").read_bytes())
    assert [row.cells[:2] for row in book.rows] == [
        ("Ñandú <0>", "2026-02-28"), ("Ñandú <1>", "2026-02-28"), ("=1+1", ""),
    ]  # fmt: skip

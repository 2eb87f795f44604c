"""Files of rows: what is understood, what is refused, and that nothing dangerous leaves."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from python_calamine import CalamineWorkbook

from lms.core import tabular
from lms.core.tabular import Column, Kind, Table, read_csv, to_csv, to_xlsx

TEXT = "Nombre,Institución\r\nÑandú Pérez,Fiscalía\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16"])
def test_any_usual_encoding_is_read(encoding):
    sheet = read_csv(TEXT.encode(encoding))
    assert sheet.header == ("Nombre", "Institución")
    assert sheet.rows[0].cells == ("Ñandú Pérez", "Fiscalía")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_any_usual_separator_is_read(delimiter):
    content = TEXT.replace(",", delimiter).encode()
    assert read_csv(content).rows[0].cells == ("Ñandú Pérez", "Fiscalía")


def test_the_separator_is_taken_from_the_heading_not_from_the_data():
    assert read_csv(b"a;b\nuno, dos;tres\n").rows[0].cells == ("uno, dos", "tres")


def test_rows_keep_the_line_on_which_they_begin():
    sheet = read_csv(b'a,b\n\n"dos\nlineas",x\n,\nultima,y\n')
    assert [(row.line, row.cells[0]) for row in sheet.rows] == [(3, "dos\nlineas"), (6, "ultima")]


def test_the_hint_of_excel_is_not_a_heading():
    sheet = read_csv(b"sep=;\r\na;b\r\n1;2\r\n")
    assert (sheet.header, sheet.rows[0].line) == (("a", "b"), 3)


def test_short_rows_are_filled_and_long_ones_keep_what_is_too_much():
    sheet = read_csv(b"a,b\n1\n1,2,,\n1,2,3\n")
    assert [row.cells for row in sheet.rows] == [("1", ""), ("1", "2"), ("1", "2", "3")]


def test_columns_are_found_in_any_case_and_without_accents():
    sheet = read_csv("PRIMER_APELLIDO *,Institución\nx,y\n".encode())
    assert sheet.find(["primer apellido"]) == 0
    assert sheet.find(["dependencia", "institucion"]) == 1
    assert sheet.find(["correo"]) is None
    assert sheet.rows[0].at(None) == ""


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", tabular.FileEmpty),
        (b"nombre,correo\n", tabular.FileEmpty),
        (b"PK\x03\x04 a workbook", tabular.FileIsWorkbook),
        (b"\xd0\xcf\x11\xe0 an old workbook", tabular.FileIsWorkbook),
        (b"a,b\n\x00\x01,2\n", tabular.FileUnreadable),
        (b"a\n" + b"x\n" * 2001, tabular.FileTooLong),
        (b"a,b\n" + b"x" * 200_000 + b",1\n", tabular.FileUnreadable),
    ],
)
def test_what_is_no_table_is_refused(content, refusal):
    with pytest.raises(refusal):
        read_csv(content)


def test_a_file_of_two_thousand_rows_is_taken():
    assert len(read_csv(b"a\n" + b"x\n" * 2000).rows) == 2000


@pytest.mark.parametrize("text", ["=1+1", "+52", "-3 personas", "@suma", "\tx", "\n=1"])
def test_text_that_looks_like_a_formula_leaves_disarmed_also_as_a_heading(text):
    heading, cell = csv.reader(io.StringIO(to_csv(Table([Column(text)], [[text]])).decode("utf-8-sig")))
    assert heading == cell == [f"'{text}"]


def test_what_we_disarmed_comes_back_as_it_was():
    content = to_csv(Table([Column("a"), Column("b")], [["=1+1", "'tis"]]))
    assert read_csv(content).rows[0].cells == ("=1+1", "'tis")


def test_numbers_and_dates_are_written_plainly():
    moment = datetime(2026, 11, 20, 15, 4, 59, tzinfo=UTC)
    table = Table([Column(str(n)) for n in range(5)], [[-3, 0.1, date(2026, 11, 20), moment, None]])
    assert to_csv(table).decode("utf-8-sig").splitlines()[1] == "-3,0.1,2026-11-20,2026-11-20 15:04,"


def test_a_workbook_has_typed_cells():
    columns = [Column("Texto"), Column("Personas", Kind.WHOLE), Column("Avance", Kind.PERCENT),
               Column("Día", Kind.DATE)]  # fmt: skip
    rows = [["=1+1", 12, 0.5, date(2026, 11, 20)], ["007", 3, None, None]]
    content = to_xlsx(Table(columns, rows), title="Avance: 2026/11")
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.sheet_names == ["Avance 202611"]
    written = book.get_sheet_by_index(0).to_python()
    assert written[0] == ["Texto", "Personas", "Avance", "Día"]
    assert written[1] == ["=1+1", 12.0, 0.5, date(2026, 11, 20)]
    assert written[2] == ["007", 3.0, "", ""]


def test_a_table_without_rows_is_still_a_file():
    assert to_xlsx(Table([Column("a")], []), title="").startswith(b"PK")
    assert to_csv(Table([Column("a")], [])).decode("utf-8-sig") == "a\r\n"

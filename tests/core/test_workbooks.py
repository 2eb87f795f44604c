"""Workbooks that offices send read like the CSV of the same table; bombs and broken ones are refused."""

import io
import zipfile

import pytest

from lms.core import tabular
from lms.core.tabular import Column, Table, to_csv, to_xlsx
from lms.core.workbooks import WorkbookUnreadable, read_table, write_like

TABLE = Table(
    [Column("Nombres"), Column("Puesto")],
    [("María ʼOkon", '=HYPERLINK("x")'), ("Ñandú " + "x" * 78, "Muñoz"), ("Iñaki", "")],
)


def test_a_workbook_and_a_csv_of_one_table_read_alike_and_disarm_formulas():
    book, text = to_xlsx(TABLE, title="Personas"), to_csv(TABLE)
    assert read_table(book) == read_table(text)
    assert read_table(book).rows[0].cells == TABLE.rows[0]
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(book)).read("xl/worksheets/sheet1.xml")
    assert b"'=HYPERLINK" in text


@pytest.mark.parametrize("content", [to_xlsx(TABLE, title="x"), to_csv(TABLE), to_csv(TABLE, delimiter=";")])
def test_what_goes_back_has_the_format_that_came(content):
    back = write_like(TABLE, content, title="x")
    assert back[:2] == content[:2]
    assert read_table(back) == read_table(content)
    assert back.splitlines()[0].count(b";") == content.splitlines()[0].count(b";")


def test_an_archive_that_unpacks_to_too_much_is_refused():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (65 * 1024 * 1024))
    with pytest.raises(WorkbookUnreadable):
        read_table(bomb.getvalue())


def test_no_workbook_at_all_is_refused():
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("hola.txt", b"hola")
    with pytest.raises(WorkbookUnreadable):
        read_table(empty.getvalue())
    with pytest.raises(tabular.FileIsWorkbook):
        read_table(b"PK\x03\x04nada")


def test_more_rows_than_are_taken_are_refused():
    long = Table([Column("a")], [("x",)] * 12)
    with pytest.raises(tabular.FileTooLong):
        read_table(to_xlsx(long, title="x"), most_rows=11)
    assert len(read_table(to_xlsx(long, title="x"), most_rows=12).rows) == 12

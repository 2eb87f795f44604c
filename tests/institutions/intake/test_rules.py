"""Dates as offices write them, addresses, and rows under the names of the fields."""

from datetime import date

import pytest

from lms.core.tabular import SheetRow, read_csv
from lms.institutions.intake.rules import (
    Field,
    Outcome,
    Verdict,
    is_address,
    lines_of,
    missing_fields,
    parse_day,
    tally,
)

FIELDS = (Field(name="name", label="Nombre", aliases=("nombre",), is_needed=True), Field(
    name="post", label="Puesto", aliases=("puesto", "cargo")))  # fmt: skip


@pytest.mark.parametrize("text", ["2026-01-05", "2026/1/5", "05/01/2026", "5-1-2026", "5.1.2026"])
def test_a_day_is_read_in_both_orders(text):
    assert parse_day(text) == date(2026, 1, 5)


@pytest.mark.parametrize("text", ["2026-13-01", "31/02/2026", "5/1/26", "enero", "46000"])
def test_what_is_no_day_is_refused(text):
    with pytest.raises(ValueError, match=r"day|month"):
        parse_day(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a@b.mx", True), ("a@b", False), ("a b@c.mx", False), ("@b.mx", False), ("a" * 250 + "@b.mx", False)],
)
def test_addresses(text, expected):
    assert is_address(text) is expected


def test_rows_stand_under_the_names_of_the_fields():
    (line,) = lines_of(read_csv(b"Cargo;NOMBRE;otra\nJefa;Rosa;x\n"), FIELDS)
    assert (line["name"], line["post"], line.is_broken) == ("Rosa", "Jefa", False)


def test_a_column_that_is_not_there_is_empty_or_missed():
    sheet = read_csv(b"cargo\nJefa\n")
    assert lines_of(sheet, FIELDS)[0]["name"] == ""
    assert [each.name for each in missing_fields(sheet, FIELDS)] == ["name"]


def test_a_row_with_too_many_cells_is_broken():
    assert lines_of(read_csv(b"nombre,puesto\nRosa,Jefa,de turno\n"), FIELDS)[0].is_broken


def test_verdicts_are_counted():
    row = SheetRow(2, ())
    done = tally(
        [Verdict(row, Outcome.ADD, ""), Verdict(row, Outcome.ADD, ""), Verdict(row, Outcome.ERROR, "")]
    )
    assert (done[Outcome.ADD], done[Outcome.CHANGE], done.to_save) == (2, 0, 2)

"""Aiken and CSV in and out."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.assessments.exchange.aiken import read_aiken, write_aiken
from lms.assessments.exchange.asked import Losses
from lms.assessments.exchange.bank_text import bank_file
from lms.assessments.exchange.compiled import asked_of
from lms.assessments.exchange.formats import Format, guessed, read
from lms.assessments.exchange.table import read_csv, write_csv
from tests.assessments.exchange.conftest import EVERY_KIND, bank

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("name", ["aula.aiken.txt", "hoja.csv"])
def test_a_file_becomes_this_bank(golden, name):
    content = (GOLDEN / name).read_bytes()
    reading = read(content, guessed(content, name))
    golden(f"{name}.md", bank_file("Traídas", [item.text for item in reading.items]))
    golden(
        f"{name}.losses.txt",
        "".join(f"{loss.line}\t{loss.id}\t{loss.what}\t{loss.why}\n" for loss in reading.losses),
    )


def test_formats_are_told_apart():
    assert guessed("¿? {T}".encode(), "a.txt") is Format.GIFT
    assert guessed((GOLDEN / "aula.aiken.txt").read_bytes(), "a.txt") is Format.AIKEN
    assert guessed((GOLDEN / "hoja.csv").read_bytes(), "a.txt") is Format.CSV


def test_a_table_holds_every_kind():
    questions, errors = bank(EVERY_KIND)
    assert not errors
    asked = [asked_of(question, Losses()) for question in questions]
    writing = write_csv(asked)
    assert not writing.losses
    reading = read_csv(writing.content)
    assert [item.asked for item in reading.items] == asked
    again, errors = bank(bank_file("Traídas", [item.text for item in reading.items]))
    assert not errors
    assert again == questions


def test_no_cell_of_a_table_is_a_formula():
    questions, _errors = bank(EVERY_KIND.replace("¿Qué es", "=cmd|' /C calc'!A0"))
    text = write_csv([asked_of(questions[0], Losses())]).content.decode("utf-8-sig")
    assert "'=cmd" in text


def test_aiken_keeps_what_it_can_and_tells_the_rest():
    questions, _errors = bank(EVERY_KIND)
    asked = [asked_of(question, Losses()) for question in questions]
    writing = write_aiken(asked)
    told = {loss.id for loss in writing.losses}
    assert {"cuatro", "cinco", "siete"} <= told
    reading = read_aiken(writing.content)
    assert [item.asked.answers[1].is_right for item in reading.items] == [False, True]


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=200), st.text("AB.) \nANSWER:;,\"'=enunciado_ciopr", max_size=200).map(str.encode)
    )
)
def test_no_file_makes_them_fail(content):
    for form in Format:
        read(content, form)
        read(b"enunciado;opcion_a;correctas\n" + content, form)

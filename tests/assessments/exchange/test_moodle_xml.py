"""Moodle XML in and out, and what strangers put into XML."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from lms.assessments.exchange.asked import Answer, Asked, Losses
from lms.assessments.exchange.bank_text import bank_file
from lms.assessments.exchange.compiled import asked_of
from lms.assessments.exchange.formats import Format, guessed
from lms.assessments.exchange.moodle_reader import read_moodle
from lms.assessments.exchange.moodle_writer import write_moodle
from tests.assessments.exchange.conftest import EVERY_KIND, bank

CONTENT = (Path(__file__).parent / "golden" / "moodle.xml").read_bytes()


def test_a_file_of_moodle_becomes_this_bank(golden):
    assert guessed(CONTENT, "x") is Format.MOODLE
    reading = read_moodle(CONTENT)
    golden("moodle.xml.md", bank_file("Traídas", [item.text for item in reading.items]))
    golden(
        "moodle.xml.losses.txt",
        "".join(f"{loss.line}\t{loss.id}\t{loss.what}\t{loss.why}\n" for loss in reading.losses),
    )
    assert list(reading.pictures) == ["mapa-uno.png"]
    assert reading.pictures["mapa-uno.png"].startswith(b"\x89PNG")


def test_what_moodle_can_hold_comes_back_as_it_left():
    questions, _errors = bank(EVERY_KIND)
    asked = [asked_of(question, Losses()) for question in questions]
    writing = write_moodle(asked, lambda _address: None)
    assert {loss.id for loss in writing.losses} == {"ocho", "diez", "once", "doce"}
    reading = read_moodle(writing.content)
    same = {item.asked.id: item.asked for item in reading.items}
    changed = {each.id for each in asked if same.get(each.id) != each}
    # All or nothing with one right option, typing demands, a share as tolerance, a rubric: each was told.
    assert changed == {"ocho", "diez", "once", "doce"}
    assert same["once"].tolerance == "3.6"
    assert same["diez"].body == next(each.body for each in asked if each.id == "diez")


WEIGHTS = {
    0, 5, 10, 11.11111, 12.5, 14.28571, 16.66667, 20, 25, 30, 33.33333, 40, 50, 60, 66.66667, 70, 75, 80, 83.33333, 90,
    100,
}  # fmt: skip
"""Those that Moodle offers; its importer refuses a question with any other."""
NEEDED = {
    "multichoice": {"single", "shuffleanswers", "answernumbering", "answer"},
    "truefalse": {"answer"}, "shortanswer": {"usecase", "answer"}, "numerical": {"answer"}, "essay": {"responseformat"},
    "matching": {"subquestion"}, "cloze": set(), "ordering": {"layouttype", "selecttype", "gradingtype", "answer"},
}  # fmt: skip


@pytest.mark.parametrize("right", [1, 3, 7, 10, 11])
def test_questions_have_what_the_importer_of_moodle_reads_of_each_type(right):
    questions, _errors = bank(EVERY_KIND)
    asked = [asked_of(question, Losses()) for question in questions]
    options = tuple(Answer(text=f"o{at}", is_right=at < right, feedback="f") for at in range(right + 2))
    asked.append(Asked(kind="multiple", id="muchas", stem="¿Cuáles?", partial="partes", answers=options))
    writing = write_moodle(asked, lambda _address: None)
    root = etree.fromstring(writing.content)
    assert len(root) == len(asked)
    for question in root:
        kind = question.get("type")
        assert {each.tag for each in question} >= {"name", "questiontext", "defaultgrade", *NEEDED[kind]}
        assert question.findtext("name/text")
        assert all(
            each.find("text") is not None for each in question.iter("questiontext", "feedback", "answer")
        )
        weights = [float(each.get("fraction")) for each in question.iterfind("answer")]
        is_refused = any(min(abs(abs(weight) - one) for one in WEIGHTS) > 0.001 for weight in weights)
        is_told = (
            "muchas" in {loss.id for loss in writing.losses} and question.findtext("name/text") == "muchas"
        )
        assert is_refused == is_told or kind == "ordering"
        if question.findtext("single") == "false":
            assert sum(weight for weight in weights if weight > 0) == pytest.approx(100, abs=0.01)


def test_a_picture_leaves_and_comes_back():
    picture = read_moodle(CONTENT).pictures["mapa-uno.png"]
    asked = [item.asked for item in read_moodle(CONTENT).items][:1]
    writing = write_moodle(asked, lambda address: picture if address.endswith("mapa-uno.png") else None)
    assert not writing.losses
    again = read_moodle(writing.content)
    assert [item.asked for item in again.items] == asked
    assert again.pictures == {"mapa-uno.png": picture}


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE quiz [<!ENTITY a "b">]><quiz><question type="essay"><name>&a;</name></question></quiz>',
        b'<!DOCTYPE quiz SYSTEM "file:///etc/passwd"><quiz/>',
        '<!DOCTYPE q [<!ENTITY a SYSTEM "file:///etc/passwd">]><quiz>&a;</quiz>'.encode("utf-16"),
        b"not xml",
        b"",
        b"<quiz>" * 3000,
    ],
)
def test_hostile_xml_gives_nothing_but_a_reason(content):
    reading = read_moodle(content)
    assert not reading.items
    assert reading.losses


def test_a_broken_end_costs_only_what_is_broken():
    reading = read_moodle(CONTENT[: CONTENT.index(b'type="shortanswer"') + 200])
    assert [item.asked.id for item in reading.items][:2] == ["plazo-uno-dos", "frontera"]
    assert any("mal escrito" in str(loss.why) for loss in reading.losses)


def test_an_attachment_that_is_no_picture_stays_out():
    content = CONTENT.replace(b"iVBORw0KGgo", b"PHN2Zz48c2NyaXB0")
    reading = read_moodle(content)
    assert not reading.pictures
    assert "imagenes" not in reading.items[0].text
    assert any("mapa" in loss.what for loss in reading.losses)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_no_file_makes_it_fail(data):
    at = data.draw(st.integers(0, len(CONTENT)))
    cut = data.draw(st.integers(0, 400))
    put = data.draw(
        st.one_of(
            st.binary(max_size=30), st.text(max_size=30).map(lambda text: text.encode("utf-8", "replace"))
        )
    )
    read_moodle(CONTENT[:at] + put + CONTENT[at + cut :])

"""GIFT in and out, judged by what Moodle documents and by our own compiler."""

from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.assessments.exchange.asked import Answer, Asked, Losses
from lms.assessments.exchange.bank_text import bank_file, bank_text
from lms.assessments.exchange.compiled import asked_of
from lms.assessments.exchange.gift_reader import read_gift
from lms.assessments.exchange.gift_writer import write_gift
from lms.assessments.exchange.markup import from_plain
from lms.assessments.exchange.plain import cleaned
from lms.assessments.exchange.tags import paragraph, read_tags
from tests.assessments.exchange.conftest import ENVELOPE, GIFT_KINDS, bank

GOLDEN = Path(__file__).parent / "golden"


def asked_in(text):
    return [item.asked for item in read_gift(text.encode()).items]


def whys(reading):
    return [(loss.line, str(loss.why)) for loss in reading.losses]


def test_a_file_of_moodle_becomes_this_bank(golden):
    reading = read_gift((GOLDEN / "moodle.gift.txt").read_bytes())
    golden("moodle.gift.md", bank_file("Traídas", [item.text for item in reading.items]))
    golden(
        "moodle.gift.losses.txt",
        "".join(f"{loss.line}\t{loss.id}\t{loss.what}\t{loss.why}\n" for loss in reading.losses),
    )


def test_the_bank_of_that_file_has_only_the_errors_that_were_told():
    reading = read_gift((GOLDEN / "moodle.gift.txt").read_bytes())
    questions, errors = bank(bank_file("Traídas", [item.text for item in reading.items]))
    assert [each.type for each in questions] == [
        "single", "multiple", "true-false", "short", "numeric", "numeric", "matching", "essay", "single",
    ]  # fmt: skip
    assert {each.code for each in errors} == {"R302"}  # only feedback that the file did not bring


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Q {=a ~b}", ("single", "")),
        ("Q {~%50%a ~%50%b ~c}", ("multiple", "acierto")),
        ("Q {~%50%a ~%50%b ~%-50%c}", ("multiple", "partes")),
        ("Q {~%50%a ~%50%b ~%-100%c}", ("multiple", "")),
        ("Q {T}", ("true-false", "")),
        ("Q {true#no#sí}", ("true-false", "")),
        ("Q {=a =b}", ("short", "")),
        ("Q {a}", ("short", "")),
        ("Q {#3}", ("numeric", "")),
        ("Q {}", ("essay", "")),
        ("Q {=a -> b =c -> d}", ("matching", "acierto")),
    ],
)
def test_the_marks_say_which_kind_it_is(text, expected):
    (asked,) = asked_in(text)
    assert (asked.kind, asked.partial) == expected


@pytest.mark.parametrize(
    ("written", "values", "tolerance"),
    [
        ("#3:2", ["3"], "2"),
        ("#1..5", ["3"], "2"),
        ("#-2,5", ["-2.5"], ""),
        ("#=1822:0 =%50%1822:2", ["1822", "1822"], ""),
        ("#1e3", ["1000"], ""),
    ],
)
def test_numbers_have_tolerance_ranges_and_several_answers(written, values, tolerance):
    (asked,) = asked_in(f"¿Cuánto? {{{written}}}")
    assert [each.text for each in asked.answers] == values
    assert asked.tolerance == tolerance


def test_escapes_are_marks_again_and_colons_and_equals_need_none_in_a_stem():
    (asked,) = asked_in("¿Qué es: a = b\\: c \\{d\\} \\\\ fin? {=uno \\~ dos \\= tres\\#4 ~no}")
    assert asked.stem == "¿Qué es: a = b: c \\{d} \\\\ fin?"
    assert asked.answers[0].text == "uno ~ dos = tres#4"


def test_blank_lines_inside_the_braces_do_not_lose_the_question():
    first, second = asked_in("Q {\n\n=a\n\n~b\n\n}\n\nP {\n=c\n\nR {T}")
    assert [answer.text for answer in first.answers] == ["a", "b"]
    assert second.stem == "R"


def test_a_formula_stays_as_text_and_is_told():
    (item,) = (reading := read_gift(rb"Si \\(x_\{1\}\\) y $$y\=2$$ {=a#s ~b#n}")).items
    assert item.asked.stem == r"Si \\(x\_\{1}\\) y $$y=2$$"
    assert ["LaTeX" in str(loss.why) for loss in reading.losses] == [True, True]


def test_one_bad_question_is_told_with_its_line_and_fails_no_other():
    reading = read_gift(b"Una { =a ~b\n\nDos {=c ~d}\n\nTres }\n\nCuatro {#tres}\n\nCinco {T}")
    assert [item.asked.kind for item in reading.items] == ["single", "true-false"]
    assert [
        line for line, _why in whys(reading) if not [x for x in reading.losses if x.line == line and x.id]
    ] == [1, 5, 7]


def test_a_file_of_windows_is_read_and_told():
    reading = read_gift("¿Quién acompaña a la niña? {=sí ~no}".encode("cp1252"))
    assert reading.items[0].asked.stem == "¿Quién acompaña a la niña?"
    assert "UTF-8" in str(reading.losses[0].why)
    assert read_gift("\ufeff¿Sí? {T}".encode()).items[0].asked.stem == "¿Sí?"


def test_titles_become_ids_that_nobody_shares():
    reading = read_gift("::Señal::Uno {T}\n\n::Señal::Dos {F}".encode())
    assert [item.asked.id for item in reading.items] == ["senal", "senal-2"]


def test_what_markdown_does_not_hold_is_told():
    reading = read_gift(
        b'[html]<p>Uno <u>dos</u> <script>x</script><img src="@@PLUGINFILE@@/a.png" alt="A"></p>{T}'
    )
    told = " ".join(loss.what for loss in reading.losses)
    assert all(word in told for word in ("<u>", "<script>", "a.png"))
    assert reading.items[0].asked.stem == "Uno dos (A)"


def test_what_gift_can_hold_comes_back_as_it_left():
    questions, errors = bank(ENVELOPE + GIFT_KINDS)
    assert not errors
    asked = [asked_of(question, Losses()) for question in questions]
    writing = write_gift(asked)
    assert not writing.losses
    reading = read_gift(writing.content)
    assert [item.asked for item in reading.items] == asked
    again, errors = bank(bank_file("Traídas", [item.text for item in reading.items]))
    assert not errors
    assert again == questions


def test_leaving_tells_what_gift_cannot_hold():
    questions, _errors = bank(
        ENVELOPE
        + "::: pregunta {id=a}\n¿?\n\n[x] A\n    > a\n[ ] B\n    > b\n:::\n\n"
        + '::: pregunta {id=b tipo=numero unidades="h; d = 24"}\n¿?\n\n(x) 3\n:::\n\n'
        + "::: pregunta {id=c tipo=orden}\n¿?\n\n1. uno\n2. dos\n3. tres\n:::\n"
    )
    writing = write_gift([asked_of(question, Losses()) for question in questions])
    assert [loss.id for loss in writing.losses] == ["a", "b", "c"]
    assert b"::c::" not in writing.content


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=300),
        st.text("{}~=#\\:%->[]<pimgb/>&;\n TF1.ñ'\"!`*_$", max_size=120).map(str.encode),
    )
)
def test_no_file_makes_it_fail_and_nothing_disappears(content):
    reading = read_gift(content)
    text = content.decode("utf-8", "replace")
    is_silent = any(mark in text for mark in ("$", "//")) or not cleaned(text).strip(
        "\ufffd \n\r\t\x1c\x1d\x1e\x1f\x85\xa0"
    )
    assert reading.items or reading.losses or is_silent


TEXTS = st.text(
    st.one_of(st.sampled_from("()[]{}xX:#>*_-=`~|1.<!&\\ \n→?ñ"), st.characters(categories=("L", "N", "P"))),
    min_size=1,
    max_size=40,
)


@settings(max_examples=150, deadline=None)
@given(stem=TEXTS, right=TEXTS, wrong=TEXTS, feedback=TEXTS, explanation=TEXTS)
def test_any_text_stays_inside_its_question(stem, right, wrong, feedback, explanation):
    asked = Asked(
        kind="single", id="a", stem=f"P {from_plain(stem)}", explanation=from_plain(explanation),
        answers=(
            Answer(text=f"sí {from_plain(right)}", is_right=True, feedback=f"f {from_plain(feedback)}"),
            Answer(text=f"no {from_plain(wrong)}", feedback="n"),
        ),
    )  # fmt: skip
    questions, errors = bank(ENVELOPE + bank_text(asked))
    assert not errors
    (question,) = questions
    assert [option.is_right for option in question.options] == [True, False]
    assert all(option.feedback_html for option in question.options)


class Heard(HTMLParser):
    """Writes down what it is told; neighbouring texts are one."""

    def __init__(self):
        super().__init__()
        self.told = []

    def handle_starttag(self, tag, attrs):
        self.told.append((tag, [(name, value or "") for name, value in attrs]))

    def handle_endtag(self, tag):
        self.told.append(tag)

    def handle_data(self, data):
        if self.told and self.told[-1][0] == "\0":
            data = self.told.pop()[1:] + data
        self.told.append(f"\0{data}")


PIECES = st.sampled_from(
    ("<p>", "</P>", '<a href="x?a=1&amp;b" title="">', "<br/>", "<img alt=1>", "a & b", "&lt;i&gt;", "x < y", "<i",
     '<p dir="ltr" style="text-align: left;">', "</p>", "<!-- <b> -->", "<script>", "</script>", "'\">", "\n", "&nbsp;")
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=12).map("".join))
def test_reading_tags_soon_tells_what_reading_them_patiently_tells(html):
    patient, soon = Heard(), Heard()
    patient.feed(html)
    patient.close()
    read_tags(html, soon)
    assert soon.told == patient.told
    words = paragraph(html)
    assert words is None or [each for each in patient.told if each[0] == "\0" and each[1:].strip()] in (
        [], [f"\0{words}"]
    )  # fmt: skip

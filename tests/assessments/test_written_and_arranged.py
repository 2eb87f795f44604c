"""Questions answered with words, numbers, pairs, an order or gaps: the contract, tolerances and parts."""

from fractions import Fraction
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.assessments.question_types.arranged import Matching, Ordering
from lms.assessments.question_types.choices import MultipleChoice
from lms.assessments.question_types.cloze import Cloze
from lms.assessments.question_types.comparing import distance, folded
from lms.assessments.question_types.written import Numeric, ShortText
from lms.courses.compiler.kinds.cloze import MARK
from lms.courses.compiler.kinds.numbers import read_quantity
from lms.testing.contracts.questions import QuestionTypeContract


def option(key, html, *, right=False, feedback=""):
    return {"key": key, "html": html, "is_right": right, "feedback_html": feedback}


def question(options, *, partial=False, **details):
    return {
        "id": "p1",
        "stem_html": "¿Qué se hace?",
        "options": options,
        "explanation_html": "<p>Primero se escucha.</p>",
        "partial": partial,
        "details": details,
    }


def short(demands=(), typos=0):
    options = [
        option("a", "Canalización", right=True, feedback="<p>Esa es.</p>"),
        option("b", "Derivación", feedback="<p>Así se dice en otros lugares.</p>"),
    ]
    answers = [
        {"key": "a", "texts": ["Canalización", "la canalización"]},
        {"key": "b", "texts": ["Derivación"]},
    ]
    return question(options, answers=answers, demands=list(demands), typos=typos)


class TestShortText(QuestionTypeContract):
    question_type = ShortText()
    config = short()
    right = ("canalizacion",)
    answers = (["derivación"], ["x" * 900], ["nada"])

    @pytest.mark.parametrize(
        ("demands", "typos", "written", "earned"),
        [
            ((), 0, "  LA  CANALIZACION. ", 1),
            (("accents",), 0, "canalizacion", 0),
            (("accents",), 0, "canalización", 1),
            (("case",), 0, "canalización", 0),
            (("spaces",), 0, "lacanalización", 0),
            ((), 0, "canalisación", 0),
            ((), 1, "canalisación", 1),
            ((), 1, "canlaización", 1),
            ((), 1, "canlaisación", 0),
        ],
    )
    def test_what_counts_is_what_the_author_demands(self, demands, typos, written, earned):
        assert self.earned([written], short(demands, typos)) == earned

    def test_a_known_mistake_is_answered_with_its_feedback(self):
        assert self.question_type.feedback(self.config, ["derivacion"]) == [
            "<p>Así se dice en otros lugares.</p>"
        ]
        assert self.question_type.feedback(self.config, ["otra"]) == []


def numeric(tolerance="0", *, is_share=False, units=()):
    options = [
        option("a", "72", right=True, feedback="<p>Sí.</p>"),
        option("b", "48", feedback="<p>Antes.</p>"),
    ]
    values = {"a": "72", "b": "48"}
    return question(options, values=values, tolerance=tolerance, is_share=is_share, units=list(units))


HOURS = ({"texts": ["horas", "h"], "factor": "1"}, {"texts": ["días", "día"], "factor": "24"})


class TestNumeric(QuestionTypeContract):
    question_type = Numeric()
    config = numeric(units=HOURS)
    right = ("72",)
    answers = (["48"], ["setenta y dos"], ["7,2"], ["72 leguas"])

    @pytest.mark.parametrize(
        ("tolerance", "is_share", "written", "earned"),
        [
            ("0", False, "72,0", 1),
            ("0", False, "3 dias", 1),
            ("0", False, "72 H", 1),
            ("1/2", False, "72.5", 1),
            ("1/2", False, "72,51", 0),
            ("1/20", True, "68,4", 1),
            ("1/20", True, "68,39", 0),
            ("0", False, "-72", 0),
        ],
    )
    def test_tolerance_and_units_decide(self, tolerance, is_share, written, earned):
        assert self.earned([written], numeric(tolerance, is_share=is_share, units=HOURS)) == earned

    def test_without_units_a_unit_is_not_understood(self):
        assert self.earned(["72 h"], numeric()) == 0


PAIRS = [
    {"key": "1", "html": "Trasladar", "right": "a", "feedback_html": "<p>Es un acto.</p>"},
    {"key": "2", "html": "Engañar", "right": "c", "feedback_html": "<p>Es un medio.</p>"},
]
SIDES = [option("c", "Medio"), option("a", "Acto"), option("b", "Fin")]


class TestMatching(QuestionTypeContract):
    question_type = Matching()
    config = question(SIDES, pairs=PAIRS)
    right = ("1:a", "2:c")
    answers = (["1:a"], ["1:c", "2:a"], ["2:b"], ["1:a", "1:c"])

    def with_other_key(self):
        return question(SIDES, pairs=[{**pair, "right": "b"} for pair in PAIRS])

    def secrets(self):
        return [*super().secrets(), *(pair["feedback_html"] for pair in PAIRS)]

    def test_a_wrong_pair_says_nothing_of_the_right_one_before_the_key(self):
        view = self.question_type.review(self.config, ["1:b", "2:c"], with_key=False)
        assert [pair["result"] for pair in view["pairs"]] == ["wrong", "right"]
        assert [pair["right_html"] for pair in view["pairs"]] == ["", ""]
        assert [pair["feedback_html"] for pair in view["pairs"]] == ["", "<p>Es un medio.</p>"]


STEPS = [option("b", "Escuchar"), option("c", "Preguntar"), option("a", "Acompañar")]


class TestOrdering(QuestionTypeContract):
    question_type = Ordering()
    config = question(STEPS, order=["b", "c", "a"])
    right = ("b:1", "c:2", "a:3")
    answers = (["b:1"], ["b:1", "c:1", "a:1"], ["a:1", "b:2", "c:3"])

    def with_other_key(self):
        return question(STEPS, order=["a", "b", "c"])

    def test_the_same_place_for_all_earns_one_of_them_in_parts(self):
        config = {**self.config, "partial": True, "details": {"order": ["b", "c", "a"], "is_by_hit": True}}
        assert self.earned(["b:1", "c:1", "a:1"], config) == Fraction(1, 3)


GAPS = [
    {
        "key": "1",
        "choices": [
            {"key": "a", "text": "medio", "is_right": False},
            {"key": "b", "text": "acto", "is_right": True},
        ],
    },
    {"key": "2", "texts": ["propósito", "fin"]},
]
BODY = f"<p>Captar es un {MARK.format(1)} y explotar es el {MARK.format(2)}.</p>"


class TestCloze(QuestionTypeContract):
    question_type = Cloze()
    config = question([], body_html=BODY, gaps=GAPS, demands=[], typos=0)
    right = ("1:b", "2:Proposito")
    answers = (["1:a"], ["1:b"], ["2:fin"], ["1:a", "2:nada: de nada"])

    def with_other_key(self):
        first = {
            "key": "1",
            "choices": [{**each, "is_right": not each["is_right"]} for each in GAPS[0]["choices"]],
        }
        second = {"key": "2", "texts": ["resultado"]}
        return question([], body_html=BODY, gaps=[first, second], demands=[], typos=0)

    def test_the_text_reaches_the_browser_in_pieces_without_what_is_accepted(self):
        view = self.question_type.public(self.config)
        assert [piece["html"] for piece in view["pieces"]] == ["<p>Captar es un ", " y explotar es el "]
        assert view["rest_html"] == ".</p>"
        assert "propósito" not in str(view)


class TestPartsOfAMultipleChoice:
    config: ClassVar = question(
        [option(key, key, right=key in "ab") for key in "abcd"], partial=True, is_by_hit=True
    )

    @pytest.mark.parametrize(
        ("chosen", "earned"),
        [("a", Fraction(1, 2)), ("ac", Fraction(1, 2)), ("ab", 1), ("abc", 0), ("abcd", 0)],
    )
    def test_by_hit_nothing_counts_against_and_choosing_too_many_earns_nothing(self, chosen, earned):
        assert MultipleChoice().grade(self.config, list(chosen)).fraction == earned


@given(
    places=st.lists(st.sampled_from("123"), min_size=3, max_size=3),
    is_by_hit=st.booleans(),
    partial=st.booleans(),
)
def test_an_order_earns_its_share_and_all_of_it_only_when_it_is_right(places, is_by_hit, partial):
    config = {**question(STEPS, order=["b", "c", "a"], is_by_hit=is_by_hit), "partial": partial}
    kind = Ordering()
    answer = kind.clean(config, [f"{key}:{place}" for key, place in zip("bca", places, strict=True)])
    earned = kind.grade(config, answer).fraction
    assert (earned == 1) == (places == ["1", "2", "3"])
    assert 0 <= earned <= 1
    assert partial or earned in {0, 1}
    assert kind.grade(config, answer[::-1]).fraction == earned


words = st.text("abñ ó", max_size=7)


@given(one=words, other=words, third=words)
def test_slips_are_counted_alike_both_ways_and_only_different_texts_have_some(one, other, third):
    assert distance(one, other) == distance(other, one)
    assert (distance(one, other) == 0) == (one == other)
    assert abs(len(one) - len(other)) <= distance(one, other) <= max(len(one), len(other))
    assert distance(f"{third}{one}", f"{third}{other}") <= distance(one, other)


@given(words)
def test_folding_twice_is_folding_once_and_keeps_the_letter_ene(text):
    once = folded(text, ())
    assert folded(once, ()) == once
    assert text.count("ñ") == once.count("ñ")


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1,5", Fraction(3, 2), ""),
        ("1.5 h", Fraction(3, 2), "h"),
        ("1.234,5", Fraction("1234.5"), ""),
        ("1,234.5", Fraction("1234.5"), ""),
        ("1.234.567", Fraction(1234567), ""),
        ("1 234", Fraction(1234), ""),
        ("−3 días", Fraction(-3), "días"),
        ("3.", Fraction(3), ""),
    ],
)
def test_numbers_are_read_as_people_write_them(text, value, unit):
    quantity = read_quantity(text)
    assert (quantity.value, quantity.unit) == (value, unit)


@pytest.mark.parametrize("text", ["", "mucho", "h 3", "1,,5", ",5", "٣"])
def test_what_is_no_number_is_none(text):
    assert read_quantity(text) is None

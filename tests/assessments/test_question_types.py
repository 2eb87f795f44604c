"""The kinds of question of the product: the contract, and what each adds to it."""

from fractions import Fraction

import pytest

from lms.assessments.question_types.choices import MultipleChoice, SingleChoice, TrueFalse
from lms.plugins.questions import Grade
from lms.testing.contracts.questions import QuestionTypeContract


def question(*options, partial=False):
    return {
        "id": "p1",
        "stem_html": "¿Qué se hace?",
        "options": [
            {
                "key": key,
                "html": f"Opción {key}",
                "is_right": is_right,
                "feedback_html": f"<p>Porque {key}.</p>",
            }
            for key, is_right in options
        ],
        "explanation_html": "<p>Primero se escucha.</p>",
        "partial": partial,
    }


FOUR = (("a", True), ("b", True), ("c", False), ("d", False))


class TestSingleChoice(QuestionTypeContract):
    question_type = SingleChoice()
    config = question(("a", False), ("b", True), ("c", False))
    right = ("b",)
    answers = (["a"], ["c"], ["a", "b"])

    def test_two_values_are_no_answer(self):
        assert self.question_type.clean(self.config, ["a", "b"]) == []

    def test_the_review_of_a_wrong_answer_marks_it_and_leaves_the_right_one_unmarked(self):
        view = self.question_type.review(self.config, ["a"], with_key=False)
        assert [option["result"] for option in view["options"]] == ["wrong", "", ""]
        assert [option["feedback_html"] for option in view["options"]] == ["<p>Porque a.</p>", "", ""]

    def test_the_review_with_key_marks_the_right_one_too(self):
        view = self.question_type.review(self.config, ["a"], with_key=True)
        assert [option["result"] for option in view["options"]] == ["wrong", "right", ""]
        assert view["explanation_html"]

    def test_a_right_answer_brings_the_explanation_without_the_key(self):
        assert self.question_type.review(self.config, ["b"], with_key=False)["explanation_html"]


class TestTrueFalse(QuestionTypeContract):
    question_type = TrueFalse()
    config = question(("a", False), ("b", True))
    right = ("b",)
    answers = (["a"], ["a", "b"])

    def test_true_stays_before_false(self):
        assert self.question_type.keeps_order


class TestMultipleChoice(QuestionTypeContract):
    question_type = MultipleChoice()
    config = question(*FOUR)
    right = ("a", "b")
    answers = (["a"], ["b", "c"], ["c", "d"], ["a", "b", "c"], ["a", "b", "c", "d"])

    def test_all_or_nothing(self):
        assert {self.earned(values) for values in self.answers} == {0}


class TestMultipleChoiceInParts(QuestionTypeContract):
    question_type = MultipleChoice()
    config = question(*FOUR, partial=True)
    right = ("b", "a")
    answers = (["a"], ["b", "c"], ["c", "d"], ["a", "b", "c"], ["a", "b", "c", "d"])

    def test_right_counts_for_and_wrong_against(self):
        half = Fraction(1, 2)
        assert [self.earned(values) for values in self.answers] == [half, 0, 0, half, 0]

    def test_thirds_are_exact(self):
        config = question(("a", True), ("b", True), ("c", True), ("d", False), partial=True)
        assert sum(self.earned([key], config) for key in "abc") == 1


class TestMultipleChoiceWhereAllIsRight(QuestionTypeContract):
    question_type = MultipleChoice()
    config = question(("a", True), ("b", True), partial=True)
    right = ("a", "b")
    answers = (["a"], ["b"])


def test_a_grade_outside_its_bounds_cannot_be_made():
    for fraction in (Fraction(-1), Fraction(3, 2)):
        with pytest.raises(ValueError, match="between 0 and 1"):
            Grade(fraction=fraction)

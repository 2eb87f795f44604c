"""What every question type promises. Inherit from the class in a test module and say which type and question."""

import json
from collections.abc import Sequence
from typing import Any, ClassVar

from lms.core.file_formats import FORMATS
from lms.plugins.questions import Config, QuestionType


class QuestionTypeContract:
    """Tests of one question type with one question; the subclass's name starts with ``Test``."""

    question_type: ClassVar[QuestionType]
    config: ClassVar[Config]
    """A question as a release holds it, whose texts of feedback appear nowhere else in it."""
    right: ClassVar[Sequence[str]]
    """What earns everything."""
    answers: ClassVar[Sequence[Sequence[str]]]
    """Further answers that a browser can send, wrong and half right ones."""
    has_order: ClassVar[bool] = False
    """Whether the order of the values is part of the answer."""

    def with_other_key(self) -> Config:
        """Return the same question with another right answer; the default makes right options wrong and vice versa."""
        options = [{**each, "is_right": not each["is_right"]} for each in self.config["options"]]
        return {**self.config, "options": options}

    def secrets(self) -> list[str]:
        """Return the texts that nobody may read before submitting."""
        feedback = [each["feedback_html"] for each in self.config.get("options", ())]
        return [text for text in [*feedback, self.config["explanation_html"]] if text]

    def earned(self, values: Sequence[str], config: Config | None = None) -> Any:
        """Return what values that a browser sent earn."""
        question = config or self.config
        return self.question_type.grade(question, self.question_type.clean(question, values)).fraction

    def test_it_has_a_name_a_label_and_a_template(self) -> None:
        """Quizzes find it by its name, people by its label."""
        assert self.question_type.name
        assert str(self.question_type.label)
        assert self.question_type.template.endswith(".html")

    def test_the_right_answer_earns_everything(self) -> None:
        """One point, exactly; what is not scored or waits for a person earns nothing by itself."""
        is_graded = self.question_type.is_scored and not self.question_type.needs_grader
        assert self.earned(self.right) == (1 if is_graded else 0)

    def test_an_empty_answer_earns_nothing(self) -> None:
        """Whoever answers nothing gets nothing, even where nothing would be half right."""
        assert self.earned([]) == 0

    def test_no_answer_earns_less_than_nothing_or_more_than_everything(self) -> None:
        """The bounds hold for everything that a browser can send."""
        for values in [*self.answers, self.right, [*self.right, *self.right], ["no-such-value"]]:
            assert 0 <= self.earned(values) <= 1

    def test_what_the_question_does_not_offer_is_dropped(self) -> None:
        """A forged form stores nothing strange and changes nothing."""
        clean = self.question_type.clean(self.config, [*self.right, "no-such-value", ""])
        assert clean == self.question_type.clean(self.config, self.right)

    def test_cleaning_twice_is_cleaning_once(self) -> None:
        """What is stored can be read and stored again."""
        for values in [*self.answers, self.right]:
            once = self.question_type.clean(self.config, values)
            assert self.question_type.clean(self.config, once) == once

    def test_a_file_is_asked_for_in_formats_that_the_product_can_check(self) -> None:
        """A person reads it: no rule can grade what it cannot open."""
        rule = self.question_type.file_rule(self.config)
        if rule is not None:
            assert rule.formats
            assert set(rule.formats) <= set(FORMATS)
            assert rule.megabytes > 0
            assert self.question_type.needs_grader

    def test_the_order_of_the_options_changes_no_grade(self) -> None:
        """Shuffling is for the eye only."""
        turned = {**self.config, "options": list(reversed(self.config.get("options", [])))}
        for values in [*self.answers, self.right]:
            assert self.earned(values, turned) == self.earned(values)

    def test_the_order_of_the_values_changes_no_grade_of_a_choice(self) -> None:
        """Browsers send boxes in the order of the page."""
        if self.config.get("options") and not self.has_order:
            for values in [*self.answers, self.right]:
                assert self.earned(list(reversed(values))) == self.earned(values)

    def test_the_public_part_is_the_same_whatever_the_key_is(self) -> None:
        """Nobody can tell the right answer from what the browser gets."""
        assert self.question_type.public(self.config) == self.question_type.public(self.with_other_key())

    def test_the_public_part_holds_no_feedback(self) -> None:
        """Feedback says what is right, so it waits until submitting."""
        sent = json.dumps(self.question_type.public(self.config), ensure_ascii=False)
        assert not [text for text in self.secrets() if text in sent]
        assert "is_right" not in sent

    def test_the_review_adds_to_the_public_part_and_changes_nothing_of_it(self) -> None:
        """The same template draws both."""
        public = self.question_type.public(self.config)
        reviewed = self.question_type.review(self.config, self.right, with_key=True)
        assert public.keys() <= reviewed.keys()
        assert reviewed["stem_html"] == public["stem_html"]

    def test_a_review_without_key_says_nothing_about_what_was_not_chosen(self) -> None:
        """The next attempt must still mean something."""
        for values in [[], *self.answers]:
            chosen = self.question_type.clean(self.config, values)
            if self.earned(chosen) == 1:
                continue
            reviewed = self.question_type.review(self.config, chosen, with_key=False)
            sent = json.dumps(reviewed, ensure_ascii=False)
            explanation = self.config["explanation_html"]
            assert not explanation or explanation not in sent
            for option in self.config.get("options", ()):
                feedback = option["feedback_html"]
                assert option["key"] in chosen or not feedback or feedback not in sent

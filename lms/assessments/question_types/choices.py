"""Questions that are answered by choosing: one option, several, or true against false."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, ClassVar

from lms.assessments.question_types import parts
from lms.core.i18n import _l
from lms.core.text import Text
from lms.plugins.questions import Config, Grade, QuestionType

NOTHING = Grade(fraction=Fraction(0))
EVERYTHING = Grade(fraction=Fraction(1))
Option = Mapping[str, Any]


class ChoiceQuestion(QuestionType):
    """What all questions with options share; a subclass says how many may be chosen and what that earns."""

    template: ClassVar[str] = "question_types/options.html"
    control: ClassVar[str]
    """"radio" or "checkbox"."""

    def clean(self, config: Config, values: Sequence[str]) -> list[str]:
        """Return the keys that were sent and are offered, in the order of the alphabet."""
        return sorted({option["key"] for option in config["options"]} & set(values))

    def public(self, config: Config) -> Mapping[str, Any]:
        """Return the stem and the options with nothing that tells them apart."""
        options = [{"key": option["key"], "html": option["html"]} for option in config["options"]]
        return {
            "id": config["id"],
            "stem_html": config["stem_html"],
            "control": self.control,
            "options": options,
        }

    def review(self, config: Config, answer: Sequence[str], *, with_key: bool) -> Mapping[str, Any]:
        """Return the options with what was right and the author's feedback.

        Without the key only what was chosen is judged; the explanation often gives the key away, so then it
        comes with a right answer only.
        """
        has_explanation = with_key or self.grade(config, answer).is_right
        options = [
            _reviewed(option, is_chosen=option["key"] in answer, with_key=with_key)
            for option in config["options"]
        ]
        return {
            **self.public(config),
            "options": options,
            "is_closed": True,
            "explanation_html": config["explanation_html"] if has_explanation else "",
        }


class SingleChoice(ChoiceQuestion):
    """One option of several is right."""

    name: ClassVar[str] = "single"
    label: ClassVar[Text] = _l("Opción única")
    control: ClassVar[str] = "radio"

    def clean(self, config: Config, values: Sequence[str]) -> list[str]:
        """Return the one key that was sent; several are no answer, because no browser sends them."""
        keys = super().clean(config, values)
        return keys if len(keys) == 1 else []

    def grade(self, config: Config, answer: Sequence[str]) -> Grade:
        """Return everything for the right option and nothing for any other."""
        return EVERYTHING if set(answer) == _right(config) else NOTHING


class TrueFalse(SingleChoice):
    """A statement that holds or does not."""

    name: ClassVar[str] = "true-false"
    label: ClassVar[Text] = _l("Verdadero o falso")
    keeps_order: ClassVar[bool] = True


class MultipleChoice(ChoiceQuestion):
    """One or more options are right, and all of them are asked for."""

    name: ClassVar[str] = "multiple"
    label: ClassVar[Text] = _l("Opción múltiple")
    control: ClassVar[str] = "checkbox"

    def grade(self, config: Config, answer: Sequence[str]) -> Grade:
        """Return everything for exactly the right options.

        Where the author asks for partial credit, each right option counts for and each wrong one against, and
        the sum never falls below nothing: choosing all options earns no more than guessing. By hit nothing counts
        against, so that choosing more options than are right earns nothing.
        """
        right, chosen = _right(config), set(answer)
        is_by_hit = config.get("details", {}).get("is_by_hit", False)
        if is_by_hit and len(chosen) > len(right):
            return NOTHING
        hits = len(chosen & right)
        return parts.credit(config, right=hits, given=len(chosen), total=len(right))


def _right(config: Config) -> set[str]:
    return {option["key"] for option in config["options"] if option["is_right"]}


def _reviewed(option: Option, *, is_chosen: bool, with_key: bool) -> Option:
    result = ""
    if is_chosen:
        result = "right" if option["is_right"] else "wrong"
    elif with_key and option["is_right"]:
        result = "right"
    return {
        "key": option["key"],
        "html": option["html"],
        "is_chosen": is_chosen,
        "result": result,
        "feedback_html": option["feedback_html"] if result else "",
    }

"""Questions that are answered with a few words, or with a number and its unit."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, ClassVar, Final

from lms.assessments.question_types.choices import EVERYTHING, NOTHING
from lms.assessments.question_types.comparing import folded, is_near
from lms.core.i18n import _l
from lms.core.text import Text
from lms.courses.compiler.kinds.numbers import read_quantity
from lms.plugins.questions import Config, Grade, QuestionType

LONGEST: Final = 300
"""Characters that an answer may have."""


class WrittenQuestion(QuestionType):
    """What both share: one line of text that is, or is not, one of the answers that the author knows."""

    template: ClassVar[str] = "question_types/written.html"
    keeps_order: ClassVar[bool] = True

    @abstractmethod
    def known(self, config: Config, written: str) -> str:
        """Return the key of the author's answer, right or wrong, that this text is; empty for none."""

    def clean(self, config: Config, values: Sequence[str]) -> list[str]:  # noqa: ARG002 - anything may be written
        """Return the first text that says something, on one line."""
        texts = (" ".join(value.split())[:LONGEST].rstrip() for value in values)
        return [text for text in texts if text][:1]

    def grade(self, config: Config, answer: Sequence[str]) -> Grade:
        """Return everything for an accepted answer."""
        option = self._option(config, answer)
        return EVERYTHING if option and option["is_right"] else NOTHING

    def feedback(self, config: Config, answer: Sequence[str]) -> Sequence[str]:
        """Return what the author says to the answer, when it is one that they foresaw."""
        option = self._option(config, answer)
        return [option["feedback_html"]] if option and option["feedback_html"] else []

    def public(self, config: Config) -> Mapping[str, Any]:
        """Return the stem."""
        return {"id": config["id"], "stem_html": config["stem_html"], "longest": LONGEST}

    def review(self, config: Config, answer: Sequence[str], *, with_key: bool) -> Mapping[str, Any]:
        """Return the answer judged; with the key also what is accepted."""
        is_right = self.grade(config, answer).is_right
        accepted = [each["html"] for each in config["options"] if each["is_right"]]
        return {
            **self.public(config),
            "is_closed": True,
            "result": "right" if is_right else "wrong",
            "accepted": accepted if with_key else [],
            "explanation_html": config["explanation_html"] if with_key or is_right else "",
        }

    def _option(self, config: Config, answer: Sequence[str]) -> Mapping[str, Any] | None:
        key = self.known(config, answer[0]) if answer else ""
        found: Mapping[str, Any] | None = next(
            (each for each in config["options"] if each["key"] == key), None
        )
        return found


class ShortText(WrittenQuestion):
    """A few words."""

    name: ClassVar[str] = "short"
    label: ClassVar[Text] = _l("Respuesta corta")

    def known(self, config: Config, written: str) -> str:
        """Return the answer that this text is; exactly so first, and with slips only for accepted ones."""
        details = config["details"]
        text = folded(written, details["demands"])
        right = {each["key"] for each in config["options"] if each["is_right"]}
        answers = [
            (each["key"], folded(one, details["demands"]))
            for each in details["answers"]
            for one in each["texts"]
        ]
        exact = next((key for key, one in answers if one == text), "")
        near = (key for key, one in answers if key in right and is_near(text, one, details["typos"]))
        return exact or next(near, "")


class Numeric(WrittenQuestion):
    """A number, near enough, in one of the units that the author accepts."""

    name: ClassVar[str] = "numeric"
    label: ClassVar[Text] = _l("Número")

    def public(self, config: Config) -> Mapping[str, Any]:
        """Return the stem and how the units may be written."""
        units = [each["texts"][0] for each in config["details"]["units"]]
        return {**super().public(config), "is_number": True, "units": units}

    def value(self, config: Config, written: str) -> Fraction | None:
        """Return the number that somebody wrote, in the first unit; None for what is no number of this question."""
        return _value(config["details"]["units"], written)

    def known(self, config: Config, written: str) -> str:
        """Return the answer that this number is, the nearest one first; a known mistake only when it is exact."""
        details = config["details"]
        value = _value(details["units"], written)
        if value is None:
            return ""
        right = {each["key"] for each in config["options"] if each["is_right"]}
        numbers = sorted(
            ((key, Fraction(number)) for key, number in details["values"].items()),
            key=lambda each: abs(each[1] - value),
        )
        return next(
            (key for key, number in numbers if abs(number - value) <= _margin(details, number, key in right)),
            "",
        )


def _margin(details: Mapping[str, Any], number: Fraction, is_accepted: bool) -> Fraction:  # noqa: FBT001 - two kinds of answer
    if not is_accepted:
        return Fraction(0)
    tolerance = Fraction(details["tolerance"])
    return abs(number) * tolerance if details["is_share"] else tolerance


def _value(units: Sequence[Mapping[str, Any]], written: str) -> Fraction | None:
    """Return the number in the first unit; without a unit it is taken to be in that one."""
    quantity = read_quantity(written)
    if quantity is None:
        return None
    if not quantity.unit:
        return quantity.value
    unit = folded(quantity.unit, ())
    factors = (each["factor"] for each in units if unit in {folded(name, ()) for name in each["texts"]})
    factor = next(factors, None)
    return None if factor is None else quantity.value * Fraction(factor)

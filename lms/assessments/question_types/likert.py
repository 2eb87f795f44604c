"""A scale of agreement over one statement or several: an opinion, which earns nothing and misses nothing."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from lms.assessments.question_types import parts
from lms.assessments.question_types.choices import NOTHING
from lms.core.i18n import _l
from lms.core.text import Text
from lms.plugins.questions import Config, Grade, QuestionType

ALONE = "1"
"""The key of the stem where it is the only statement."""


class Likert(QuestionType):
    """Each statement gets one label of the scale, or the one that stands beside it, such as «no aplica»."""

    name: ClassVar[str] = "likert"
    label: ClassVar[Text] = _l("Escala de opinión")
    template: ClassVar[str] = "question_types/likert.html"
    keeps_order: ClassVar[bool] = True
    is_scored: ClassVar[bool] = False

    def clean(self, config: Config, values: Sequence[str]) -> list[str]:
        """Return one label for each statement that has one, in the order of the statements."""
        labels = [point["key"] for point in config["details"]["scale"]]
        statements = _statements(config)
        return parts.written(parts.read(values, dict.fromkeys(statements, labels)), statements)

    def grade(self, config: Config, answer: Sequence[str]) -> Grade:  # noqa: ARG002 - no opinion earns anything
        """Return nothing: no opinion is better than another."""
        return NOTHING

    def public(self, config: Config) -> Mapping[str, Any]:
        """Return everything: a scale has no key."""
        details = config["details"]
        return {
            "id": config["id"],
            "stem_html": config["stem_html"],
            "scale": details["scale"],
            "statements": details["statements"] or [{"key": ALONE, "html": ""}],
        }

    def review(
        self,
        config: Config,
        answer: Sequence[str],  # noqa: ARG002 - no opinion is right
        *,
        with_key: bool,  # noqa: ARG002 - there is none
    ) -> Mapping[str, Any]:
        """Return the same, closed, with what the author adds."""
        return {**self.public(config), "is_closed": True, "explanation_html": config["explanation_html"]}


def _statements(config: Config) -> list[str]:
    return [each["key"] for each in config["details"]["statements"]] or [ALONE]

"""A question that is answered with a text and graded by a person."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

from lms.assessments.question_types.choices import NOTHING
from lms.core.i18n import _l
from lms.core.text import Text
from lms.plugins.questions import Config, Grade, QuestionType

LONGEST: Final = 20_000
"""Characters that an answer may have; what goes beyond is cut, as the control does."""


class Essay(QuestionType):
    """A text of several paragraphs."""

    name: ClassVar[str] = "essay"
    label: ClassVar[Text] = _l("Ensayo")
    template: ClassVar[str] = "question_types/essay.html"
    keeps_order: ClassVar[bool] = True
    needs_grader: ClassVar[bool] = True

    def clean(self, config: Config, values: Sequence[str]) -> list[str]:  # noqa: ARG002 - any text may be written
        """Return the first text that says something, with plain ends of lines."""
        texts = (value.replace("\r\n", "\n").replace("\r", "\n").strip() for value in values)
        return [text[:LONGEST].rstrip() for text in texts if text][:1]

    def grade(self, config: Config, answer: Sequence[str]) -> Grade:  # noqa: ARG002 - a person decides
        """Return nothing: what it earns is for a person to say."""
        return NOTHING

    def public(self, config: Config) -> Mapping[str, Any]:
        """Return the stem and the rubric: whoever writes may know how the text will be read."""
        return {
            "id": config["id"],
            "stem_html": config["stem_html"],
            "rubric": config["details"].get("rubric"),
            "longest": LONGEST,
        }

    def review(self, config: Config, answer: Sequence[str], *, with_key: bool) -> Mapping[str, Any]:  # noqa: ARG002 - the text is shown as it is
        """Return the same, closed; the author's explanation comes with the key."""
        explanation = config["explanation_html"] if with_key else ""
        return {**self.public(config), "is_closed": True, "explanation_html": explanation}

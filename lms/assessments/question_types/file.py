"""A question that is answered with a file and graded by a person."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID

from lms.assessments.question_types.choices import NOTHING
from lms.core.i18n import _l
from lms.core.text import Text
from lms.plugins.questions import Config, FileRule, Grade, QuestionType


class FileAnswer(QuestionType):
    """One file; what is kept as its answer is the file's id."""

    name: ClassVar[str] = "file"
    label: ClassVar[Text] = _l("Archivo")
    template: ClassVar[str] = "question_types/file.html"
    keeps_order: ClassVar[bool] = True
    needs_grader: ClassVar[bool] = True

    def clean(self, config: Config, values: Sequence[str]) -> list[str]:  # noqa: ARG002 - any file may be named
        """Return the first value that can name a file."""
        return [value for value in values if _is_id(value)][:1]

    def grade(self, config: Config, answer: Sequence[str]) -> Grade:  # noqa: ARG002 - a person decides
        """Return nothing: what it earns is for a person to say."""
        return NOTHING

    def file_rule(self, config: Config) -> FileRule:
        """Return the formats and the size that the author asks for."""
        details = config["details"]
        return FileRule(formats=tuple(details["formats"]), megabytes=details["megabytes"])

    def public(self, config: Config) -> Mapping[str, Any]:
        """Return the stem, which files are taken and the rubric: whoever works on it may know how it will be read."""
        details = config["details"]
        return {
            "id": config["id"],
            "stem_html": config["stem_html"],
            "rubric": details.get("rubric"),
            "formats": details["formats"],
            "accept": ",".join(f".{each}" for each in _endings(details["formats"])),
        }

    def review(self, config: Config, answer: Sequence[str], *, with_key: bool) -> Mapping[str, Any]:  # noqa: ARG002 - the file is served as it is
        """Return the same, closed; the author's explanation comes with the key."""
        explanation = config["explanation_html"] if with_key else ""
        return {**self.public(config), "is_closed": True, "explanation_html": explanation}


def _endings(formats: Sequence[str]) -> list[str]:
    return [*formats, "jpeg"] if "jpg" in formats else list(formats)


def _is_id(value: str) -> bool:
    try:
        return str(UUID(value)) == value
    except ValueError:
        return False

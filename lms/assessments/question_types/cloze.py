"""A text with gaps, each to fill with a word or to choose for."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

from lms.assessments.question_types import parts
from lms.assessments.question_types.comparing import folded, is_near
from lms.core.i18n import _l
from lms.core.text import Text
from lms.courses.compiler.kinds.cloze import MARK
from lms.plugins.questions import Config, Grade, QuestionType

LONGEST: Final = 100
"""Characters that a gap may hold."""


class Cloze(QuestionType):
    """Each gap counts as a part."""

    name: ClassVar[str] = "cloze"
    label: ClassVar[Text] = _l("Texto con huecos")
    template: ClassVar[str] = "question_types/cloze.html"
    keeps_order: ClassVar[bool] = True

    def clean(self, config: Config, values: Sequence[str]) -> list[str]:
        """Return "gap:choice" or "gap:text" for each gap that is filled, in the order of the text."""
        gaps = {gap["key"]: gap for gap in config["details"]["gaps"]}
        found: dict[str, str] = {}
        for each in values:
            key, _, value = each.partition(":")
            text = " ".join(value.split())[:LONGEST].rstrip()
            if text and key in gaps and _is_offered(gaps[key], text):
                found.setdefault(key, text)
        return parts.written(found, list(gaps))

    def grade(self, config: Config, answer: Sequence[str]) -> Grade:
        """Return what the gaps that are filled rightly earn."""
        gaps = config["details"]["gaps"]
        filled = dict(each.split(":", 1) for each in answer)
        right = sum(_is_right(config, gap, filled.get(gap["key"], "")) for gap in gaps)
        return parts.credit(config, right=right, given=len(filled), total=len(gaps))

    def public(self, config: Config) -> Mapping[str, Any]:
        """Return the text in pieces, each followed by its gap; choices stand in the order of the alphabet."""
        pieces, rest = [], config["details"]["body_html"]
        for gap in config["details"]["gaps"]:
            before, _, rest = rest.partition(MARK.format(gap["key"]))
            choices = [{"key": each["key"], "text": each["text"]} for each in gap.get("choices", ())]
            choices.sort(key=lambda each: str(each["text"]).casefold())
            pieces.append({"html": before, "key": gap["key"], "choices": choices})
        return {
            "id": config["id"],
            "stem_html": config["stem_html"],
            "pieces": pieces,
            "rest_html": rest,
            "longest": LONGEST,
        }

    def review(self, config: Config, answer: Sequence[str], *, with_key: bool) -> Mapping[str, Any]:
        """Return each gap judged; what belongs in it only with the key."""
        public = self.public(config)
        filled = dict(each.split(":", 1) for each in answer)
        gaps = {gap["key"]: gap for gap in config["details"]["gaps"]}
        pieces = [
            {
                **piece,
                "result": "right"
                if _is_right(config, gaps[piece["key"]], filled.get(piece["key"], ""))
                else "wrong",
                "right_text": _right_text(gaps[piece["key"]]) if with_key else "",
            }
            for piece in public["pieces"]
        ]
        has_explanation = with_key or self.grade(config, answer).is_right
        explanation = config["explanation_html"] if has_explanation else ""
        return {**public, "pieces": pieces, "is_closed": True, "explanation_html": explanation}


def _is_offered(gap: Mapping[str, Any], value: str) -> bool:
    return "choices" not in gap or value in {choice["key"] for choice in gap["choices"]}


def _is_right(config: Config, gap: Mapping[str, Any], value: str) -> bool:
    if "choices" in gap:
        return any(choice["key"] == value and choice["is_right"] for choice in gap["choices"])
    demands, slips = config["details"]["demands"], config["details"]["typos"]
    written = folded(value, demands)
    return bool(written) and any(is_near(written, folded(text, demands), slips) for text in gap["texts"])


def _right_text(gap: Mapping[str, Any]) -> str:
    choices = gap.get("choices", ())
    return next((str(each["text"]) for each in choices if each["is_right"]), "") or str(gap["texts"][0])

"""Questions whose parts are arranged: pairs to match, and steps to put in order."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from lms.assessments.question_types import parts
from lms.core.i18n import _l
from lms.core.text import Text
from lms.plugins.questions import Config, Grade, QuestionType


class Matching(QuestionType):
    """Each left side gets one of the right sides, of which some may belong to none."""

    name: ClassVar[str] = "matching"
    label: ClassVar[Text] = _l("Parejas")
    template: ClassVar[str] = "question_types/matching.html"
    keeps_order: ClassVar[bool] = True

    def clean(self, config: Config, values: Sequence[str]) -> list[str]:
        """Return "left:right" for each left side that has one, in the order of the author."""
        lefts = [pair["key"] for pair in config["details"]["pairs"]]
        rights = [option["key"] for option in config["options"]]
        return parts.written(parts.read(values, dict.fromkeys(lefts, rights)), lefts)

    def grade(self, config: Config, answer: Sequence[str]) -> Grade:
        """Return what the right pairs earn."""
        key = {f"{pair['key']}:{pair['right']}" for pair in config["details"]["pairs"]}
        return parts.credit(config, right=len(key & set(answer)), given=len(set(answer)), total=len(key))

    def public(self, config: Config) -> Mapping[str, Any]:
        """Return both sides, the right ones by their letters, which say nothing of where they belong."""
        return {
            "id": config["id"],
            "stem_html": config["stem_html"],
            "pairs": [{"key": pair["key"], "html": pair["html"]} for pair in config["details"]["pairs"]],
            "choices": _by_letter(config),
        }

    def review(self, config: Config, answer: Sequence[str], *, with_key: bool) -> Mapping[str, Any]:
        """Return each pair judged; what belongs together only with the key, feedback also for what is right."""
        texts = {option["key"]: option["html"] for option in config["options"]}
        chosen = dict(each.split(":", 1) for each in answer)
        pairs = []
        for pair in config["details"]["pairs"]:
            is_right = chosen.get(pair["key"]) == pair["right"]
            is_told = is_right or with_key
            pairs.append(
                {
                    "key": pair["key"],
                    "html": pair["html"],
                    "result": "right" if is_right else "wrong",
                    "right_html": texts[pair["right"]] if with_key and not is_right else "",
                    "feedback_html": pair["feedback_html"] if is_told else "",
                }
            )
        return {**self.public(config), **_closed(self, config, answer, with_key=with_key), "pairs": pairs}


class Ordering(QuestionType):
    """Steps whose order is asked for; without one of them the rest keeps the place that was given to it."""

    name: ClassVar[str] = "ordering"
    label: ClassVar[Text] = _l("Ordenar")
    template: ClassVar[str] = "question_types/ordering.html"
    keeps_order: ClassVar[bool] = True

    def clean(self, config: Config, values: Sequence[str]) -> list[str]:
        """Return "step:place" for each step that has a place, by letter."""
        letters = sorted(config["details"]["order"])
        places = [str(number) for number in range(1, len(letters) + 1)]
        return parts.written(parts.read(values, dict.fromkeys(letters, places)), letters)

    def grade(self, config: Config, answer: Sequence[str]) -> Grade:
        """Return what the steps at their places earn."""
        key = {f"{letter}:{place}" for place, letter in enumerate(config["details"]["order"], 1)}
        return parts.credit(config, right=len(key & set(answer)), given=len(set(answer)), total=len(key))

    def public(self, config: Config) -> Mapping[str, Any]:
        """Return the steps by their letters, which say nothing of their order."""
        return {"id": config["id"], "stem_html": config["stem_html"], "steps": _by_letter(config)}

    def review(self, config: Config, answer: Sequence[str], *, with_key: bool) -> Mapping[str, Any]:
        """Return the steps judged, and the right places with the key."""
        places = {letter: str(place) for place, letter in enumerate(config["details"]["order"], 1)}
        chosen = dict(each.split(":", 1) for each in answer)
        steps = [
            {
                **step,
                "result": "right" if chosen.get(step["key"]) == places[step["key"]] else "wrong",
                "right_place": places[step["key"]] if with_key else "",
            }
            for step in _by_letter(config)
        ]
        return {**self.public(config), **_closed(self, config, answer, with_key=with_key), "steps": steps}


def _by_letter(config: Config) -> list[dict[str, Any]]:
    options = sorted(config["options"], key=lambda option: str(option["key"]))
    return [{"key": option["key"], "html": option["html"]} for option in options]


def _closed(
    kind: QuestionType, config: Config, answer: Sequence[str], *, with_key: bool
) -> Mapping[str, Any]:
    has_explanation = with_key or kind.grade(config, answer).is_right
    return {"is_closed": True, "explanation_html": config["explanation_html"] if has_explanation else ""}

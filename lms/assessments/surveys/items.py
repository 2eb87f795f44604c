"""From the questions of a survey to what can be told of their answers, and from an answer to its parts."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from markupsafe import Markup

from lms.assessments.question_types.likert import ALONE, Likert
from lms.assessments.question_types.written import Numeric
from lms.assessments.surveys.rules import Choice, Item, ItemKind
from lms.plugins.questions import Config

KINDS: Final[Mapping[str, ItemKind]] = {
    "likert": ItemKind.SCALE,
    "single": ItemKind.ONE,
    "true-false": ItemKind.ONE,
    "multiple": ItemKind.SEVERAL,
    "numeric": ItemKind.NUMBER,
    "short": ItemKind.TEXT,
    "essay": ItemKind.TEXT,
}
Answers = dict[tuple[str, str], tuple[str, ...]]


def items_of(questions: Sequence[Config]) -> list[Item]:
    """Return what can be told of each question: every statement of a scale by itself."""
    return [item for config in questions for item in _items(config)]


def read_answer(config: Config, chosen: Sequence[str]) -> Answers:
    """Return what was chosen by item; nothing for what is no answer, as a number that is none."""
    if not chosen:
        return {}
    kind = KINDS.get(config["type"], ItemKind.OTHER)
    if kind is ItemKind.SCALE:
        parts = (each.partition(":") for each in chosen)
        return {(config["id"], key): (label,) for key, _, label in parts}
    if kind is ItemKind.NUMBER:
        value = Numeric().value(config, chosen[0])
        return {} if value is None else {(config["id"], ""): (str(value),)}
    return {(config["id"], ""): tuple(chosen)}


def plain(html: str) -> str:
    """Return the words of a piece of HTML on one line."""
    return " ".join(Markup(html).striptags().split())  # noqa: S704 - it becomes plain text


def _items(config: Config) -> Iterator[Item]:
    kind = KINDS.get(config["type"], ItemKind.OTHER)
    stem = plain(config["stem_html"])
    if kind is not ItemKind.SCALE:
        choices = tuple(Choice(key=each["key"], text=plain(each["html"])) for each in config["options"])
        has_choices = kind in {ItemKind.ONE, ItemKind.SEVERAL}
        yield Item(question_id=config["id"], question=stem, kind=kind, choices=choices if has_choices else ())
        return
    scale = tuple(_points(config["details"]["scale"]))
    for statement in Likert().public(config)["statements"]:
        yield Item(
            question_id=config["id"],
            part=statement["key"],
            question=stem,
            statement=plain(statement["html"]) if statement["key"] != ALONE or statement["html"] else "",
            kind=kind,
            choices=scale,
        )


def _points(scale: Sequence[Mapping[str, Any]]) -> Iterator[Choice]:
    point = 0
    for each in scale:
        point += not each["is_aside"]
        yield Choice(key=each["key"], text=each["text"], point=None if each["is_aside"] else point)

"""What of a quiz a package can grade by itself, in the browser of a system that has no other way."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final, TypeGuard

from lms.courses.compiler.course import Question, Quiz, Unit

Key = dict[str, Any]
"""What grading.js needs of a question, as JSON."""


def is_gradable(unit: Unit) -> TypeGuard[Quiz]:
    """Say whether a page can be graded outside the platform: not a survey, and a question that needs no person."""
    return isinstance(unit, Quiz) and not unit.is_survey and any(map(is_graded, unit.first_form))


def is_graded(question: Question) -> bool:
    """Say whether a package can grade a question: texts and files of some length need a person."""
    return question.type in _SPECIALS


def has_mark(unit: Unit) -> TypeGuard[Quiz]:
    """Say whether a page is passed with a mark: what is measured before or months after the course has none."""
    return is_gradable(unit) and unit.pass_mark > 0


def keys_of(quiz: Quiz) -> list[Key]:
    """Return the keys of the questions that can be graded, as JSON for page.js."""
    return [_key(question) for question in quiz.first_form if is_graded(question)]


def _key(question: Question) -> Key:
    return {
        "id": question.id,
        "type": question.type,
        "partial": question.partial,
        "byHit": bool(question.details.get("is_by_hit")),
        **_SPECIALS[question.type](question),
    }


def _options(question: Question) -> Key:
    return {
        "options": [
            {"key": option.key, "right": option.is_right, "feedback": option.feedback_html}
            for option in question.options
        ]
    }


def _short(question: Question) -> Key:
    return {**_options(question), "answers": question.details["answers"], **_demands(question)}


def _demands(question: Question) -> Key:
    return {"demands": question.details["demands"], "typos": question.details["typos"]}


def _numeric(question: Question) -> Key:
    details = question.details
    return {
        **_options(question),
        "values": details["values"],
        "tolerance": details["tolerance"],
        "isShare": details["is_share"],
        "units": details["units"],
    }


def _matching(question: Question) -> Key:
    pairs = question.details["pairs"]
    return {
        "pairs": [
            {"key": each["key"], "right": each["right"], "feedback": each["feedback_html"]} for each in pairs
        ]
    }


def _ordering(question: Question) -> Key:
    return {"order": question.details["order"]}


def _cloze(question: Question) -> Key:
    return {"gaps": [_gap(gap) for gap in question.details["gaps"]], **_demands(question)}


def _gap(gap: Mapping[str, Any]) -> Key:
    if "choices" in gap:
        return {"key": gap["key"], "right": next(each["key"] for each in gap["choices"] if each["is_right"])}
    return {"key": gap["key"], "texts": gap["texts"]}


_SPECIALS: Final[Mapping[str, Callable[[Question], Key]]] = MappingProxyType(
    {
        "single": _options, "multiple": _options, "true-false": _options, "short": _short,
        "numeric": _numeric, "matching": _matching, "ordering": _ordering, "cloze": _cloze,
    }
)  # fmt: skip

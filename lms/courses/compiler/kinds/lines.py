"""A question without options as lines of HTML, for those who write and review it."""

from collections.abc import Callable, Iterator, Mapping
from html import escape
from types import MappingProxyType
from typing import Any, Final

from lms.courses.compiler.course import Question
from lms.courses.compiler.question_kinds import QuestionKind


def control_of(question: Question) -> str:
    """Return what a page offers to answer with: "radio", "checkbox", or "lines" for a kind that only quizzes ask."""
    if not question.is_choice:
        return "lines"
    return "checkbox" if question.type == "multiple" else "radio"


def lines_of(question: Question, *, with_key: bool) -> tuple[str, ...]:
    """Return what a question asks besides its stem, with what is right when that is asked for."""
    describe = _LINES.get(question.type)
    lines = describe(question) if describe else ()
    return tuple(f"{html} {key}" if with_key and key else html for html, key in lines if html or with_key)


_Lines = Iterator[tuple[str, str]]
"""What everybody reads, and what only those read who may see the key."""


def _likert(question: Question) -> _Lines:
    yield " / ".join(escape(point["text"]) for point in question.details["scale"]), ""
    yield from ((statement["html"], "") for statement in question.details["statements"])


def _rubric(question: Question) -> _Lines:
    rubric: Any = question.details.get("rubric")
    for criterion in rubric["criteria"] if rubric else ():
        levels = (
            f"{points}: {level['html']}"
            for points, level in zip(rubric["points"], criterion["levels"], strict=False)
        )
        yield f"{criterion['html']} ({' / '.join(levels)})", ""


def _file(question: Question) -> _Lines:
    formats = ", ".join(each.upper() for each in question.details["formats"])
    yield f"{formats} · {question.details['megabytes']} MB", ""
    yield from _rubric(question)


def _answers(question: Question) -> _Lines:
    for option in question.options:
        yield "", f"<strong>{option.html}</strong>" if option.is_right else f"<s>{option.html}</s>"


def _pairs(question: Question) -> _Lines:
    sides = {option.key: option.html for option in question.options}
    for pair in question.details["pairs"]:
        yield pair["html"], f"→ <strong>{sides[pair['right']]}</strong> {pair['feedback_html']}"
    yield " / ".join(sides[key] for key in sorted(sides)), ""


def _steps(question: Question) -> _Lines:
    places = {key: number for number, key in enumerate(question.details["order"], 1)}
    for option in sorted(question.options, key=lambda each: each.key):
        yield option.html, f"<strong>({places[option.key]})</strong>"


def _gaps(question: Question) -> _Lines:
    yield question.details["body_html"], ""
    for gap in question.details["gaps"]:
        choices = gap.get("choices", ())
        offered = " / ".join(escape(each["text"]) for each in choices)
        right = gap.get("texts") or [each["text"] for each in choices if each["is_right"]]
        yield f"{gap['key']}. {offered}", f"<strong>{escape(' = '.join(right))}</strong>"


_LINES: Final[Mapping[QuestionKind, Callable[[Question], _Lines]]] = MappingProxyType(
    {
        "short": _answers,
        "numeric": _answers,
        "matching": _pairs,
        "ordering": _steps,
        "cloze": _gaps,
        "essay": _rubric,
        "file": _file,
        "likert": _likert,
    }
)

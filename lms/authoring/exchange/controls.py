"""Questions of a package as the pieces that its page draws: nothing here tells what is right."""

from dataclasses import dataclass

from lms.courses.compiler.course import Option, Question
from lms.courses.compiler.kinds.cloze import MARK


@dataclass(frozen=True, slots=True)
class Piece:
    """Some HTML and the gap after it."""

    html: str
    key: str
    choices: tuple[tuple[str, str], ...]
    """Key and text of each, by the alphabet; none for a gap to write in."""


def by_letter(question: Question) -> list[Option]:
    """Return options by their letters, which say nothing of where they belong."""
    return sorted(question.options, key=lambda option: option.key)


def pieces_of(question: Question) -> tuple[list[Piece], str]:
    """Return a text with gaps in pieces, and what stands after the last gap."""
    pieces, rest = [], str(question.details["body_html"])
    for gap in question.details["gaps"]:
        before, _mark, rest = rest.partition(MARK.format(gap["key"]))
        choices = [(each["key"], str(each["text"])) for each in gap.get("choices", ())]
        choices.sort(key=lambda each: each[1].casefold())
        pieces.append(Piece(before, gap["key"], tuple(choices)))
    return pieces, rest


def units_of(question: Question) -> list[str]:
    """Return how the units of a number may be written."""
    return [each["texts"][0] for each in question.details["units"]]

"""Read the body of a question: stem, options with their feedback, explanation."""

import re
from dataclasses import dataclass, field

_OPTION = re.compile(r" {0,3}([(\[])[ \t]?([xX]?)[ \t]?[)\]](?:[ \t]+(.*))?$")
_FEEDBACK = re.compile(r"[ \t]*>[ \t]?(.*)")
_EXPLANATION = re.compile(r"\s*\**(?:Explicación|Explanation)\s*:\**\s*(.*)", re.IGNORECASE)
KEYS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(slots=True, kw_only=True)
class DraftOption:
    """An option as written."""

    is_multiple: bool
    """Written with square brackets."""
    is_right: bool
    text: str
    line: int
    feedback: list[str] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class DraftQuestion:
    """A question as written, with nothing converted."""

    stem: list[str] = field(default_factory=list)
    options: list[DraftOption] = field(default_factory=list)
    explanation: list[str] = field(default_factory=list)
    loose: list[tuple[int, str]] = field(default_factory=list)
    """Lines that belong to nothing, with their numbers."""

    @property
    def is_multiple(self) -> bool:
        """Whether several options can be right."""
        return any(option.is_multiple for option in self.options)

    @property
    def is_true_false(self) -> bool:
        """Whether it asks only for true or false."""
        words = [option.text.strip().rstrip(".").casefold() for option in self.options]
        return not self.is_multiple and words in (["verdadero", "falso"], ["true", "false"])


def read_question(body: str, first_line: int) -> DraftQuestion:
    """Return the parts of a question; whatever fits nowhere is kept as loose."""
    draft = DraftQuestion()
    for number, line in enumerate(body.split("\n"), first_line):
        option = _OPTION.match(line)
        explanation = _EXPLANATION.match(line) if draft.options else None
        if draft.explanation:
            draft.explanation.append(line)
        elif option is not None:
            draft.options.append(_option(option, number))
        elif explanation is not None:
            draft.explanation.append(explanation.group(1) or " ")
        elif not draft.options:
            draft.stem.append(line)
        elif line.strip():
            _continue_option(draft, line, number)
    return draft


def _option(found: re.Match[str], number: int) -> DraftOption:
    return DraftOption(
        is_multiple=found.group(1) == "[",
        is_right=bool(found.group(2)),
        text=(found.group(3) or "").strip(),
        line=number,
    )


def _continue_option(draft: DraftQuestion, line: str, number: int) -> None:
    option = draft.options[-1]
    feedback = _FEEDBACK.fullmatch(line)
    if feedback is not None:
        option.feedback.append(feedback.group(1))
    elif line[0] not in " \t":
        draft.loose.append((number, line.strip()))
    elif option.feedback:
        option.feedback.append(line.strip())
    else:
        option.text = f"{option.text} {line.strip()}"

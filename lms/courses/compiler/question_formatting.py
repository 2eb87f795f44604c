"""Write the body of a question in one form."""

import re

from lms.courses.compiler.questions import DraftOption, read_question
from lms.courses.compiler.tidying import shown, tidy

_NAMES = frozenset({"pregunta", "question"})
_EXPLANATION = re.compile(r"^\s*\**(Explicación|Explanation)\s*:", re.IGNORECASE | re.MULTILINE)


def is_question(head: str) -> bool:
    """Whether the head of a block is that of a question."""
    return head.split(maxsplit=1)[0].split("{", maxsplit=1)[0] in _NAMES


def question_read(body: str) -> tuple[object, ...]:
    """Return what a body asks, without the lines at which it does."""
    draft = read_question(body, 1)
    options = tuple(
        (option.is_multiple, option.is_right, " ".join(option.text.split()), _plain(option.feedback))
        for option in draft.options
    )
    loose = tuple(text for _line, text in draft.loose)
    return shown("\n".join(draft.stem).strip("\n")), options, _plain(draft.explanation), loose


def format_question(body: str) -> str:
    """Return the stem, the options with their feedback, and the explanation, apart from one another."""
    draft = read_question(body, 1)
    if not draft.options or draft.loose:
        return tidy(body)
    pieces = [tidy("\n".join(draft.stem)), "\n".join(_option(option) for option in draft.options)]
    explanation = tidy("\n".join(draft.explanation).strip())
    if explanation:
        word = _EXPLANATION.search(body)
        pieces.append(f"{word[1].capitalize() if word else 'Explicación'}: {explanation}")
    made = "\n\n".join(piece.strip("\n") for piece in pieces if piece.strip())
    return made if question_read(made) == question_read(body) else tidy(body)


def _option(option: DraftOption) -> str:
    mark = "x" if option.is_right else " "
    head = f"[{mark}]" if option.is_multiple else f"({mark})"
    feedback = [
        f"    > {line}".rstrip()
        for line in "\n".join(option.feedback).strip("\n").split("\n")
        if option.feedback
    ]
    return "\n".join((f"{head} {' '.join(option.text.split())}".rstrip(), *feedback))


def _plain(lines: list[str]) -> tuple[str, ...]:
    return shown("\n".join(lines).strip())

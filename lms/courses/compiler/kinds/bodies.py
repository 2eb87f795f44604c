"""Read the body of a question without options: stem, lines of its kind with their feedback, explanation."""

import re
from dataclasses import dataclass, field

_FEEDBACK = re.compile(r"[ \t]+>[ \t]?(.*)")
_EXPLANATION = re.compile(r"\s*\**(?:Explicación|Explanation)\s*:\**\s*(.*)", re.IGNORECASE)


@dataclass(slots=True, kw_only=True)
class DraftItem:
    """A line that the kind of question knows, as written."""

    text: str
    line: int
    feedback: list[str] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class DraftBody:
    """A body as written, with nothing converted."""

    stem: list[str] = field(default_factory=list)
    head: DraftItem | None = None
    """The line, such as «Escala:», that must stand before the items; None when the kind has none or it is missing."""
    items: list[DraftItem] = field(default_factory=list)
    explanation: list[str] = field(default_factory=list)
    loose: list[tuple[int, str]] = field(default_factory=list)
    """Lines that belong to nothing, with their numbers."""


def read_body(
    body: str, first_line: int, item: re.Pattern[str], head: re.Pattern[str] | None = None
) -> DraftBody:
    """Return the parts of a body; `item` and `head` capture the text of theirs, and items come after the head."""
    draft = DraftBody()
    for number, line in enumerate(body.split("\n"), first_line):
        explanation = _EXPLANATION.match(line)
        found = item.fullmatch(line) if head is None or draft.head else None
        opened = head.fullmatch(line) if head and not draft.head else None
        if draft.explanation:
            draft.explanation.append(line)
        elif explanation is not None:
            draft.explanation.append(explanation.group(1) or " ")
        elif opened is not None:
            draft.head = DraftItem(text=opened.group(1).strip(), line=number)
        elif found is not None:
            draft.items.append(DraftItem(text=found.group(1).strip(), line=number))
        else:
            _continue(draft, line, number)
    return draft


def _continue(draft: DraftBody, line: str, number: int) -> None:
    feedback = _FEEDBACK.fullmatch(line)
    last = draft.items[-1] if draft.items else None
    if last is None and draft.head is None:
        draft.stem.append(line)
    elif not line.strip():
        return
    elif last is None or line[0] not in " \t":
        draft.loose.append((number, line.strip()))
    elif feedback is not None:
        last.feedback.append(feedback.group(1))
    elif last.feedback:
        last.feedback.append(line.strip())
    else:
        last.text = f"{last.text} {line.strip()}"

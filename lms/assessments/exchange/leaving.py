"""What every writer does: one question after another, each with its own notes."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Final, TypeVar

from lms.assessments.exchange.amounts import digits, number
from lms.assessments.exchange.asked import Answer, Asked, Loss, Losses
from lms.core.i18n import _l
from lms.courses.compiler.course import Question

_Left = TypeVar("_Left", Asked, Question)
_Made = TypeVar("_Made")
PictureOf = Callable[[str], bytes | None]
"""From the address of a picture to its bytes; None for one that is elsewhere."""
PICTURE: Final = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)(?:\s[^)]*)?\)")


def taken(
    questions: Iterable[_Left],
    write: Callable[[_Left, Losses], _Made | None],
    losses: Losses,
    lost: list[Loss],
) -> Iterator[_Made]:
    """Yield each question as `write` makes it; what it notes is added to `lost` under the id of the question."""
    for asked in questions:
        losses.found = []
        made = write(asked, losses)
        lost += (replace(each, id=asked.id) for each in losses.found)
        if made is not None:
            yield made


def note_common(asked: Asked, losses: Losses, *, has_pictures: bool = False) -> None:
    """Note the pictures of a question whose format has no place for them."""
    if has_pictures:
        return
    texts = (
        asked.stem,
        asked.body,
        asked.explanation,
        *(f"{each.text} {each.feedback}" for each in asked.answers),
    )
    for found in PICTURE.finditer("\n".join(texts)) if any("![" in text for text in texts) else ():
        losses.note(
            found[0], _l("La imagen va por su dirección y no dentro del archivo: súbala al otro sistema.")
        )


def margins(asked: Asked, losses: Losses) -> Iterator[tuple[Answer, str]]:
    """Yield the answers of a numeric question with what each may differ by, a number; empty for nothing."""
    written = asked.tolerance.strip()
    if written.endswith("%"):
        losses.note(written, _l("La tolerancia es una parte del número: sale como cantidad."))
    size = number(written.rstrip("% ")) or Fraction(0)
    for answer in asked.answers:
        value = number(answer.text) or Fraction(0)
        margin = abs(value) * size / 100 if written.endswith("%") else size
        yield answer, digits(margin) if margin else ""

"""Questions on their way in, as the page that asks about them shows them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from markdown_it import MarkdownIt
from markupsafe import Markup

from lms.assessments.exchange.asked import Asked, Item, Loss, Reading
from lms.assessments.transfers.rules import Known
from lms.courses.compiler.clean import clean

MOST_SHOWN: Final = 300
"""Questions that a page shows one by one; those after them come in together."""
_MARKDOWN: Final = MarkdownIt("commonmark", {"html": False}).enable("table")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A question with everything that whoever chooses must know."""

    item: Item
    stem: Markup
    lines: tuple[tuple[bool, Markup, Markup], ...]
    """Of each answer: whether it is right, its text and its feedback."""
    explanation: Markup
    losses: tuple[Loss, ...]
    twin: tuple[str, str] | None
    """Path and id of the question of the course that asks the same."""
    has_taken_id: bool


def shown_items(reading: Reading, known: Known) -> list[Shown]:
    """Return the first questions of a reading, each beside what it loses."""
    losses: dict[str, list[Loss]] = {}
    for loss in reading.losses:
        losses.setdefault(loss.id, []).append(loss)
    return [
        Shown(
            item=item,
            stem=_html(item.asked.stem),
            lines=tuple(_lines(item.asked)),
            explanation=_html(item.asked.explanation),
            losses=tuple(losses.get(item.asked.id, ())),
            twin=known.twin(item),
            has_taken_id=item.asked.id in known.ids,
        )
        for item in reading.items[:MOST_SHOWN]
    ]


def by_reason(losses: Iterable[Loss]) -> dict[str, list[Loss]]:
    """Return what is lost by why it is lost, the first reason first: a format loses the same of hundreds."""
    found: dict[str, list[Loss]] = {}
    for loss in losses:
        found.setdefault(str(loss.why), []).append(loss)
    return found


def _lines(asked: Asked) -> list[tuple[bool, Markup, Markup]]:
    if asked.body:
        return [(True, _html(asked.body), Markup())]
    if asked.steps:
        return [(True, _html(f"{number}\\. {step}"), Markup()) for number, step in enumerate(asked.steps, 1)]
    if asked.pairs:
        return [
            (bool(pair.left), _html(f"{pair.left} → {pair.right}"), _html(pair.feedback))
            for pair in asked.pairs
        ]
    return [(answer.is_right, _html(answer.text), _html(answer.feedback)) for answer in asked.answers]


def _html(markdown: str) -> Markup:
    return Markup(clean(_MARKDOWN.render(markdown))) if markdown else Markup()  # noqa: S704 - the sanitiser is the last door

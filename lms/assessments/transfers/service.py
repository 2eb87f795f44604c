"""Questions come into the bank files of a draft: whole, in one go, with their pictures and their history."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from lms.assessments.exchange.asked import Item, Reading
from lms.assessments.transfers import rules
from lms.authoring import service as drafts
from lms.authoring.models import Draft
from lms.authoring.queries import files_of
from lms.authoring.rules import check_path
from lms.authoring.texts import read_text, write_text
from lms.core.actors import Actor
from lms.core.context import current_storage
from lms.core.i18n import n_

PICTURES = "../imagenes/"
"""How a bank reaches the pictures of its course."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What came in."""

    paths: tuple[str, ...]
    questions: int
    first_line: int
    """Of the first question, in the first file."""


def texts_of(draft: Draft) -> dict[str, str]:
    """Return the pages of a draft by path."""
    found = {
        path: read_text(current_storage().get(digest))
        for path, digest in files_of(draft.id).items()
        if path.endswith(".md")
    }
    return {path: text for path, text in found.items() if text is not None}


def bring(
    draft: Draft, reading: Reading, chosen: Collection[str], path: str, *, actor: Actor, now: datetime
) -> Brought:
    """Add the chosen questions, by id, to a bank; what does not fit goes into banks beside it.

    Questions whose id the course has get another. Raises BadPath, BadPicture and TooLarge.
    """
    path = check_path(path)
    drafts.hold(draft)
    items = [item for item in reading.items if item.asked.id in chosen]
    items = _with_pictures(draft, items, reading.pictures, actor=actor, now=now)
    texts = texts_of(draft)
    items = rules.renamed(items, rules.known_questions(texts).ids)
    made = rules.written(items, path, texts)
    before = files_of(draft.id)
    files = {
        each: write_text(current_storage().get(before[each]) if each in before else b"", text)
        for each, text in made.items()
    }
    note = n_("Se trajo %(num)s pregunta", "Se trajeron %(num)s preguntas", len(items))
    if files:
        drafts.write_files(draft, files, actor=actor, now=now, note=str(note))
    return Brought(paths=tuple(made) or (path,), questions=len(items), first_line=_first_line(made, items))


def _with_pictures(
    draft: Draft, items: Sequence[Item], pictures: Mapping[str, bytes], *, actor: Actor, now: datetime
) -> list[Item]:
    """Keep the pictures that the questions show; one whose name is taken gets another."""
    kept = list(items)
    for name, content in pictures.items():
        address = f"({PICTURES}{name})"
        if any(address in item.text for item in kept):
            path = drafts.add_picture(draft, name, content, actor=actor, now=now)
            kept = [Item(asked=item.asked, text=item.text.replace(address, f"(../{path})")) for item in kept]
    return kept


def _first_line(made: Mapping[str, str], items: Sequence[Item]) -> int:
    path = next(iter(made), "")
    before, found, _after = made.get(path, "").partition(items[0].text) if items else ("", "", "")
    return before.count("\n") + 1 if found else 1

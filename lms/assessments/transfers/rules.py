"""Decisions about questions that come into a draft: which it already has, and into which files they go. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from lms.assessments.exchange.asked import Item
from lms.assessments.exchange.bank_text import bank_file, bank_text
from lms.core.folding import fold
from lms.courses.compiler.banks import is_bank_path
from lms.courses.compiler.source import MAX_TEXT

_HEAD: Final = re.compile(
    r"(?m)^ {0,3}:{3,}[ \t]*(?:pregunta|question)\b([^\n]*)\n(.*?)(?=^ {0,3}:{3,}[ \t]*$|\Z)", re.DOTALL
)
_ID: Final = re.compile(r"""[{\s]id=["']?([\w-]+)""")
_STEM_END: Final = re.compile(r"(?m)^ {0,3}(?:[(\[][ \t]?[xX]?[ \t]?[)\]]|[-*+] .*(?:=>|→)|\d+[.)] )")
_MARKS: Final = re.compile(r"\W+")
FULL: Final = MAX_TEXT * 9 // 10
"""Bytes after which questions go into the next file: an author needs room to write their feedback."""
FOLDER: Final = "bancos/"


@dataclass(frozen=True, slots=True)
class Known:
    """The questions that a draft has: where each stands, by id and by what it asks."""

    ids: Mapping[str, str]
    stems: Mapping[str, tuple[str, str]]
    """Path and id of a question, by its folded stem."""

    def twin(self, item: Item) -> tuple[str, str] | None:
        """Return the path and the id of the question that asks the same, None without one."""
        return self.stems.get(_folded(item.asked.stem))


def known_questions(texts: Mapping[str, str]) -> Known:
    """Return the questions in the pages of a draft, by path."""
    ids: dict[str, str] = {}
    stems: dict[str, tuple[str, str]] = {}
    for path, text in texts.items():
        for head, body in _HEAD.findall(text):
            found = _ID.search(head)
            name = found[1] if found else ""
            ids.setdefault(name, path)
            stems.setdefault(_folded(_STEM_END.split(body, maxsplit=1)[0]), (path, name))
    ids.pop("", None)
    stems.pop("", None)
    return Known(ids=ids, stems=stems)


def renamed(items: Iterable[Item], taken: Iterable[str]) -> list[Item]:
    """Return items whose ids are nobody else's in the course."""
    used, made = set(taken), list[Item]()
    for item in items:
        name, number = item.asked.id, 1
        while name in used:
            number += 1
            name = f"{item.asked.id}-{number}"
        used.add(name)
        asked = replace(item.asked, id=name)
        made.append(item if name == item.asked.id else Item(asked=asked, text=bank_text(asked)))
    return made


def written(items: Sequence[Item], path: str, texts: Mapping[str, str]) -> dict[str, str]:
    """Return the text of each bank file with the questions added to the first with room from `path` on."""
    made: dict[str, str] = {}
    stem, number, at = path.removesuffix(".md"), 1, path
    blocks: list[str] = []
    size = len(texts.get(path, "").encode())
    for item in items:
        added = len(item.text.encode()) + 2
        if size + added > FULL and (blocks or at in texts):
            made[at] = _with(texts.get(at), at, blocks)
            while at in made or at in texts:
                number += 1
                at = f"{stem}-{number}.md"
            blocks, size = [], 0
        blocks.append(item.text)
        size += added
    if blocks:
        made[at] = _with(texts.get(at), at, blocks)
    return {each: text for each, text in made.items() if text != texts.get(each)}


def bank_choices(paths: Iterable[str]) -> list[str]:
    """Return the banks of a draft, sorted."""
    return sorted(filter(is_bank_path, paths))


def _with(before: str | None, path: str, blocks: list[str]) -> str:
    if before is None:
        title = path.rpartition("/")[2].removesuffix(".md").replace("-", " ").capitalize()
        return bank_file(title, blocks)
    return "\n\n".join([before.rstrip("\n"), *blocks]) + "\n" if blocks else before


def _folded(stem: str) -> str:
    return _MARKS.sub(" ", fold(stem)).strip()

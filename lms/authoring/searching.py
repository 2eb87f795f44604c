"""Look for a text in all files of a draft, and replace it without touching another byte. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from lms.authoring.rules import SIGNATURES
from lms.authoring.texts import is_text, read_text
from lms.courses.compiler.source import SourceTree

MOST_HITS: Final = 500
"""Lines shown of one search; the rest is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A line that holds what was looked for, cut where it is found."""

    line: int
    pieces: tuple[str, ...]
    """What is between the finds: one more than there are finds in the line."""
    finds: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileHits:
    """The lines of one file."""

    path: str
    hits: tuple[Hit, ...]
    can_change: bool

    @property
    def count(self) -> int:
        """Return how often it is found."""
        return sum(len(hit.finds) for hit in self.hits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a search found."""

    files: tuple[FileHits, ...]
    count: int

    @property
    def is_cut(self) -> bool:
        """Say whether there are more lines than are shown."""
        return self.count > sum(each.count for each in self.files)


def find(tree: SourceTree, wanted: str, *, exact: bool) -> Found:
    """Return the lines that hold a text, by file; nothing for an empty one."""
    if not wanted:
        return Found(files=(), count=0)
    pattern = _pattern(wanted, exact=exact)
    files: list[FileHits] = []
    count = lines = 0
    for path, text in sorted(_texts(tree).items()):
        hits = [
            hit for number, line in enumerate(text.split("\n"), 1) if (hit := _hit(line, number, pattern))
        ]
        count += sum(len(hit.finds) for hit in hits)
        shown = hits[: max(0, MOST_HITS - lines)]
        lines += len(shown)
        if shown:
            files.append(FileHits(path=path, hits=tuple(shown), can_change=path != SIGNATURES))
    return Found(files=tuple(files), count=count)


def replace(tree: SourceTree, wanted: str, by: str, *, exact: bool) -> tuple[dict[str, bytes], int]:
    """Return the new bytes of the files that change, and how many replacements there are."""
    if not wanted:
        return {}, 0
    pattern = _pattern(wanted, exact=exact)
    changed: dict[str, bytes] = {}
    total = 0
    for path in _texts(tree):
        # The bytes as they are, line ends and mark included: only what was found changes.
        new, count = pattern.subn(lambda _found: by, tree.files[path].content.decode("utf-8"))
        if count and path != SIGNATURES:
            changed[path] = new.encode()
            total += count
    return changed, total


def _texts(tree: SourceTree) -> Mapping[str, str]:
    found = {path: read_text(file.content) for path, file in tree.files.items() if is_text(path)}
    return {path: text for path, text in found.items() if text is not None}


def _pattern(wanted: str, *, exact: bool) -> re.Pattern[str]:
    return re.compile(re.escape(wanted), 0 if exact else re.IGNORECASE)


def _hit(line: str, number: int, pattern: re.Pattern[str]) -> Hit | None:
    finds = tuple(pattern.findall(line))
    return Hit(line=number, pieces=tuple(pattern.split(line)), finds=finds) if finds else None

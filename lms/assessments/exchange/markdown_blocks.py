"""Blocks of Markdown one after another, inside the lists and quotations that are open."""

import re
from typing import Final

_DEEPEST: Final = 60
_ITEM: Final = re.compile(r"(?:> )*\s*(?:-|\d+\.) ")
_QUOTE: Final = "blockquote"


class Blocks:
    """Takes blocks and knows where they stand."""

    def __init__(self) -> None:
        """Begin with nothing open."""
        self._blocks: list[str] = []
        self._open: list[tuple[str, int]] = []
        self._bullet = ""

    @property
    def is_nested(self) -> bool:
        """Say whether a list or a quotation is open."""
        return bool(self._open)

    def begin_list(self, tag: str) -> None:
        """Open a list or a quotation; one far too deep stays where it is."""
        if len(self._open) < _DEEPEST:
            self._open.append((tag, 0))

    def end_list(self, tag: str) -> None:
        """Close a list or a quotation, when that is what is open."""
        if self._open and self._open[-1][0] == tag:
            self._open.pop()
        self._bullet = ""

    def begin_item(self) -> None:
        """Give the next block the mark of its list."""
        if not self._open or self._open[-1][0] == _QUOTE:
            self._bullet = "- "
            return
        kind, count = self._open.pop()
        self._open.append((kind, count + 1))
        self._bullet = "- " if kind == "ul" else f"{count + 1}. "

    def add(self, block: str) -> None:
        """Write a block at its place."""
        depth = sum(kind != _QUOTE for kind, _count in self._open)
        lines = block.split("\n")
        if self._bullet:
            indent = "    " * max(depth - 1, 0)
            made = [f"{indent}{self._bullet}{lines[0]}", *(f"{indent}    {line}" for line in lines[1:])]
            self._bullet = ""
        else:
            made = [f"{'    ' * depth}{line}" for line in lines]
        quoted = "> " * (len(self._open) - depth)
        self._blocks.append("\n".join(f"{quoted}{line}".rstrip() for line in made))

    def text(self) -> str:
        """Return all of them, with the items of one list together."""
        joined: list[str] = []
        for block in self._blocks:
            if joined and _ITEM.match(block) and _ITEM.match(joined[-1].rpartition("\n")[2]):
                joined[-1] += f"\n{block}"
            else:
                joined.append(block)
        return "\n\n".join(joined).strip("\n")

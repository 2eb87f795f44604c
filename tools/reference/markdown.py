"""Markdown for the reference pages: a heading with its note, tables, and text that may stand in a cell."""

from collections.abc import Iterable, Sequence

NOTE = "<!-- Generated from the code by `make docs`; `make test` fails while it is stale. -->"


def page(title: str, introduction: str, *parts: str) -> str:
    """Return a whole page that ends in one line break."""
    return "\n\n".join([f"# {title}", NOTE, introduction, *(part for part in parts if part)]).rstrip() + "\n"


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; an empty one is no text at all."""
    lines = [_row(row) for row in rows]
    if not lines:
        return ""
    return "\n".join([_row(header), _row(["---"] * len(header)), *lines])


def section(title: str, *parts: str) -> str:
    """Return a section of a page; without any content it is no text at all."""
    body = [part for part in parts if part]
    return "\n\n".join([f"## {title}", *body]) if body else ""


def code(text: object) -> str:
    """Return text as it stands in the code; nothing for nothing."""
    return f"`{text}`" if str(text) else ""


def codes(texts: Iterable[object]) -> str:
    """Return several pieces of code, separated by commas."""
    return ", ".join(code(text) for text in texts)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(" ".join(cell.replace("|", "\\|").split()) for cell in cells) + " |"

"""Where pages break: a heading stays with the beginning of its table, and a table that is long goes on overleaf.

Left alone, the layout library keeps a heading with its whole table, and leaves half a page empty before each table
that is longer than what is left of it.
"""

from typing import Final

from reportlab.platypus.flowables import KeepTogether
from reportlab.platypus.tables import Table

LEAST_ROWS: Final = 3
"""Rows of a table under its heading, besides those that each page repeats."""


class KeepWithStart(KeepTogether):  # type: ignore[misc]  # the library has no types
    """Keeps headings with what follows them; of a table that does not fit, with its first rows."""

    def split(self, width: float, height: float) -> list[object]:
        """Return what to place: the content as it is where its start fits, else a break and then the content."""
        if height >= self._height_of_start():
            return list(self._content)
        broken: list[object] = super().split(width, height)
        return broken

    def _height_of_start(self) -> float:
        """Return the height of all but the table's later rows; that of everything where no table ends it."""
        whole: float = self._H
        last = self._content[-1]
        if not isinstance(last, Table):
            return whole
        later: list[float] = last._rowHeights[last.repeatRows + LEAST_ROWS :]  # noqa: SLF001 - known once it is wrapped
        return whole - sum(later)

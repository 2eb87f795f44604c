"""Keep the outline of a page whole: no heading skips a level, whatever block it comes from."""

import re

_HEADING = re.compile(r"<(/?)h([2-6])\b")


class HeadingLevels:
    """Follows the headings of a page in reading order, from its first-level title."""

    def __init__(self) -> None:
        """Start under the title of the page."""
        self._last = 1
        self._open = 1

    def fit(self, html: str) -> str:
        """Return clean HTML whose headings are at most one level below the one before."""
        return _HEADING.sub(self._fit, html)

    def stand_under(self, level: int) -> None:
        """Go on under a heading that the page itself writes."""
        self._last = level

    def _fit(self, found: re.Match[str]) -> str:
        if not found[1]:
            self._open = min(int(found[2]), self._last + 1)
            self._last = self._open
        return f"<{found[1]}h{self._open}"

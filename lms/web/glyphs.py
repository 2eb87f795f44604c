"""The icon drawings (Lucide) as markup. Pure: the course compiler uses it where there is no request."""

import json
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Final

from markupsafe import Markup

_DRAWINGS: Final[dict[str, str]] = json.loads(
    (Path(__file__).parent / "icons.json").read_text(encoding="utf-8")
)
_MIRRORED: Final = frozenset(
    {"arrow-left", "arrow-right", "chevron-left", "chevron-right", "log-in", "log-out", "send"}
)
NAMES: Final = frozenset(_DRAWINGS)
"""Every icon there is; tools/build_icons.py adds more."""


class UnknownIcon(LookupError):
    """No drawing has this name."""


@lru_cache(maxsize=1024)
def glyph(name: str, cls: str = "") -> Markup:
    """Return an icon that shows the drawing of this name from the sprite; silent for screen readers."""
    _drawing(name)
    classes = " ".join(filter(None, ("icon", cls, "icon--flip" if name in _MIRRORED else "")))
    return Markup('<svg class="{}" aria-hidden="true"><use href="#i-{}"/></svg>').format(classes, name)


def sprite_of(names: Iterable[str]) -> Markup:
    """Return one hidden svg with the drawings of these names, each once; empty when there are none."""
    return _sprite(frozenset(names))


@lru_cache(maxsize=256)
def _sprite(names: frozenset[str]) -> Markup:
    symbols = Markup("").join(_symbol(name) for name in sorted(names))
    if not symbols:
        return symbols
    return Markup('<svg class="sprite" width="0" height="0" aria-hidden="true">{}</svg>').format(symbols)


@lru_cache(maxsize=1024)
def _symbol(name: str) -> Markup:
    body = Markup(_drawing(name))  # noqa: S704 - the drawings are a data file of this package, not input
    return Markup('<symbol id="i-{}" viewBox="0 0 24 24">{}</symbol>').format(name, body)


def _drawing(name: str) -> str:
    try:
        return _DRAWINGS[name]
    except KeyError:
        message = f"No icon is named {name!r}; tools/build_icons.py lists those there are."
        raise UnknownIcon(message) from None

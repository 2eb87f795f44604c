"""Icons of a page: each one used is noted, and the sprite at the end of the body carries only those."""

from collections.abc import Iterable

from flask import g
from markupsafe import Markup

from lms.web.glyphs import glyph, sprite_of

_USED = "icons_used"


def icon(name: str, cls: str = "") -> Markup:
    """Return an icon and note that this page needs its drawing."""
    use_icons((name,))
    return glyph(name, cls)


def use_icons(names: Iterable[str]) -> Markup:
    """Note drawings that the page needs but did not ask icon() for: compiled lessons, fragments to come.

    Returns nothing visible, so that a template can call it.
    """
    g.setdefault(_USED, set()).update(names)
    return Markup("")


def sprite() -> Markup:
    """Return the drawings noted so far. Layouts print it last in the body."""
    return sprite_of(g.get(_USED, ()))

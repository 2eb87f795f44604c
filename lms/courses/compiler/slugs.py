"""Short names for addresses and anchors."""

import re
import unicodedata

_NUMBER = re.compile(r"^\d+[-_. ]+(?=.)")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def slugify(text: str) -> str:
    """Return the text in lower-case ASCII words joined by hyphens; may be empty."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _NOT_SLUG.sub("-", plain.casefold()).strip("-")


def without_number(name: str) -> str:
    """Return a file or folder name without the number that orders it and without `.md`."""
    return _NUMBER.sub("", name.removesuffix(".md"))

"""Short names for addresses and anchors."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

_NUMBER = re.compile(r"^\d+[-_. ]+(?=.)")
_ORDER = re.compile(r"\d+")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@lru_cache(maxsize=4_096)
def slugify(text: str) -> str:
    """Return the text in lower-case ASCII words joined by hyphens; may be empty."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _NOT_SLUG.sub("-", plain.casefold()).strip("-")


def without_number(name: str) -> str:
    """Return a file or folder name without the number that orders it and without `.md`."""
    return _NUMBER.sub("", name.removesuffix(".md"))


def numbers(names: Sequence[str]) -> list[int]:
    """Return the numbers that these names begin with, if all have one and they rise; else their ordinals from 1."""
    found = [int(match[0]) for name in names if (match := _ORDER.match(name))]
    rises = all(first < second for first, second in pairwise(found))
    return found if rises and len(found) == len(names) else list(range(1, len(names) + 1))

"""Folding for search: the same letters without accents and case, so that "nunez" finds "Núñez" on any database."""

import unicodedata
from typing import Final

MOST_WORDS: Final = 12
"""Words of one search: more narrow nothing, and each is a condition of which a statement takes so many."""
LONGEST_WORD: Final = 120


def fold(text: str) -> str:
    """Return the text in lower case, without marks, with single spaces."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(plain.casefold().split())


def words(text: str) -> list[str]:
    """Return the first words of a search, each as long as a name may be."""
    return [word[:LONGEST_WORD] for word in text.split()[:MOST_WORDS]]


def like(text: str) -> str:
    """Return a LIKE pattern that finds the folded text anywhere; its own wildcards are escaped with a backslash."""
    escaped = fold(text).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"

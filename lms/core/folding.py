"""Folding for search: the same letters without accents and case, so that "nunez" finds "Núñez" on any database."""

import unicodedata


def fold(text: str) -> str:
    """Return the text in lower case, without marks, with single spaces."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(plain.casefold().split())


def like(text: str) -> str:
    """Return a LIKE pattern that finds the folded text anywhere; its own wildcards are escaped with a backslash."""
    escaped = fold(text).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"

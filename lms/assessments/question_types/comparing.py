"""Whether somebody wrote what was asked for: accents, capitals, spaces and slips of typing count as the author says."""

import unicodedata
from collections.abc import Collection
from typing import Final

_ACCENTS: Final = frozenset(
    {"\N{COMBINING GRAVE ACCENT}", "\N{COMBINING ACUTE ACCENT}", "\N{COMBINING DIAERESIS}"}
)
"""The tilde of ñ is no accent: it makes another letter."""
LETTERS_PER_SLIP: Final = 4
"""A short word with a slip is another word: "sí" is not "si no"."""


def folded(text: str, demands: Collection[str]) -> str:
    """Return a text without the differences that nobody demands: accents, case, spaces."""
    kept = " ".join(text.split())
    if "accents" not in demands:
        letters = unicodedata.normalize("NFD", kept)
        kept = "".join(letter for letter in letters if letter not in _ACCENTS)
    kept = unicodedata.normalize("NFC", kept)
    if "case" not in demands:
        kept = kept.casefold()
    return kept if "spaces" in demands else kept.replace(" ", "").rstrip(".")


def is_near(written: str, accepted: str, slips: int) -> bool:
    """Say whether a text has at most some slips, and never more than one for every four letters."""
    most = min(slips, len(accepted) // LETTERS_PER_SLIP)
    return abs(len(written) - len(accepted)) <= most and distance(written, accepted) <= most


def distance(one: str, other: str) -> int:
    """Return how many slips lie between two texts: a letter more, less, other, or two swapped.

    The restricted Damerau-Levenshtein distance (Damerau 1964; Boytsov 2011, section 2.2.1).
    """
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        row = [i]
        for j, right in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]

"""What the cover of a course says elsewhere: in another language, or under the rules of a place."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslatedModule:
    """What the outline calls a module in another language."""

    title: str
    objective: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslatedOutline:
    """What the cover of the course says in another language."""

    language: str
    title: str
    summary: str
    notice: str
    """Empty when it is not translated."""
    modules: Mapping[str, TranslatedModule]
    """By the slug of the module; untranslated ones are missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceTerms:
    """What a place sets otherwise than the course."""

    place: str
    """Code of a country or territory."""
    title: str
    """Empty for that of the course, and so the notice."""
    notice: str
    pass_mark: float | None
    """Fraction that passes a quiz without a mark of its own; None for that of the programme."""

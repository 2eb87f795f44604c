"""The languages into which a course can be translated."""

from dataclasses import dataclass
from types import MappingProxyType

FOLDERS = ("idiomas", "languages")


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A language that translations can be written in."""

    code: str
    """ISO 639-1."""
    name: str
    """As its readers call it."""
    needs_validation: bool = False
    """Whether a page is held back until it names who speaks the language and has read it."""


LANGUAGES = MappingProxyType(
    {
        each.code: each
        for each in (
            Language(code="es", name="Español"),
            Language(code="en", name="English"),
            Language(code="pt", name="Português"),
            Language(code="qu", name="Kichwa", needs_validation=True),
        )
    }
)

"""Personal data: each table that points at a person declares why, how long, and how to show and erase it."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from lms.core.text import Text
from lms.core.types import Json


@dataclass(frozen=True, kw_only=True)
class PersonalData:
    """One class of personal data that a slice keeps."""

    name: str
    """Unique, ``slice.noun``."""
    tables: tuple[str, ...]
    purpose: Text
    retention: Text
    """How long it is kept, in words; the periods are settings of the programme in a later step."""
    export: Callable[[UUID], list[Json]]
    """Returns everything kept about a person, as rows of plain values."""
    erase: Callable[[UUID], int]
    """Erases or anonymises what may go and returns how many rows changed."""

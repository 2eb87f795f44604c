"""Where a module that a course shares with others was taken from."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The release of another course from which a module was taken."""

    course: str
    """Slug of the course."""
    number: int
    """Of its release."""
    keys: Mapping[str, str]
    """By the slug of each unit, what tells that it is the same wherever it is taken."""

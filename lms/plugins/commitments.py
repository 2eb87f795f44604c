"""Counters: what an agreement, or a target, promises in numbers, counted by the slice that knows the facts."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from lms.core.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentWindow:
    """What is asked of a counter: of which programme, from the first day to the last, both counted."""

    programme_id: UUID | None
    """Null when no programme carries the agreement out: then the institutions say what counts."""
    institution_ids: frozenset[UUID]
    """Each with everything below it; empty counts the whole programme."""
    first: date
    last: date
    sector: str = ""
    """A key of the table of sectors; empty for all."""


class CommitmentCounter(ABC):
    """Something that fills itself, such as people trained or sessions held."""

    name: ClassVar[str]
    label: ClassVar[Text]
    """Plural noun that follows a number: «personas capacitadas»."""
    definition: ClassVar[Text]
    """What is counted and what is not, in one sentence."""
    counts_people: ClassVar[bool] = False
    """Counts of people under five are not shown, nor what would tell them."""
    has_sectors: ClassVar[bool] = False
    """Whether it can be asked of one sector."""

    @abstractmethod
    def count(self, window: CommitmentWindow) -> int:
        """Return how many there are, in one query; never asked of neither programme nor institution."""

"""The two tables of figures that are kept alike: of progress, and of attendance and learning.

A check-in changes the second and not the first, so each has its own version: whoever keeps the page of progress
need not read it again at every meeting (ADR 26).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from lms.reports.tallies import rules, versions
from lms.reports.tallies.models import LearnedTally, Tally
from lms.reports.tallies.outcomes import Learned
from lms.reports.tallies.rules import Counted, Measures, Spans, Study


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """A table of figures, what a person adds to it, and how everybody learns that it changed."""

    name: str
    """Under which a standing holds the rows that its person added."""
    table: type[Any]
    amounts: type[Measures] | type[Learned]
    """What is added up; its fields are columns of the table."""
    count: Callable[[Sequence[Study], Spans], Counted]
    renew: Callable[[UUID], None]

    @property
    def fields(self) -> tuple[str, ...]:
        """Return the columns that are added up."""
        return self.amounts._fields


PROGRESS: Final = Ledger(name="rows", table=Tally, amounts=Measures, count=rules.count, renew=versions.renew)
LEARNING: Final = Ledger(
    name="learned", table=LearnedTally, amounts=Learned, count=rules.count_learned,
    renew=versions.renew_learned,
)  # fmt: skip
LEDGERS: Final = (PROGRESS, LEARNING)

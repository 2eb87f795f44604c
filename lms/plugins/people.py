"""How rows about a person follow when two records of one person become one: each slice says it of its own tables."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lms.core.actors import Actor
from lms.core.text import Text

Row = Mapping[str, Any]
"""A row of a table by the names of its columns."""


@dataclass(frozen=True, kw_only=True)
class PersonRows:
    """What becomes of the rows of one column that points at a person, or at something of a person's.

    A row follows to the record that is kept, unless that has the same thing already: then both rows stay where
    they are, and the words below say what of the one is written into the other. Nothing is ever deleted.
    """

    name: str
    """Unique, ``slice.noun``."""
    label: Text
    """Plural noun for the preview: «Inscripciones»."""
    table: str
    column: str
    owner: str = "person"
    """Table that the column points at: "person", or another one declared before, such as "enrolment" or "attempt"."""
    same: tuple[str, ...] = ()
    """With these columns equal, two rows are one thing twice. Empty: they never are."""
    is_same: Callable[[Row, Row], bool] | None = None
    """Says that of two rows, the one that comes and the one that is there, where equal columns cannot."""
    wins: Callable[[Row, Row], bool] | None = None
    """Of one thing twice, whether the row that comes says more than the one that is there: they change contents."""
    derives: Callable[[Sequence[tuple[Any, Any]]], Mapping[Any, Row]] | None = None
    """For rows that follow from others: given the owners that become one, pairs of the one that comes and the one that
    is there, what their rows say once what they follow from is together, by key. It decides over ``wins``."""
    fills: tuple[str, ...] = ()
    """Of one thing twice, columns that are copied into the row that is there while it has nothing in them."""
    leaves: Callable[[Row, Row, datetime], Row] | None = None
    """Of one thing twice, what is written on the row that stays behind; it gets both rows and the moment."""
    number: str = ""
    """Column of an ordinal: rows that come are counted on from those that are there."""
    number_within: tuple[str, ...] = ()
    """Columns within which that ordinal counts, besides the owner."""
    needs: str = ""
    """Column without which a row stays where it is: a try that was never handed in."""
    stays_because: Text = ""
    """Why rows of this column stay with the record that goes; empty where they follow."""
    seals: bool = False
    """Whether such a row, written later for what a merge brought together, closes the way back."""
    describe: Callable[[Sequence[Row], Actor], Mapping[Any, str]] | None = None
    """Words for rows by their key, those that the actor may read, for the preview."""

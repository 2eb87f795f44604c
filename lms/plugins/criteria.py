"""Completion criteria: what an enrolment must meet, judged in three values, never a boolean."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from lms.core.text import Text


class State(StrEnum):
    """Where a criterion stands."""

    MET = "met"
    NOT_YET = "not-yet"
    CANNOT = "cannot"
    """Not met, and no longer reachable without somebody's decision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What one criterion says about one enrolment, with what is missing in words."""

    criterion: str
    state: State
    title: Text
    detail: Text
    """What is done and what is missing, for the trainee."""
    action: str = ""
    """Path of the page where the person can go on; empty when there is none."""


class CompletionCriterion(ABC):
    """A condition. Empty sets are met and missing data is not yet: never the other way round."""

    name: ClassVar[str]

    @abstractmethod
    def judge(self, enrolment_ids: Sequence[UUID]) -> Mapping[UUID, Verdict | None]:
        """Return the verdict on each enrolment, in a constant number of queries.

        None for an enrolment means that the criterion does not apply to its course.
        """

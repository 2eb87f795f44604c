"""What plugins add to attendance: ways to mark it, and figures beside the register of a cohort."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import ClassVar
from uuid import UUID

from lms.core.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceMethod:
    """A way to mark. Its pages call the verbs of ``lms.attendance.service`` with its name as ``method``."""

    name: str
    """Kept with every mark, so it never changes; at most 40 lower-case letters, digits and hyphens."""
    label: Text
    """How a mark was made, as the evidence says it: "with the QR code"."""
    icon: str
    endpoint: str = ""
    """Page on which the staff starts it; takes ``meeting_id``. Empty when only those who come use it."""
    action: Text = ""
    """What the button that leads there says: "Show the code"."""
    ends_with_meeting: bool = False
    """Whether it makes no sense once the meeting is over, like a code on a screen."""
    order: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """A mark of the register, as far as figures need it."""

    enrolment_id: UUID
    meeting_id: UUID
    mark: str
    """present, late, left-early, excused or absent."""
    credit: Fraction
    """Part of the meeting that the mark is worth."""
    label: str
    """What the programme calls it; empty for the usual words."""
    seconds: int
    """Whole seconds inside the meeting."""


class RegisterColumn(ABC):
    """A figure in minutes for each person of a cohort's register, on its page and in its files."""

    name: ClassVar[str]
    label: ClassVar[Text]
    order: ClassVar[int] = 50

    @abstractmethod
    def minutes(
        self,
        enrolment_ids: Collection[UUID],
        meeting_ids: Sequence[UUID],
        presences: Collection[Presence],
        now: datetime,
    ) -> Mapping[UUID, int]:
        """Return the figure of people of one cohort, in two queries.

        ``meeting_ids`` are all planned meetings of the cohort, ``presences`` all marks of these people at them:
        the register has read both already, and meetings that were read are not read again by their id.
        """

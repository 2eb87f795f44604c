"""Attempts that were answered faster than their questions can be read. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final
from uuid import UUID

from lms.assessments.analysis.replies import Matter, Rule, Sitting

WORDS_A_MINUTE: Final = 600
"""Twice the 300 words a minute that few adults exceed when they read non-fiction in silence: M. Brysbaert, J. Mem.
Lang. 109 (2019) 104047. Nobody reads at that rate and understands: K. Rayner et al., Psychol. Sci. Public Interest 17
(2016) 4-34."""
LEAST_REPLIES: Final = 5
"""Answers under which an attempt is too short to say anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hurry:
    """An attempt that left no time to read."""

    enrolment_id: UUID
    quick: int
    """Answers given sooner after the one before than their question can be read."""
    answered: int
    seconds: float
    """From the beginning to the last answer."""
    reading_seconds: float
    """What reading the answered questions takes at the rate above."""

    @property
    def matter(self) -> Matter:
        """Return what it is about."""
        return Matter(Rule.HURRY, (self.enrolment_id,))


def can_judge_pace(sitting: Sitting) -> bool:
    """Say whether an attempt has enough answers to speak of its pace."""
    return len(sitting.replies) >= LEAST_REPLIES


def hurries(sittings: Sequence[Sitting], words: Mapping[str, int]) -> list[Hurry]:
    """Return the attempts with no time to read, the fastest first; `words` counts those of each question.

    Of each answer only the last moment is kept, so whoever goes through their answers again at the end looks fast.
    Hence two conditions: most answers came too soon after the one before, and the whole attempt was shorter than
    its reading. Whoever had the time is never listed, even if they left the page open and did not use it.
    """
    found = [_hurry(sitting, words) for sitting in sittings if can_judge_pace(sitting)]
    listed = [
        each for each in found if each.seconds < each.reading_seconds and 2 * each.quick > each.answered
    ]
    return sorted(listed, key=lambda each: (each.seconds / each.reading_seconds, each.enrolment_id))


def _hurry(sitting: Sitting, words: Mapping[str, int]) -> Hurry:
    replies = sorted(sitting.replies, key=lambda reply: reply.at)
    moments = [sitting.started_at, *(reply.at for reply in replies)]
    gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(moments)]
    needed = [reading_seconds(words.get(reply.question, 0)) for reply in replies]
    return Hurry(
        enrolment_id=sitting.enrolment_id,
        quick=_count(gap < least for gap, least in zip(gaps, needed, strict=True)),
        answered=len(replies),
        seconds=(moments[-1] - moments[0]).total_seconds(),
        reading_seconds=sum(needed),
    )


def reading_seconds(words: int) -> float:
    """Return the seconds under which nobody reads so many words."""
    return words * 60 / WORDS_A_MINUTE


def _count(facts: Iterable[bool]) -> int:
    return sum(facts)

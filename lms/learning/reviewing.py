"""Looking at many enrolments at once, who of them has all that the course asks for."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from lms.core.actors import Actor
from lms.core.jobs.orders import Progress
from lms.learning.models import Enrolment
from lms.learning.queries import meeting_everything
from lms.learning.service import review_completion

CHUNK: Final = 200
"""Enrolments that are judged with the same queries."""


def review_many(enrolments: Sequence[Enrolment], *, actor: Actor, now: datetime, progress: Progress) -> int:
    """Complete whoever meets everything now and return how many did; asking again changes nothing.

    The queries are the same number for each chunk, beside those of the people who complete the course.
    """
    completed = 0
    for start in range(0, len(enrolments), CHUNK):
        chunk = {each.id: each for each in enrolments[start : start + CHUNK]}
        for key in meeting_everything(chunk):
            completed += review_completion(chunk[key], actor=actor, now=now) is not None
        progress(start + len(chunk), len(enrolments))
    return completed

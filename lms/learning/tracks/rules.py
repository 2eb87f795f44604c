"""Decisions about changes of sector. Pure."""

from enum import StrEnum

from lms.learning.tracks.errors import NoteNeeded, SameTrack, TrackReasonNeeded


class TrackState(StrEnum):
    """Where a change of sector stands."""

    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"


def check_request(before: str | None, after: str | None, reason: str) -> None:
    """Refuse to ask for the sector that the person has, or without a word; raises SameTrack, TrackReasonNeeded."""
    if before == after:
        raise SameTrack
    if not reason.strip():
        raise TrackReasonNeeded


def check_answer(note: str, *, is_approved: bool) -> None:
    """Refuse to say no without a word; raises NoteNeeded."""
    if not is_approved and not note.strip():
        raise NoteNeeded

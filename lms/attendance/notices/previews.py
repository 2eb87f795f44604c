"""What each notice of a cohort would say, with the data of somebody who takes part; nothing is sent."""

from datetime import datetime

from lms.attendance.notices.letters import Letter, Subject, letter_to
from lms.attendance.notices.queries import Addressee, Edition
from lms.attendance.notices.rules import ABOUT_CALLS, NoticeKind
from lms.attendance.notices.sending import Round

FEW = 3


def previews_of(edition: Edition, now: datetime) -> dict[NoticeKind, Letter]:
    """Return the letters that the first person it fits would get; kinds that fit nobody yet are left out."""
    found = Round(edition=edition, now=now)
    letters = {kind: letter for kind in sorted(ABOUT_CALLS) if (letter := _call_letter(found, kind))}
    if not found.people:
        return letters
    for kind in set(NoticeKind) - ABOUT_CALLS:
        about = _about(found, kind)
        if about is not None:
            sample = _sample(found, kind)
            letters[kind] = letter_to(sample.person, about)
    return letters


def _call_letter(found: Round, kind: NoticeKind) -> Letter | None:
    """Return what the first focal point would read who has something to read."""
    if found.call is None:
        return None
    is_results = kind is NoticeKind.CALL_RESULTS
    parts = [
        each for each in found.call.parts.values() if (each.outcomes if is_results else each.with_places)
    ]
    if not parts:
        return None
    extra = found.settings[kind].extra
    about = Subject(edition=found.edition, kind=kind, extra=extra, call=parts[0])
    return letter_to(parts[0].person, about)


def _sample(found: Round, kind: NoticeKind) -> Addressee:
    return next((each for each in found.people if found.concerns(kind, each)), found.people[0])


def _about(found: Round, kind: NoticeKind) -> Subject | None:
    local = found.meetings[0] if kind is NoticeKind.MEETING_SOON and found.meetings else None
    if kind is NoticeKind.MEETING_SOON and local is None:
        return None
    own = _sample(found, kind)
    return Subject(
        edition=found.edition,
        kind=kind,
        extra=found.settings[kind].extra,
        enrolment_id=own.enrolment.id,
        local=local,
        left=found.left.get(own.enrolment.id, 1) or 1,
        people=found.people[:FEW] if kind is NoticeKind.FOCAL_POINTS else (),
    )

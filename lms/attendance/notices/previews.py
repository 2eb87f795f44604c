"""What each notice of a cohort would say, with the data of somebody who takes part; nothing is sent."""

from datetime import datetime

from lms.attendance.notices.letters import Letter, Subject, letter_to
from lms.attendance.notices.queries import Addressee, Edition
from lms.attendance.notices.rules import NoticeKind
from lms.attendance.notices.sending import Round

FEW = 3


def previews_of(edition: Edition, now: datetime) -> dict[NoticeKind, Letter]:
    """Return the letters that the first person it fits would get; kinds that fit nobody yet are left out."""
    found = Round(edition=edition, now=now)
    if not found.people:
        return {}
    letters = {}
    for kind in NoticeKind:
        about = _about(found, kind)
        if about is not None:
            sample = _sample(found, kind)
            letters[kind] = letter_to(sample.person, about)
    return letters


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

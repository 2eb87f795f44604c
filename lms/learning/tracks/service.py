"""What can be done with changes of sector; the only writer of their table."""

from datetime import datetime

from lms.core.actors import Actor
from lms.core.db import db
from lms.core.events import publish
from lms.core.ids import new_id
from lms.core.jobs.orders import enqueue
from lms.learning import service as learning
from lms.learning.messages import TrackChanged
from lms.learning.models import Enrolment
from lms.learning.tracks import queries, rules
from lms.learning.tracks.errors import AlreadyAnswered, AlreadyAsked
from lms.learning.tracks.messages import TellTrackAnswer, TrackAnswered, TrackAsked
from lms.learning.tracks.models import TrackRequest
from lms.learning.tracks.rules import TrackState

LONGEST = 1000


def ask(
    enrolment: Enrolment, sector: str | None, reason: str, *, actor: Actor, now: datetime
) -> TrackRequest:
    """Ask for another sector; asking the same again returns the request that waits.

    Raises AlreadyAsked, SameTrack and TrackReasonNeeded.
    """
    db.session.refresh(enrolment, with_for_update=True)
    known = queries.find_waiting(enrolment.id)
    if known and known.after == sector:
        return known
    if known:
        raise AlreadyAsked
    rules.check_request(enrolment.sector, sector, reason)
    request = TrackRequest(
        id=new_id(),
        enrolment_id=enrolment.id,
        before=enrolment.sector,
        after=sector,
        state=TrackState.WAITING,
        reason=reason.strip()[:LONGEST],
        asked_at=now,
        asked_by=actor.person_id,
    )
    db.session.add(request)
    db.session.flush()
    publish(
        TrackAsked(
            at=now, actor=actor, subject_id=request.id, enrolment_id=enrolment.id, before=request.before,
            after=sector,
        )
    )  # fmt: skip
    return request


def answer(request: TrackRequest, *, is_approved: bool, note: str, actor: Actor, now: datetime) -> None:
    """Approve or decline another sector and tell the person; the same answer again changes nothing.

    Raises NoteNeeded and AlreadyAnswered.
    """
    db.session.refresh(request, with_for_update=True)
    state = TrackState.APPROVED if is_approved else TrackState.DECLINED
    if request.state is state:
        return
    if request.state is not TrackState.WAITING:
        raise AlreadyAnswered
    rules.check_answer(note, is_approved=is_approved)
    enrolment = db.session.get_one(Enrolment, request.enrolment_id)
    request.state, request.note = state, note.strip()[:LONGEST]
    request.before = enrolment.sector
    request.decided_at, request.decided_by = now, actor.person_id
    db.session.flush()
    publish(
        TrackAnswered(
            at=now, actor=actor, subject_id=request.id, enrolment_id=enrolment.id, is_approved=is_approved
        )
    )
    if is_approved:
        learning.change_track(enrolment, request.after, actor=actor, now=now)
    key = f"{TellTrackAnswer.code}:{request.id}"
    enqueue(TellTrackAnswer(request_id=str(request.id)), now=now, key=key)


def note_changed(event: TrackChanged) -> None:
    """A sector changed: what the staff changed by hand goes to the history as what was asked for does."""
    approved = queries.list_of(event.subject_id, TrackState.APPROVED)
    if any((each.decided_at, each.after) == (event.at, event.after) for each in approved):
        return
    person_id = event.actor.person_id
    db.session.add(
        TrackRequest(
            id=new_id(),
            enrolment_id=event.subject_id,
            before=event.before,
            after=event.after,
            state=TrackState.APPROVED,
            asked_at=event.at,
            asked_by=person_id,
            decided_at=event.at,
            decided_by=person_id,
        )
    )
    db.session.flush()

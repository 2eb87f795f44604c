"""What can be done with justifications; the only writer of their table. Every verb may be asked twice."""

from datetime import datetime
from uuid import UUID

from lms.attendance import service as register
from lms.attendance.errors import MeetingCancelled
from lms.attendance.excuses import queries, rules
from lms.attendance.excuses.errors import ExcuseDecided, ExcuseNotNeeded, SentenceNeeded
from lms.attendance.excuses.messages import (
    ExcuseAnswered,
    ExcuseAsked,
    ExcusePaperErased,
    ExcuseWithdrawn,
    TellExcuseAnswered,
)
from lms.attendance.excuses.models import Excuse, ExcuseState
from lms.attendance.excuses.rules import Decision, Plea
from lms.attendance.models import Meeting
from lms.attendance.queries import find_attendance
from lms.attendance.rules import HERE, Mark
from lms.core import private_files
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.events import publish
from lms.core.ids import new_id
from lms.core.jobs.orders import enqueue
from lms.learning.models import Enrolment

METHOD = "excuse"
"""Name of this way to mark, as the evidence keeps it."""


def ask(meeting: Meeting, enrolment: Enrolment, plea: Plea, *, actor: Actor, now: datetime) -> Excuse:
    """Ask that an absence be justified; asking again before the answer replaces what was said.

    Raises MeetingCancelled, ExcuseTooLate, ExcuseNotNeeded, ExcuseDecided, FileNotPaper and PaperTooLarge.
    """
    if meeting.cancelled_at:
        raise MeetingCancelled
    rules.check_time(meeting.ends_at, now)
    db.session.refresh(enrolment, with_for_update=True)  # sent twice at once, it is still one
    mark = find_attendance(meeting.id, enrolment.id)
    if mark and mark.mark in HERE:
        raise ExcuseNotNeeded
    kind = private_files.check_paper(plea.paper) if plea.paper else ""
    excuse = queries.find_excuse(meeting.id, enrolment.id)
    if excuse is None:
        excuse = Excuse(id=new_id(), meeting_id=meeting.id, enrolment_id=enrolment.id)
        db.session.add(excuse)
    elif excuse.state in rules.DECIDED:
        raise ExcuseDecided
    excuse.grounds, excuse.text, excuse.state = plea.grounds, plea.text, ExcuseState.PENDING
    excuse.asked_at = excuse.changed_at = now
    if plea.paper:
        _keep_paper(excuse, plea.paper, kind)
    db.session.flush()
    publish(
        ExcuseAsked(
            at=now, actor=actor, subject_id=excuse.id, meeting_id=meeting.id, enrolment_id=enrolment.id
        )
    )
    return excuse


def withdraw(excuse: Excuse, *, actor: Actor, now: datetime) -> None:
    """Take a justification back, its paper with it; raises ExcuseDecided."""
    db.session.refresh(excuse, with_for_update=True)
    if excuse.state is ExcuseState.WITHDRAWN:
        return
    if excuse.state in rules.DECIDED:
        raise ExcuseDecided
    excuse.state, excuse.changed_at, excuse.text = ExcuseState.WITHDRAWN, now, ""
    drop_paper(excuse)
    publish(ExcuseWithdrawn(at=now, actor=actor, subject_id=excuse.id, meeting_id=excuse.meeting_id))


def decide(
    excuse: Excuse, meeting: Meeting, enrolment: Enrolment, decision: Decision, *, actor: Actor, now: datetime
) -> None:
    """Accept a justification, which makes the absence an excused one, or refuse it; the person is written to.

    The same answer again changes nothing. Raises ExcuseDecided, SentenceNeeded and what ``mark`` does.
    """
    db.session.refresh(excuse, with_for_update=True)
    wanted = ExcuseState.ACCEPTED if decision.is_accepted else ExcuseState.REFUSED
    if excuse.state is not ExcuseState.PENDING:
        if excuse.state is wanted:
            return
        raise ExcuseDecided
    if not decision.is_accepted and not decision.answer:
        raise SentenceNeeded
    excuse.state, excuse.changed_at = wanted, now
    excuse.decided_by, excuse.answer = actor.person_id, decision.answer
    if decision.is_accepted:
        known = find_attendance(meeting.id, enrolment.id)
        if known is None or known.mark not in HERE:
            register.mark(meeting, enrolment, mark=Mark.EXCUSED, method=METHOD, actor=actor, now=now)
    publish(
        ExcuseAnswered(
            at=now, actor=actor, subject_id=excuse.id, meeting_id=meeting.id, enrolment_id=enrolment.id,
            state=wanted.value,
        )
    )  # fmt: skip
    order = TellExcuseAnswered(excuse_id=str(excuse.id))
    enqueue(order, now=now, key=f"{order.code}:{order.excuse_id}")


def erase_paper(excuse: Excuse, *, actor: Actor, now: datetime) -> None:
    """Erase the paper of a justification whose time is over."""
    drop_paper(excuse)
    publish(ExcusePaperErased(at=now, actor=actor, subject_id=excuse.id, meeting_id=excuse.meeting_id))


def drop_paper(excuse: Excuse) -> None:
    """Erase the bytes first: should the rest fail, asking again ends it."""
    if excuse.paper_digest:
        private_files.forget(excuse.paper_digest)
    excuse.paper_id, excuse.paper_digest, excuse.paper_format = None, "", ""


def paper_of(excuse: Excuse) -> bytes:
    """Return the paper; raises NotFound when there is none."""
    return private_files.read(excuse.paper_id or UUID(int=0), excuse.paper_digest)


def _keep_paper(excuse: Excuse, content: bytes, kind: str) -> None:
    drop_paper(excuse)
    excuse.paper_id, excuse.paper_format = new_id(), kind
    excuse.paper_digest = private_files.keep(excuse.paper_id, content)

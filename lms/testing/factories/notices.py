"""Notices, for tests."""

from uuid import UUID

from lms.attendance.notices.models import Notice
from lms.attendance.notices.rules import NoticeKind, NoticeState
from lms.core.clock import now
from lms.core.db import db
from lms.core.ids import new_id
from lms.core.jobs.models import Job, JobState
from lms.core.mail import Message
from lms.core.outbox import post
from lms.learning.models import Enrolment


def make_notice(enrolment: Enrolment, *, kind: NoticeKind = NoticeKind.DEADLINE) -> Notice:
    """Write down a notice that was sent."""
    notice = Notice(
        id=new_id(), cohort_id=enrolment.cohort_id, person_id=enrolment.person_id, kind=kind, occasion="",
        key=f"{kind.value}:{new_id().hex}", state=NoticeState.SENT, reason=None, due_at=now(), decided_at=now(),
        copies=1,
    )  # fmt: skip
    db.session.add(notice)
    db.session.flush()
    return notice


def make_letter(enrolment: Enrolment) -> UUID:
    """Return the job of an indispensable e-mail that left."""
    message = Message(
        to="persona@example.org", subject="Su inscripción", text="", key=f"enrolled-{enrolment.id}-0"
    )
    job = db.session.get_one(Job, post(message, now=now()))
    job.state, job.finished_at = JobState.DONE, now()
    return job.id

"""The e-mails of a cohort that nobody can stop, as the queue of mail still has them: enrolments and meetings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import or_, select

from lms.accounts.models import Person
from lms.attendance.models import Meeting
from lms.core.db import db
from lms.core.jobs.models import Job, JobState
from lms.core.mail import Message
from lms.core.outbox import SendMail, post
from lms.learning.models import Enrolment

MOST = 100
ABOUT_MEETINGS = ("meeting-changed", "meeting-called-off")


@dataclass(frozen=True, slots=True, kw_only=True)
class Indispensable:
    """An e-mail that was posted about a cohort."""

    id: UUID
    name: str
    """Whose address it is; the address where it is nobody's any more."""
    subject: str
    state: JobState
    at: datetime


def list_indispensable(cohort_id: UUID) -> list[Indispensable]:
    """Return the newest hundred of the days for which the queue keeps them, newest first."""
    jobs = _jobs(cohort_id)
    sent_to = [_payload(job)["to"] for job in jobs]
    rows = db.session.scalars(select(Person).where(Person.email.in_(sent_to)))
    names = {person.email: person.name for person in rows}
    return [
        Indispensable(
            id=job.id,
            name=names.get(_payload(job)["to"], _payload(job)["to"]),
            subject=_payload(job)["subject"],
            state=job.state,
            at=job.finished_at or job.created_at,
        )
        for job in jobs
    ]


def post_again(cohort_id: UUID, job_id: UUID, *, now: datetime) -> bool:
    """Post such an e-mail once more; say False for one that is not of this cohort or has not left yet."""
    job = next((each for each in _jobs(cohort_id) if each.id == job_id), None)
    if job is None or job.state is not JobState.DONE:
        return False
    own = _payload(job)
    key = f"{own['key']}-again-{now:%Y%m%d%H%M%S}"
    message = Message(
        to=own["to"], subject=own["subject"], text=own["text"], key=key, calendar=own.get("calendar", "")
    )
    post(message, now=now)
    return True


def _jobs(cohort_id: UUID) -> Sequence[Job]:
    meetings = db.session.scalars(select(Meeting.id).where(Meeting.cohort_id == cohort_id)).all()
    enrolments = db.session.scalars(select(Enrolment.id).where(Enrolment.cohort_id == cohort_id)).all()
    starts = [f"mail:{kind}-{key}-" for kind in ABOUT_MEETINGS for key in meetings]
    starts += [f"mail:enrolled-{key}-" for key in enrolments]
    found: list[Job] = []
    for at in range(0, len(starts), 200):
        begins = or_(*(Job.key.startswith(each, autoescape=True) for each in starts[at : at + 200]))
        newest = select(Job).where(Job.code == SendMail.code, begins)
        found += db.session.scalars(newest.order_by(Job.created_at.desc(), Job.id).limit(MOST))
    return sorted(found, key=lambda job: job.created_at, reverse=True)[:MOST]


def _payload(job: Job) -> dict[str, str]:
    return cast("dict[str, str]", cast("Any", job.payload))

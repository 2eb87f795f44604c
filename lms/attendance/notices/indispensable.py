"""The e-mails of a cohort that nobody can stop, as the queue of mail still has them, and how they go once more.

Slices below post them; their keys tell of which thing they speak, and which things are a cohort's is asked here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select

from lms.accounts import service as accounts
from lms.accounts.letters import invitation
from lms.accounts.messages import SendInvitation
from lms.accounts.models import Person
from lms.attendance.models import Meeting
from lms.attendance.notices.messages import LetterAskedAgain
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.events import publish
from lms.core.i18n import _
from lms.core.jobs.models import Job, JobState
from lms.core.mail import Message
from lms.core.outbox import SendMail, post
from lms.learning.models import Enrolment
from lms.learning.nominations.models import NominationCall

ID_LENGTH: Final = 36


class LetterKind(StrEnum):
    """What an indispensable e-mail is about."""

    ENROLMENT = "enrolment"
    INVITATION = "invitation"
    """It carries the link for a first password."""
    CALL = "call"
    MEETING = "meeting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Indispensable:
    """An e-mail that was posted about a cohort."""

    id: UUID
    name: str
    """Whose address it is; the address where it is nobody's any more."""
    subject: str
    text: str
    state: JobState
    at: datetime
    may_go_again: bool


def letters_of(cohort_id: UUID, kind: LetterKind | None = None) -> Select[Job]:
    """Return the select of a cohort's letters for the days that the queue keeps them, newest first."""
    ways = [_way(cohort_id, each) for each in ([kind] if kind else LetterKind)]
    return select(Job).where(or_(*ways)).order_by(Job.created_at.desc(), Job.id)


def _way(cohort_id: UUID, kind: LetterKind) -> ColumnElement[bool]:
    """Return the condition on ``Job`` that it is a letter of this kind: its key names a thing of the cohort."""
    match kind:
        case LetterKind.ENROLMENT:
            ids = db.session.scalars(select(Enrolment.id).where(Enrolment.cohort_id == cohort_id)).all()
            return or_(*(_named(SendMail.code, f"mail:{each}-", ids) for each in ("enrolled", "moved")))
        case LetterKind.INVITATION:
            ids = db.session.scalars(
                select(Enrolment.person_id).where(Enrolment.cohort_id == cohort_id)
            ).all()
            return _named(SendInvitation.code, "invitation:", ids)
        case LetterKind.CALL:
            calls = select(NominationCall.id).where(NominationCall.cohort_id == cohort_id)
            return _named(SendMail.code, "mail:call-", db.session.scalars(calls).all())
        case LetterKind.MEETING:
            ids = db.session.scalars(select(Meeting.id).where(Meeting.cohort_id == cohort_id)).all()
            about = ("meeting-changed", "meeting-called-off")
            return or_(*(_named(SendMail.code, f"mail:{each}-", ids) for each in about))


def _named(code: str, prefix: str, ids: Sequence[UUID]) -> ColumnElement[bool]:
    """Return the condition that a job's key begins with a word and one of these ids."""
    if not ids:
        return false()
    named = func.substr(Job.key, len(prefix) + 1, ID_LENGTH).in_([str(each) for each in ids])
    return and_(Job.code == code, Job.key.startswith(prefix, autoescape=True), named)


def read_letters(jobs: Sequence[Job]) -> list[Indispensable]:
    """Return letters as they are listed, with what they said, in two queries."""
    payloads = [_payload(job) for job in jobs]
    by_email = _people(Person.email, [each["to"] for each in payloads if "to" in each])
    invited = [UUID(each["person_id"]) for each in payloads if "to" not in each]
    by_id = _people(Person.id, invited)
    return [
        _invited(job, own, by_id[UUID(own["person_id"])]) if "to" not in own else _posted(job, own, by_email)
        for job, own in zip(jobs, payloads, strict=True)
    ]


def _people(column: Any, values: Sequence[object]) -> dict[object, Person]:
    rows = db.session.scalars(select(Person).where(column.in_(values))) if values else ()
    return {getattr(row, column.key): row for row in rows}


def _posted(job: Job, own: Mapping[str, str], people: Mapping[object, Person]) -> Indispensable:
    person = people.get(own["to"])
    return Indispensable(
        id=job.id,
        name=person.name if person else own["to"],
        subject=own["subject"],
        text=own["text"],
        state=job.state,
        at=job.finished_at or job.created_at,
        may_go_again=job.state is JobState.DONE,
    )


def _invited(job: Job, own: Mapping[str, str], person: Person) -> Indispensable:
    letter = invitation(person, reason=own["reason"], address=_("(enlace personal)"))
    return Indispensable(
        id=job.id,
        name=person.name,
        subject=letter.subject,
        text=letter.text,
        state=job.state,
        at=job.finished_at or job.created_at,
        may_go_again=job.state is JobState.DONE and not person.has_accepted and bool(person.email),
    )


def post_again(cohort_id: UUID, job_id: UUID, *, actor: Actor, now: datetime) -> bool:
    """Post a letter once more; say False for one not of this cohort, not sent yet, or not needed any more."""
    job = db.session.scalar(letters_of(cohort_id).where(Job.id == job_id))
    if job is None or not read_letters([job])[0].may_go_again:
        return False
    own = _payload(job)
    if job.code == SendInvitation.code:
        person = db.session.get_one(Person, UUID(own["person_id"]))
        accounts.invite_again(person, reason=own["reason"], path=own["path"], now=now)
    else:
        key = f"{own['key']}-again-{now:%Y%m%d%H%M%S}"
        message = Message(
            to=own["to"], subject=own["subject"], text=own["text"], key=key, calendar=own.get("calendar", "")
        )
        post(message, now=now)
    publish(LetterAskedAgain(at=now, actor=actor, subject_id=cohort_id, subject=_subject(own)))
    return True


def _subject(own: Mapping[str, str]) -> str:
    return own.get("subject", str(_("Su cuenta en Ruta")))


def _payload(job: Job) -> dict[str, str]:
    return cast("dict[str, str]", cast("Any", job.payload))

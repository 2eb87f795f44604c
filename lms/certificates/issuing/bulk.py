"""Documents for many people of a cohort: part by part, each in one transaction, so that a fall costs one part."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import func, select

from lms.certificates.issuing import queries
from lms.certificates.issuing.making import Answer, Press
from lms.certificates.issuing.messages import CertificatesOrdered, IssuePart
from lms.certificates.issuing.models import LONGEST_NOTE, IssueEntry, IssueRun, Outcome
from lms.certificates.issuing.rules import Kind
from lms.certificates.issuing.service import Wish, issue_many
from lms.core.actors import SYSTEM, Actor
from lms.core.db import db
from lms.core.events import publish
from lms.core.ids import new_id
from lms.core.jobs.orders import enqueue
from lms.learning.models import Cohort, Enrolment
from lms.learning.queries import get_cohort

PART: Final = 25
"""People of one transaction, during which whoever else issues under the same authority waits."""


def order_run(
    cohort: Cohort, enrolment_ids: Sequence[UUID], *, kind: Kind, actor: Actor, now: datetime
) -> IssueRun:
    """Order documents of a kind for these people of a cohort; each part asks again whether they are eligible."""
    issued = queries.count_issued(enrolment_ids, kind)
    run = IssueRun(
        id=new_id(), cohort_id=cohort.id, kind=kind, total=len(enrolment_ids), done=0, ordered_at=now,
        ordered_by=actor.person_id,
    )  # fmt: skip
    db.session.add(run)
    db.session.flush()
    db.session.add_all(
        IssueEntry(
            id=new_id(), run_id=run.id, position=position, enrolment_id=key, number=issued.get(key, 0) + 1,
            outcome=Outcome.WAITING, detail="",
        )
        for position, key in enumerate(enrolment_ids)
    )  # fmt: skip
    db.session.flush()
    publish(
        CertificatesOrdered(
            at=now, actor=actor, subject_id=cohort.id, count=run.total, kind=kind.value, run_id=run.id
        )
    )
    _order(run, 0, now)
    return run


def issue_part(run: IssueRun, part: int, *, press: Press, now: datetime) -> None:
    """Issue one part and order the next; a part that is done is not touched again."""
    entries = _hold(run, part)
    waiting = [each for each in entries if each.outcome is Outcome.WAITING]
    if (part + 1) * PART < run.total:
        _order(run, part + 1, now)  # before the letters of this part, which would stand in its way
    if waiting:
        cohort = get_cohort(run.cohort_id)
        answers = issue_many(cohort, _wishes(waiting), kind=run.kind, press=press, actor=SYSTEM, now=now)
        for entry, answer in zip(waiting, answers, strict=True):
            _note(entry, answer)
    db.session.flush()
    run.done = _count_done(run)
    if run.done == run.total:
        run.finished_at = run.finished_at or now


def resume_run(run: IssueRun, *, now: datetime) -> None:
    """Order the first part that is not done, for a run whose job was given up; harmless while it goes on."""
    first = db.session.scalar(
        select(func.min(IssueEntry.position)).where(
            IssueEntry.run_id == run.id, IssueEntry.outcome == Outcome.WAITING
        )
    )
    if first is not None:
        _order(run, first // PART, now, again=f":{now:%Y%m%d%H%M}")


def find_run(run_id: UUID) -> IssueRun | None:
    """Return a run, held until the transaction ends: two who work on it come one after the other."""
    statement = select(IssueRun).where(IssueRun.id == run_id).with_for_update()
    return db.session.scalar(statement.execution_options(populate_existing=True))


def _hold(run: IssueRun, part: int) -> Sequence[IssueEntry]:
    return db.session.scalars(
        select(IssueEntry)
        .where(
            IssueEntry.run_id == run.id,
            IssueEntry.position >= part * PART,
            IssueEntry.position < (part + 1) * PART,
        )
        .order_by(IssueEntry.position)
        .execution_options(populate_existing=True)
    ).all()


def _wishes(entries: Sequence[IssueEntry]) -> list[Wish]:
    statement = select(Enrolment).where(Enrolment.id.in_([each.enrolment_id for each in entries]))
    found = {each.id: each for each in db.session.scalars(statement)}
    return [Wish(enrolment=found[each.enrolment_id], number=each.number) for each in entries]


def _note(entry: IssueEntry, answer: Answer) -> None:
    if answer.certificate:
        entry.outcome = Outcome.ISSUED if answer.is_new else Outcome.KNOWN
        entry.certificate_id = answer.certificate.id
    elif answer.problem:
        entry.outcome, entry.detail = Outcome.FAILED, str(answer.problem)[:LONGEST_NOTE]
    else:
        entry.outcome = Outcome.NOT_ELIGIBLE


def _count_done(run: IssueRun) -> int:
    statement = select(func.count()).where(IssueEntry.run_id == run.id, IssueEntry.outcome != Outcome.WAITING)
    return db.session.scalar(statement) or 0


def _order(run: IssueRun, part: int, now: datetime, *, again: str = "") -> None:
    order = IssuePart(run_id=str(run.id), part=part)
    enqueue(order, now=now, key=f"{order.code}:{run.id}:{part}{again}")

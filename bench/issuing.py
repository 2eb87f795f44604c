"""A thousand documents for one cohort: drawn, kept in the storage and written down, part by part, in one process."""

import os
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from flask import Flask
from sqlalchemy import func, select

from bench.rows import Row
from bench.sittings import installed
from lms.attendance.hours.service import close
from lms.certificates.issuing import bulk
from lms.certificates.issuing.messages import IssuePart
from lms.certificates.issuing.models import Certificate, FolioCounter, IssueRun
from lms.certificates.issuing.rules import Kind
from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.core.db import db, unit_of_work
from lms.core.jobs.models import Job, JobState
from lms.core.jobs.runner import run_job
from lms.learning.models import Cohort
from lms.testing.factories.accounts import make_person
from lms.testing.factories.attendance import make_mark, make_meeting
from lms.testing.factories.certificates import make_completion
from lms.testing.factories.institutions import make_institution
from lms.testing.factories.learning import make_cohort, make_enrolment

PEOPLE = 1_000
INSTITUTIONS = 20
GOAL = Row(name="goal", value=30, unit="s")
"""What a thousand documents may take, from the first job to the last."""


@dataclass(slots=True)
class Issued:
    """How issuing went."""

    parts: list[float] = field(default_factory=list)
    """Seconds of each job."""
    memory: list[float] = field(default_factory=list)
    """Megabytes of the process after each job."""
    processor: float = 0.0
    seconds: float = 0.0


def measure() -> Iterator[Row]:
    """Give what a bulk run takes for all and for each, and what it holds."""
    with tempfile.TemporaryDirectory() as folder:
        app, _ = installed(Path(folder))
        cohort_id, enrolment_ids = make_hall(app, PEOPLE)
        issued = _issue(app, cohort_id, enrolment_ids)
        yield from _told(app, issued, Path(folder))


def make_hall(app: Flask, people: int) -> tuple[UUID, list[UUID]]:
    """Make a cohort in which so many people completed the course and were at two meetings."""
    with app.test_request_context(), unit_of_work():
        cohort = make_cohort()
        meetings = [make_meeting(cohort, title=title) for title in ("Apertura", "Cierre")]
        places = [make_institution() for _ in range(min(people, INSTITUTIONS))]
        ids = []
        for number in range(people):
            enrolment = make_enrolment(cohort, make_person(), institution=places[number % len(places)])
            for meeting in meetings:
                make_mark(meeting, enrolment)
            make_completion(enrolment)
            close(enrolment.id, actor=SYSTEM, now=now())
            ids.append(enrolment.id)
        return cohort.id, ids


def order(app: Flask, cohort_id: UUID, enrolment_ids: Sequence[UUID]) -> UUID:
    """Order the certificados of a cohort's people and return the run."""
    with app.test_request_context(), unit_of_work():
        cohort = db.session.get_one(Cohort, cohort_id)
        run = bulk.order_run(cohort, enrolment_ids, kind=Kind.CERTIFICADO, actor=SYSTEM, now=now())
        return run.id


def _issue(app: Flask, cohort_id: UUID, enrolment_ids: Sequence[UUID]) -> Issued:
    order(app, cohort_id, enrolment_ids)
    issued, started, processor = Issued(), time.perf_counter(), time.process_time()
    while waiting := _waiting(app):
        for job_id in waiting:
            at = time.perf_counter()
            run_job(app, job_id)
            issued.parts.append(time.perf_counter() - at)
            issued.memory.append(_memory())
    issued.seconds, issued.processor = time.perf_counter() - started, time.process_time() - processor
    return issued


def _told(app: Flask, issued: Issued, folder: Path) -> Iterator[Row]:
    with app.app_context(), unit_of_work(read_only=True):
        run = db.session.scalars(select(IssueRun)).one()
        count = db.session.scalar(select(func.count()).select_from(Certificate)) or 0
        last = db.session.scalars(select(FolioCounter.last)).one()
        size = db.session.scalar(select(func.avg(Certificate.pdf_size))) or 0
    yield GOAL
    yield Row(name="issue.documents", value=count, unit="documents")
    yield Row(name="issue.last-folio", value=last, unit="documents")
    yield Row(name="issue.done", value=run.done, unit="people")
    yield Row(
        name="issue.whole", value=issued.seconds, unit="s", ratio=issued.seconds / GOAL.value, floor=GOAL.name
    )
    yield Row(name="issue.each", value=1000 * issued.seconds / count, unit="ms")
    yield Row(name="issue.processor-each", value=1000 * issued.processor / count, unit="ms")
    yield Row(name="issue.part-median", value=1000 * statistics.median(issued.parts), unit="ms")
    yield Row(name="issue.part-longest", value=1000 * max(issued.parts), unit="ms")
    yield Row(name="issue.file", value=float(size) / 1000, unit="KB")
    tenth = len(issued.memory) // 10
    yield Row(name="issue.memory", value=issued.memory[-1] - issued.memory[tenth], unit="MB more")
    yield Row(name="issue.kept", value=sum(each.stat().st_size for each in folder.rglob("*") if each.is_file()) / 1e6,
              unit="MB")  # fmt: skip


def _waiting(app: Flask) -> Sequence[UUID]:
    with app.app_context(), unit_of_work(read_only=True):
        mine = select(Job.id).where(Job.code == IssuePart.code, Job.state == JobState.QUEUED)
        return db.session.scalars(mine).all()


def _memory() -> float:
    """Return the megabytes that the process keeps in memory."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

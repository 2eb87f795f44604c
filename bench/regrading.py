"""Correcting a key after 10,000 attempts: the preview, the jobs that apply it, how long one writes, and the memory."""

import os
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import event, insert, select
from sqlalchemy.orm import DeclarativeBase

from bench.rows import Row
from bench.sittings import installed, quiz_release
from lms.accounts.models import Person
from lms.assessments.attempts.models import Answer, Attempt
from lms.assessments.attempts.queries import get_quiz
from lms.assessments.grading import regrading
from lms.assessments.grading.corrections import Change
from lms.assessments.grading.effects import page_of_effects, preview
from lms.assessments.grading.messages import RegradeBatch
from lms.assessments.grading.models import Regrade
from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.core.db import db, unit_of_work
from lms.core.ids import new_id
from lms.core.jobs.models import Job, JobState
from lms.core.jobs.runner import run_job
from lms.learning.models import Enrolment
from lms.testing.factories.accounts import make_person
from lms.testing.factories.assessments import make_result, quizzes_of
from lms.testing.factories.learning import make_cohort, make_enrolment

ATTEMPTS = 10_000
WRONG = (0, 5)
"""Half of the people answer all of it right, half miss five questions of twenty: one more point passes them."""
PREVIEWS = 5
ROWS = 500
"""Rows of one INSERT."""


@dataclass(slots=True)
class Applied:
    """How applying a correction went."""

    seconds: float = 0.0
    batches: list[float] = field(default_factory=list)
    """Seconds of each job."""
    steps: list[int] = field(default_factory=list)
    """Attempts that the page says are done, after each job."""
    held: list[float] = field(default_factory=list)
    """Seconds for which each transaction kept other writers waiting."""
    memory: list[float] = field(default_factory=list)
    """Megabytes of the process after each job."""


def measure() -> Iterator[Row]:
    """Give what previewing and applying a correction take for all attempts and for each, and what they hold."""
    with tempfile.TemporaryDirectory() as folder:
        app, _ = installed(Path(folder))
        unit_id, question_id, wrong = _fill(app)
        yield Row(name="regrade.attempts", value=ATTEMPTS, unit="attempts")
        before, taken = _memory(), [_preview(app, unit_id, question_id, wrong) for _ in range(PREVIEWS)]
        best = min(seconds for seconds, _ in taken)
        yield Row(name="preview.changed", value=taken[0][1], unit="attempts")
        yield Row(name="preview.whole", value=1000 * best, unit="ms")
        yield Row(name="preview.each", value=1e6 * best / ATTEMPTS, unit="µs")
        yield Row(name="preview.memory", value=_memory() - before, unit="MB more")
        applied = _apply(app, unit_id, question_id, wrong)
        yield from _told(app, applied)


def _told(app: Flask, applied: Applied) -> Iterator[Row]:
    with app.app_context(), unit_of_work(read_only=True):
        found = db.session.scalars(select(Regrade)).one()
    yield Row(name="apply.done", value=found.done, unit="attempts")
    yield Row(name="apply.changed", value=found.changed, unit="attempts")
    yield Row(name="apply.whole", value=applied.seconds, unit="s")
    yield Row(name="apply.each-changed", value=1000 * applied.seconds / found.changed, unit="ms")
    yield Row(name="apply.jobs", value=len(applied.batches), unit="jobs")
    yield Row(
        name="apply.progress-grows", value=float(applied.steps == sorted(set(applied.steps))), unit="1 = yes"
    )
    yield Row(name="apply.job-median", value=1000 * statistics.median(applied.batches), unit="ms")
    yield Row(name="apply.lock-median", value=1000 * statistics.median(applied.held), unit="ms")
    yield Row(name="apply.lock-longest", value=1000 * max(applied.held), unit="ms")
    tenth = len(applied.memory) // 10
    yield Row(name="apply.memory", value=applied.memory[-1] - applied.memory[tenth], unit="MB more")


def _fill(app: Flask) -> tuple[UUID, str, str]:
    """Make the attempts; return the quiz, a question of it and what the people who missed it answered."""
    with app.test_request_context(), unit_of_work():
        cohort = make_cohort(release=quiz_release())
        for wrong in WRONG:
            enrolment = make_enrolment(cohort, make_person(email=f"con-{wrong}@example.org"))
            quiz = quizzes_of(enrolment)[0]
            attempt = make_result(enrolment, quiz, wrong=wrong)
            _copy(attempt, ATTEMPTS // len(WRONG) - 1)
        asked = db.session.scalars(select(Answer).where(Answer.attempt_id == attempt.id)).all()
        missed = next(each for each in asked if not each.earned)
        return quiz.id, missed.question_id, missed.chosen[0]


def _copy(attempt: Attempt, times: int) -> None:
    enrolment = db.session.get_one(Enrolment, attempt.enrolment_id)
    person = db.session.get_one(Person, enrolment.person_id)
    answers = db.session.scalars(select(Answer).where(Answer.attempt_id == attempt.id)).all()
    db.session.flush()
    for start in range(0, times, ROWS):
        rows: dict[type[DeclarativeBase], list[dict[str, Any]]] = {
            each: [] for each in (Person, Enrolment, Attempt, Answer)
        }
        for number in range(start, min(start + ROWS, times)):
            who = {"id": new_id(), "email": f"{attempt.id}-{number}@example.org"}
            rows[Person].append({**_values(person), **who})
            part = {"id": new_id(), "person_id": who["id"], "last_unit_id": None}
            rows[Enrolment].append({**_values(enrolment), **part})
            sat = {"id": new_id(), "enrolment_id": part["id"]}
            rows[Attempt].append({**_values(attempt), **sat})
            rows[Answer] += [{**_values(each), "id": new_id(), "attempt_id": sat["id"]} for each in answers]
        for table, values in rows.items():
            db.session.execute(insert(table), values)


def _values(row: DeclarativeBase) -> Mapping[str, Any]:
    return {each.key: getattr(row, each.key) for each in type(row).__mapper__.column_attrs}


def _preview(app: Flask, unit_id: UUID, question_id: str, wrong: str) -> tuple[float, int]:
    with app.test_request_context(), unit_of_work(read_only=True):
        began = time.perf_counter()
        quiz = get_quiz(unit_id)
        correction = regrading.correction_of(quiz, question_id, Change.ACCEPT, wrong)
        found = preview(unit_id, question_id, correction, regrading.scope_of(SYSTEM))
        page_of_effects(found, question_id, correction, 1)
        return time.perf_counter() - began, len(found.changed)


def _apply(app: Flask, unit_id: UUID, question_id: str, wrong: str) -> Applied:
    applied = Applied()
    began: list[float] = []
    with app.app_context():
        engine = db.engine

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement == "BEGIN IMMEDIATE":
            began[:] = [time.perf_counter()]

    def commit(_connection: object) -> None:
        if began:
            applied.held.append(time.perf_counter() - began.pop())

    with app.test_request_context(), unit_of_work():
        regrading.order_regrade(
            get_quiz(unit_id), question_id, Change.ACCEPT, wrong, reason="La clave estaba mal.",
            actor=SYSTEM, now=now(),
        )  # fmt: skip
    event.listen(engine, "after_cursor_execute", note)
    event.listen(engine, "commit", commit)
    started = time.perf_counter()
    while waiting := _waiting(app):
        for job_id in waiting:
            at = time.perf_counter()
            run_job(app, job_id)
            applied.batches.append(time.perf_counter() - at)
        applied.steps.append(_done(app))
        applied.memory.append(_memory())
    applied.seconds = time.perf_counter() - started
    event.remove(engine, "after_cursor_execute", note)
    event.remove(engine, "commit", commit)
    return applied


def _waiting(app: Flask) -> Sequence[UUID]:
    with app.app_context(), unit_of_work(read_only=True):
        mine = select(Job.id).where(Job.code == RegradeBatch.code, Job.state == JobState.QUEUED)
        return db.session.scalars(mine).all()


def _done(app: Flask) -> int:
    with app.app_context(), unit_of_work(read_only=True):
        return db.session.scalars(select(Regrade.done)).one()


def _memory() -> float:
    """Return the megabytes that the process keeps in memory."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

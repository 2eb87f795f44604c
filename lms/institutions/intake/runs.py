"""Long files: kept in parts, judged and saved one part in one transaction, so that a fall costs one part."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import delete, func, select

from lms.accounts.queries import get_person, list_assignments
from lms.core.actors import Actor, actor_for
from lms.core.calendar import today
from lms.core.context import role_grants
from lms.core.db import db
from lms.core.ids import new_id
from lms.core.jobs.orders import enqueue
from lms.core.tabular import Sheet, SheetRow
from lms.core.workbooks import Form
from lms.institutions.intake import people, service
from lms.institutions.intake.errors import RunBusy
from lms.institutions.intake.messages import ForgetRun, JudgeBatch, SaveBatch
from lms.institutions.intake.models import IntakeBatch, IntakeRun, RunState
from lms.institutions.intake.people import PersonPlan
from lms.institutions.intake.reading import read_lines
from lms.institutions.intake.rules import Tally, Wishes, tally

BATCH: Final = 500
"""Rows of one transaction: on SQLite other writers wait for it, about half a second."""
MOST_LARGE: Final = 25_000
"""Rows of the longest file."""
KEPT_FOR: Final = timedelta(days=7)


def start_run(sheet: Sheet, *, name: str, form: Form, actor: Actor, now: datetime) -> IntakeRun:
    """Keep a long file in parts and order that they are judged; raises ColumnsMissing."""
    twins = people.find_twins(read_lines(sheet, people.FIELDS))
    run = IntakeRun(
        id=new_id(),
        person_id=actor.person_id,
        file_name=name[:80],
        file_format=form.value,
        header=list(sheet.header),
        state=RunState.JUDGING,
        total=len(sheet.rows),
        done=0,
        as_of=today(),
        created_at=now,
    )
    db.session.add(run)
    db.session.flush()
    for number, start in enumerate(range(0, len(sheet.rows), BATCH)):
        rows = [
            [row.line, list(row.cells), twins.get(row.line, 0)] for row in sheet.rows[start : start + BATCH]
        ]
        db.session.add(IntakeBatch(id=new_id(), run_id=run.id, number=number, rows=rows))
    db.session.flush()
    enqueue(ForgetRun(run_id=str(run.id)), now=now, key=f"intake-run:{run.id}", run_at=now + KEPT_FOR)
    _order(run, 0, now)
    return run


def judge_batch(run: IntakeRun, number: int, *, now: datetime) -> None:
    """Compare one part with what is known and keep the verdicts; judging it again changes nothing."""
    batch = _hold(run, number)
    if run.state is not RunState.JUDGING or batch is None:
        return
    if batch.verdicts is None:
        _keep(batch, _plan(run, batch))
    _go_on(run, number, RunState.JUDGED, now)


def confirm_run(run: IntakeRun, wishes: Wishes, *, now: datetime) -> None:
    """Order that a judged file is saved; saying so again changes nothing. Raises RunBusy."""
    if run.state is RunState.JUDGING:
        raise RunBusy
    if run.state is not RunState.JUDGED:
        return
    run.state, run.done = RunState.SAVING, 0
    run.invites, run.adds_possible = wishes.invites, wishes.adds_possible
    _order(run, 0, now)


def save_batch(run: IntakeRun, number: int, *, now: datetime) -> None:
    """Save one part with the people as they are now; a part that was saved is not touched again."""
    batch = _hold(run, number)
    if run.state is not RunState.SAVING or batch is None:
        return
    if batch.saved is None:
        plans = _plan(run, batch)
        wishes = Wishes(invites=run.invites, adds_possible=run.adds_possible)
        done = service.save_people(plans, wishes, actor=_actor(run), now=now)
        _keep(batch, plans)
        batch.saved = _counts(done)
    _go_on(run, number, RunState.SAVED, now)


def resume_run(run: IntakeRun, *, now: datetime) -> None:
    """Order the first part that is not done, for a file whose jobs were given up; harmless while they run."""
    if run.state not in {RunState.JUDGING, RunState.SAVING}:
        return
    column = IntakeBatch.verdicts if run.state is RunState.JUDGING else IntakeBatch.saved
    first = db.session.scalar(
        select(func.min(IntakeBatch.number)).where(IntakeBatch.run_id == run.id, column.is_(None))
    )
    _order(run, first or 0, now, again=f":{now:%Y%m%d%H%M}")


def find_run(run_id: str) -> IntakeRun | None:
    """Return a long file; None once it is forgotten."""
    return db.session.get(IntakeRun, UUID(run_id))


def forget_run(run_id: str) -> None:
    """Remove a long file with its parts."""
    db.session.execute(delete(IntakeRun).where(IntakeRun.id == UUID(run_id)))


def _hold(run: IntakeRun, number: int) -> IntakeBatch | None:
    """Return a part that nobody else works on meanwhile."""
    where = (IntakeBatch.run_id == run.id, IntakeBatch.number == number)
    return db.session.scalar(select(IntakeBatch).where(*where).with_for_update())


def _plan(run: IntakeRun, batch: IntakeBatch) -> list[PersonPlan]:
    rows = tuple(SheetRow(line, tuple(cells)) for line, cells, _twin in batch.rows)
    twins = {line: twin for line, _cells, twin in batch.rows if twin}
    return people.plan_people(Sheet(tuple(run.header), rows), actor=_actor(run), on=run.as_of, twins=twins)


def _actor(run: IntakeRun) -> Actor:
    """Return who sent the file, with what they may do now."""
    person = get_person(run.person_id)
    return actor_for(person.id, person.name, list_assignments(person.id), role_grants())


def _keep(batch: IntakeBatch, plans: Sequence[PersonPlan]) -> None:
    verdicts = [plan.verdict for plan in plans]
    batch.verdicts = [[each.outcome.value, each.label, each.detail] for each in verdicts]
    batch.counts = _counts(tally(verdicts))
    db.session.flush()


def _counts(done: Tally) -> dict[str, int]:
    return {outcome.value: count for outcome, count in done.counts.items()}


def _go_on(run: IntakeRun, number: int, end: RunState, now: datetime) -> None:
    run.done = min(run.total, (number + 1) * BATCH)
    if run.done < run.total:
        _order(run, number + 1, now)
        return
    run.state = end
    run.finished_at = now if end is RunState.SAVED else None


def _order(run: IntakeRun, number: int, now: datetime, *, again: str = "") -> None:
    kind = JudgeBatch if run.state is RunState.JUDGING else SaveBatch
    key = f"intake:{run.id}:{kind.code}:{number}{again}"
    enqueue(kind(run_id=str(run.id), number=number), now=now, key=key)

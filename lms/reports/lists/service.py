"""What can be done with lists of enrolments; the only writer of their table."""

import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from sqlalchemy import select

from lms.accounts.queries import get_person
from lms.core import private_files
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.ids import new_id
from lms.core.jobs.orders import Progress, enqueue
from lms.institutions.programmes.models import Programme
from lms.institutions.programmes.queries import get_programme
from lms.reports.lists.messages import MakeList
from lms.reports.lists.models import EnrolmentList
from lms.reports.lists.queries import job_key
from lms.reports.tallies.exporting import export

KEPT_FOR: Final = timedelta(days=2)
"""It holds names: long enough to take it, no longer."""


def order_list(programme: Programme, form: str, *, person_id: UUID, now: datetime) -> EnrolmentList:
    """Order the file, for whoever asked and may read everything now."""
    key = new_id()
    enqueue(MakeList(list_id=str(key)), now=now, key=job_key(key))
    found = EnrolmentList(
        id=key, programme_id=programme.id, person_id=person_id, form=form, asked_at=now, erase_at=now + KEPT_FOR,
        finished_at=None,
    )  # fmt: skip
    db.session.add(found)
    db.session.flush()
    return found


def make_list(found: EnrolmentList, progress: Progress, *, now: datetime) -> None:
    """Write the file and keep it in private; no part of it waits in memory. Asking again changes nothing."""
    if found.finished_at:
        return
    programme = get_programme(found.programme_id)
    actor = Actor(person_id=found.person_id, name=get_person(found.person_id).name)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"lista.{found.form}"
        rows = export(programme, path, actor=actor, now=now, progress=progress)
        found.digest, found.size, found.rows = (
            private_files.keep_file(found.id, path),
            path.stat().st_size,
            rows,
        )
    found.finished_at = now


def forget_lists(now: datetime) -> int:
    """Erase lists whose days are over, and return how many."""
    found = db.session.scalars(select(EnrolmentList).where(EnrolmentList.erase_at <= now)).all()
    for each in found:
        forget(each)
    return len(found)


def forget(found: EnrolmentList) -> None:
    """Erase a list with its file."""
    if found.digest:
        private_files.forget(found.digest)
    db.session.delete(found)

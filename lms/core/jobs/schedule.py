"""Schedules: the present time slot of each becomes one job row, whoever looks first."""

import logging
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from lms.core.db import db, unit_of_work
from lms.core.jobs.context import current_jobs
from lms.core.jobs.models import Job
from lms.core.jobs.orders import Schedule, enqueue

log = logging.getLogger(__name__)


def slot_key(schedule: Schedule, now: datetime) -> str:
    """Return the key of the present slot: the code and when the slot began, counted from 1970 in UTC."""
    began = int(now.timestamp()) // schedule.every_seconds * schedule.every_seconds
    return f"{schedule.order.code}@{datetime.fromtimestamp(began, UTC):%Y-%m-%dT%H:%M:%SZ}"


def run_schedules(now: datetime) -> int:
    """Write the rows of the present slots that are missing and return how many.

    Slots that passed while no worker was there are not made up for: one run catches up with all of them.
    """
    wanted = {slot_key(schedule, now): schedule for schedule in current_jobs().schedules}
    with unit_of_work(read_only=True):
        known = set(db.session.scalars(select(Job.key).where(Job.key.in_(wanted))))
    return sum(_write_slot(schedule, key, now) for key, schedule in wanted.items() if key not in known)


def _write_slot(schedule: Schedule, key: str, now: datetime) -> bool:
    try:
        with unit_of_work():
            enqueue(schedule.order, now=now, key=key)
    except IntegrityError:
        log.debug("another worker wrote %s", key)
        return False
    return True

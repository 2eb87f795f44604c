import threading
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

import pytest
from sqlalchemy import select

from lms.core.db import db, unit_of_work
from lms.core.jobs.models import Job
from lms.core.jobs.orders import Order, Schedule
from lms.core.jobs.schedule import run_schedules, slot_key


@dataclass(frozen=True, kw_only=True)
class Chime(Order):
    code: ClassVar[str] = "sample.chime"


HOURLY = Schedule(order=Chime(), every_seconds=3600)
CHIMES = [{Chime: lambda order, progress: None}]


def keys(app):
    with app.app_context(), unit_of_work(read_only=True):
        return sorted(db.session.scalars(select(Job.key).where(Job.code == Chime.code)))


def run(app, now):
    with app.app_context():
        return run_schedules(now)


def test_a_slot_is_one_job_however_often_one_looks(make_app, noon):
    app = make_app(CHIMES, [HOURLY])
    for minutes in (0, 1, 59):
        run(app, noon + timedelta(minutes=minutes))
    assert keys(app) == ["sample.chime@2026-11-20T12:00:00Z"]


def test_the_next_slot_is_the_next_job(make_app, noon):
    app = make_app(CHIMES, [HOURLY])
    run(app, noon)
    run(app, noon + timedelta(hours=1))
    assert len(keys(app)) == 2


def test_after_a_long_absence_only_the_present_slot_is_made(make_app, noon):
    app = make_app(CHIMES, [HOURLY])
    run(app, noon)
    run(app, noon + timedelta(days=9))
    assert keys(app) == ["sample.chime@2026-11-20T12:00:00Z", "sample.chime@2026-11-29T12:00:00Z"]


def test_workers_that_look_at_the_same_instant_make_one_job(make_app, noon):
    apps = [make_app(CHIMES, [HOURLY]) for _ in range(4)]
    start = threading.Barrier(len(apps))
    written = []

    def look(app):
        start.wait(20)
        written.append(run(app, noon))

    threads = [threading.Thread(target=look, args=(app,)) for app in apps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(written) == 4
    assert len(keys(apps[0])) == 1


def test_a_slot_starts_on_a_round_time(noon):
    assert slot_key(HOURLY, noon + timedelta(minutes=59, seconds=59)) == "sample.chime@2026-11-20T12:00:00Z"


def test_an_order_cannot_be_scheduled_twice(make_app):
    with pytest.raises(ValueError, match="twice"):
        make_app(CHIMES, [HOURLY, Schedule(order=Chime(), every_seconds=60)])


def test_a_schedule_needs_a_handler(make_app):
    with pytest.raises(ValueError, match="Nobody handles"):
        make_app([], [HOURLY])

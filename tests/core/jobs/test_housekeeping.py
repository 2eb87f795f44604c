from datetime import timedelta
from uuid import uuid4

from sqlalchemy import inspect, select, text

from lms.core.actors import SYSTEM
from lms.core.audit import AuditEntry, verify_chain
from lms.core.clock import freeze
from lms.core.db import db, unit_of_work
from lms.core.events import publish
from lms.core.jobs.housekeeping import SCHEDULES, ForgetOldJobs, ForgetRateCounts, LearnSizes, SealAudit
from lms.core.jobs.messages import JobRetried
from lms.core.jobs.models import Job, JobState
from lms.core.jobs.orders import enqueue
from lms.core.jobs.worker import drain
from lms.core.limits import RateCount
from lms.testing.sample_jobs import WriteRow


def do(app, order, now):
    with app.app_context(), unit_of_work():
        enqueue(order, now=now)
    with freeze(now):
        drain(app)


def test_done_jobs_are_forgotten_after_their_days_and_dead_ones_never(app, noon):
    old, recent = noon - timedelta(days=31), noon - timedelta(days=2)
    with app.app_context(), unit_of_work():
        for code, state, finished_at in (
            (WriteRow.code, JobState.DONE, old),
            (WriteRow.code, JobState.DONE, recent),
            (WriteRow.code, JobState.DEAD, old),
            ("gone.plugin", JobState.DONE, old),
            (SealAudit.code, JobState.DONE, recent),
        ):
            db.session.add(
                Job(code=code, payload={}, state=state, created_at=old, run_at=old, finished_at=finished_at)
            )
    do(app, ForgetOldJobs(), noon)
    with app.app_context():
        left = db.session.execute(select(Job.code, Job.state).where(Job.code != ForgetOldJobs.code)).all()
    assert sorted(left) == [(WriteRow.code, JobState.DEAD), (WriteRow.code, JobState.DONE)]


def test_sealing_leaves_no_entry_open_and_a_chain_that_holds(app, noon):
    with app.app_context(), unit_of_work():
        for _ in range(3):
            publish(JobRetried(at=noon, actor=SYSTEM, subject_id=uuid4(), job_code="a"))
    do(app, SealAudit(), noon)
    with app.app_context():
        assert None not in set(db.session.scalars(select(AuditEntry.seal)))
        assert verify_chain() is None


def test_spent_rate_counts_are_deleted(app, noon):
    with app.app_context(), unit_of_work():
        db.session.add(RateCount(key="over", hits=3, expires_at=noon.timestamp() - 1))
        db.session.add(RateCount(key="open", hits=3, expires_at=noon.timestamp() + 60))
    do(app, ForgetRateCounts(), noon)
    with app.app_context():
        assert list(db.session.scalars(select(RateCount.key))) == ["open"]


def test_sizes_are_learned_where_the_database_does_not_do_so_itself(app, noon):
    do(app, LearnSizes(), noon)
    with app.app_context():
        is_kept = inspect(db.engine).has_table("sqlite_stat1")
        assert is_kept == (db.engine.dialect.name == "sqlite")
        if is_kept:
            known = set(db.session.scalars(text("SELECT tbl FROM sqlite_stat1")))
            assert known == set(inspect(db.engine).get_table_names())


def test_the_core_schedules_its_own_jobs(app):
    assert {schedule.order.code for schedule in SCHEDULES} == {
        "core.seal-audit",
        "core.forget-old-jobs",
        "core.forget-rate-counts",
        "core.learn-sizes",
        "core.sweep-files",
    }

"""The core's own jobs: seal the audit trail, look after the database, forget what is spent or no row names."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from sqlalchemy import ColumnElement, delete

from lms.core.audit import seal_entries
from lms.core.clock import now
from lms.core.context import current_storage
from lms.core.db import db, learn_sizes
from lms.core.i18n import _l
from lms.core.jobs.context import current_jobs
from lms.core.jobs.models import Job, JobState
from lms.core.jobs.orders import Handlers, Order, Progress, Schedule, enqueue
from lms.core.limits import RateCount
from lms.core.sweeping import LEFT_FOR, PARTS, sweep
from lms.core.text import Text

HOUR_SECONDS = 60 * 60
DAY_SECONDS = 24 * HOUR_SECONDS
SEAL_AT_ONCE = 1000


@dataclass(frozen=True, kw_only=True)
class SealAudit(Order):
    """Seal the audit entries committed since the last time."""

    code: ClassVar[str] = "core.seal-audit"
    label: ClassVar[Text] = _l("Sellar la bitácora")
    keep_days: ClassVar[int] = 1


@dataclass(frozen=True, kw_only=True)
class ForgetOldJobs(Order):
    """Delete done jobs after the days that their order keeps them."""

    code: ClassVar[str] = "core.forget-old-jobs"
    label: ClassVar[Text] = _l("Borrar trabajos terminados hace tiempo")


@dataclass(frozen=True, kw_only=True)
class ForgetRateCounts(Order):
    """Delete rate counts whose window is over."""

    code: ClassVar[str] = "core.forget-rate-counts"
    label: ClassVar[Text] = _l("Borrar conteos de intentos vencidos")


@dataclass(frozen=True, kw_only=True)
class LearnSizes(Order):
    """Let the database count what its tables hold, where it does not do so by itself."""

    code: ClassVar[str] = "core.learn-sizes"
    label: ClassVar[Text] = _l("Medir las tablas de la base de datos")
    keep_days: ClassVar[int] = 1


@dataclass(frozen=True, kw_only=True)
class SweepFiles(Order):
    """Erase files of the storage that no row names: those of one part, and order the next."""

    code: ClassVar[str] = "core.sweep-files"
    label: ClassVar[Text] = _l("Borrar archivos que ningún registro nombra")
    keep_days: ClassVar[int] = 1
    part: str = PARTS[0]
    """What their hashes begin with."""


def seal_audit(_order: SealAudit, _progress: Progress) -> None:
    """Seal until nothing is left."""
    while seal_entries(SEAL_AT_ONCE) == SEAL_AT_ONCE:
        db.session.flush()


def forget_old_jobs(_order: ForgetOldJobs, _progress: Progress) -> None:
    """Delete each kind by its own term, and kinds that nobody handles any more by the usual one."""
    moment = now()
    kinds = current_jobs().kinds
    for kind in kinds:
        _forget(Job.code == kind.code, kind.keep_days, moment)
    _forget(Job.code.not_in([kind.code for kind in kinds]), Order.keep_days, moment)


def _forget(which: ColumnElement[bool], keep_days: int, moment: datetime) -> None:
    is_old = Job.finished_at < moment - timedelta(days=keep_days)
    db.session.execute(
        delete(Job)
        .where(which, Job.state == JobState.DONE, is_old)
        .execution_options(synchronize_session=False)
    )


def forget_rate_counts(_order: ForgetRateCounts, _progress: Progress) -> None:
    """Delete counts that mean nothing any more."""
    db.session.execute(delete(RateCount).where(RateCount.expires_at < now().timestamp()))


def learn_table_sizes(_order: LearnSizes, _progress: Progress) -> None:
    """Count; whoever connects from now on plans by it."""
    learn_sizes()


def sweep_files(order: SweepFiles, _progress: Progress) -> None:
    """Look at the storage before the first query; once a day also at what was left half-written."""
    moment = now()
    if order.part == PARTS[0]:
        current_storage().delete_unfinished(moment - LEFT_FOR)
    sweep(order.part, now=moment)
    following = PARTS[PARTS.index(order.part) + 1 :][:1]
    if following:
        enqueue(SweepFiles(part=following), now=moment, key=f"{order.code}:{following}:{moment:%Y%m%d}")


HANDLERS: Handlers = {
    SealAudit: seal_audit,
    ForgetOldJobs: forget_old_jobs,
    ForgetRateCounts: forget_rate_counts,
    LearnSizes: learn_table_sizes,
    SweepFiles: sweep_files,
}
SCHEDULES: tuple[Schedule, ...] = (
    Schedule(order=SealAudit(), every_seconds=60),
    Schedule(order=ForgetOldJobs(), every_seconds=DAY_SECONDS),
    Schedule(order=ForgetRateCounts(), every_seconds=DAY_SECONDS),
    Schedule(order=LearnSizes(), every_seconds=HOUR_SECONDS),
    Schedule(order=SweepFiles(), every_seconds=DAY_SECONDS),
)

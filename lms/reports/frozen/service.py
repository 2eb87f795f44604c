"""What can be done with quarterly reports; the only writer of their tables."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from lms.certificates.credentials.service import Sealed, note_signature
from lms.core.actors import SYSTEM, Actor
from lms.core.context import current_storage
from lms.core.db import db, savepoint
from lms.core.events import publish
from lms.core.ids import new_id
from lms.core.jobs.orders import enqueue
from lms.institutions.programmes.models import Programme
from lms.institutions.programmes.queries import get_programme
from lms.reports.frozen import queries
from lms.reports.frozen.correcting import protect_changes, protect_growth
from lms.reports.frozen.errors import NotDraft, NotLatest, QuarterAhead, ReportExists
from lms.reports.frozen.messages import (
    MakeReport,
    ReportApproved,
    ReportDiscarded,
    ReportIssued,
    ReportPrepared,
)
from lms.reports.frozen.models import QuarterlyReport, ReportCounter, ReportVersion, VersionState
from lms.reports.frozen.rules import Quarter, due_quarter, folio_of
from lms.reports.frozen.sending import send_to_all, tell_approvers
from lms.reports.frozen.snapshot import Snapshot, differences
from lms.reports.frozen.taking import take, told_again
from lms.reports.messages import ReportTaken


def prepare(programme: Programme, quarter: Quarter, *, actor: Actor, now: datetime) -> ReportVersion:
    """Take the figures of a quarter for its first version; raises QuarterAhead and ReportExists."""
    if quarter.first > now.astimezone(ZoneInfo(programme.timezone)).date():
        raise QuarterAhead
    if queries.find_report(programme.id, quarter.name):
        raise ReportExists
    report = QuarterlyReport(
        id=new_id(), programme_id=programme.id, period=quarter.name, started_at=now, folio=None
    )
    db.session.add(report)
    try:
        with savepoint():
            db.session.flush()
    except IntegrityError as error:
        raise ReportExists from error
    return _draft(report, 1, "", actor=actor, now=now)


def correct(version: ReportVersion, reason: str, *, actor: Actor, now: datetime) -> ReportVersion:
    """Begin the version that corrects the last issued one, with its words and new figures; raises NotLatest."""
    _hold(version.report)
    if (
        queries.list_versions(version.report_id)[0].id != version.id
        or version.state is not VersionState.ISSUED
    ):
        raise NotLatest
    return _draft(version.report, version.number + 1, reason, actor=actor, now=now)


def write_words(version: ReportVersion, *, introduction: str, remarks: str) -> None:
    """Set the words of a draft; raises NotDraft."""
    _hold_draft(version)
    snapshot = replace(Snapshot.from_plain(version.data), introduction=introduction, remarks=remarks)
    version.data = snapshot.plain()


def take_again(version: ReportVersion, *, actor: Actor, now: datetime) -> None:
    """Take the figures of a draft anew and keep its words; raises NotDraft."""
    _hold_draft(version)
    words = Snapshot.from_plain(version.data)
    snapshot = _taken(version.report, version.number, version.reason, now)
    version.data = replace(snapshot, introduction=words.introduction, remarks=words.remarks).plain()
    version.cut_off = now
    _say_prepared(version, actor, now)


def discard(version: ReportVersion, *, actor: Actor, now: datetime) -> None:
    """Throw a draft away, and the report with it when it has no other version; raises NotDraft."""
    _hold_draft(version)
    report, number = version.report, version.number
    publish(ReportDiscarded(at=now, actor=actor, subject_id=version.id, period=report.period, version=number))
    db.session.delete(version)
    db.session.flush()
    if number == 1:
        db.session.delete(report)


def approve(version: ReportVersion, *, sends_itself: bool, actor: Actor, now: datetime) -> None:
    """Freeze a draft: give its report a folio, keep the data file and order the others; raises NotDraft.

    What was approved is what is printed: the job has nothing but the data file.
    """
    _hold_draft(version)
    programme = get_programme(version.report.programme_id)
    folio = version.report.folio or _next_folio(programme, now)
    moment = now.astimezone(ZoneInfo(programme.timezone)).isoformat(timespec="seconds")
    snapshot = replace(Snapshot.from_plain(version.data), folio=folio, approved=moment)
    content = snapshot.to_json()
    digest = current_storage().put(content)
    version.report.folio = folio
    version.data, version.files = snapshot.plain(), {"json": {"sha256": digest, "size": len(content)}}
    version.state, version.approved_at, version.sends_itself = VersionState.MAKING, now, sends_itself
    enqueue(MakeReport(version_id=str(version.id), sha256=digest), now=now, key=queries.job_key(version.id))
    publish(ReportApproved(at=now, actor=actor, subject_id=version.id, folio=folio, version=version.number))


def keep_files(version: ReportVersion, files: dict[str, bytes], *, pdf: Sealed, now: datetime) -> None:
    """Keep the files that a job has made, the PDF as it was signed; keeping them again changes nothing."""
    if version.state is not VersionState.MAKING:
        return
    kept = {
        form: {"sha256": current_storage().put(content), "size": len(content)}
        for form, content in {"pdf": pdf.content, **files}.items()
    }
    folio = version.report.folio or ""
    note_signature(pdf, subject_id=version.id, folio=folio, at=now)
    version.files = {**version.files, **kept}
    version.state, version.issued_at = VersionState.ISSUED, now
    version.signed_with = pdf.identity.sha256 if pdf.identity else None
    publish(ReportIssued(at=now, actor=SYSTEM, subject_id=version.id, folio=folio, version=version.number))
    if version.sends_itself and queries.unsent_to(version):
        send_to_all(version, actor=SYSTEM, now=now)


def prepare_due(*, now: datetime) -> list[ReportVersion]:
    """Prepare the reports whose day has come: approved at once, or told to whoever approves them."""
    made = []
    for settings in queries.list_scheduled():
        programme = get_programme(settings.programme_id)
        today = now.astimezone(ZoneInfo(programme.timezone)).date()
        quarter = due_quarter(today, days_after=settings.days_after or 0)
        starts = Quarter.of(programme.starts_on)
        if quarter is None or quarter < starts or queries.find_report(programme.id, quarter.name):
            continue
        with suppress(ReportExists):  # somebody orders it in the same instant
            version = prepare(programme, quarter, actor=SYSTEM, now=now)
            made.append(version)
            if settings.sends_itself:
                approve(version, sends_itself=True, actor=SYSTEM, now=now)
            else:
                tell_approvers(version, now=now)
    return made


def note_taken(version: ReportVersion, form: str, *, actor: Actor, now: datetime) -> None:
    """Keep who took a file of an issued version away; nobody is named who came with the link of a letter."""
    publish(
        ReportTaken(
            at=now, actor=actor, subject_id=version.report.programme_id, folio=version.report.folio or "",
            version=version.number, form=form,
        )
    )  # fmt: skip


def _draft(
    report: QuarterlyReport, number: int, reason: str, *, actor: Actor, now: datetime
) -> ReportVersion:
    version = ReportVersion(
        id=new_id(), report_id=report.id, number=number, state=VersionState.DRAFT, cut_off=now, reason=reason,
        data=_taken(report, number, reason, now).plain(), files={}, report=report,
    )  # fmt: skip
    db.session.add(version)
    db.session.flush()
    _say_prepared(version, actor, now)
    return version


def _taken(report: QuarterlyReport, number: int, reason: str, now: datetime) -> Snapshot:
    """Return the figures now, with what they correct of the version before."""
    programme, quarter = get_programme(report.programme_id), Quarter.named(report.period)
    earlier = queries.latest_of(programme.id, period=quarter.previous.name) if quarter else None
    before = Snapshot.from_plain(earlier.data) if earlier else None
    others = [Snapshot.from_plain(each.data) for each in queries.list_others(report)]
    snapshot = protect_growth(others, take(report, programme, now=now, before=before))
    corrected = queries.last_issued(report.id)
    if corrected is None:
        return snapshot
    old = Snapshot.from_plain(corrected.data)
    issued = [Snapshot.from_plain(each.data) for each in queries.list_issued(report.id)]
    snapshot = told_again(protect_changes(issued, snapshot), before)
    return replace(
        snapshot, folio=old.folio, version=number, reason=reason, introduction=old.introduction,
        remarks=old.remarks, differences=differences(old, snapshot),
    )  # fmt: skip


def _say_prepared(version: ReportVersion, actor: Actor, now: datetime) -> None:
    period = version.report.period
    publish(ReportPrepared(at=now, actor=actor, subject_id=version.id, period=period, version=version.number))


def _hold(report: QuarterlyReport) -> None:
    """Hold a report until the transaction ends: two who change it come one after the other."""
    statement = select(QuarterlyReport.id).where(QuarterlyReport.id == report.id).with_for_update()
    db.session.execute(statement)


def _hold_draft(version: ReportVersion) -> None:
    """Hold a version and look again what it is; raises NotDraft."""
    found = queries.find_version(version.id)
    if found is None or found.state is not VersionState.DRAFT:
        raise NotDraft


def _next_folio(programme: Programme, now: datetime) -> str:
    """Return the next folio of an authority and year; its counter is locked until the transaction ends."""
    year = now.astimezone(ZoneInfo(programme.timezone)).year
    statement = (
        select(ReportCounter)
        .where(ReportCounter.authority == programme.code, ReportCounter.year == year)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    counter = db.session.scalar(statement)
    if counter is None:
        with suppress(IntegrityError), savepoint():  # somebody else may begin the year in the same instant
            db.session.add(ReportCounter(authority=programme.code, year=year, last=0))
        counter = db.session.scalars(statement).one()
    counter.last += 1
    return folio_of(programme.code, year, counter.last)

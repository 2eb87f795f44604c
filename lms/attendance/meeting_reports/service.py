"""What can be done with reports of calls; the only writer of their tables. Every verb may be asked twice."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from lms.attendance import service as register
from lms.attendance.errors import MeetingCancelled, RollTooEarly
from lms.attendance.kiosk.service import Stranger, write_down
from lms.attendance.meeting_reports import queries, reviewing, tables
from lms.attendance.meeting_reports.errors import ColumnsUnclear, ReportApplied, ReportUnread, SessionsMissing
from lms.attendance.meeting_reports.matching import Participant
from lms.attendance.meeting_reports.messages import (
    CallColumnsNamed,
    CallNameDecided,
    CallNameForgotten,
    CallReportApplied,
    CallReportErased,
    CallReportSent,
)
from lms.attendance.meeting_reports.models import LONGEST_NAME, CallAlias, CallColumns, CallReport
from lms.attendance.meeting_reports.planning import METHOD, Change, token_of
from lms.attendance.meeting_reports.queries import KeptReport
from lms.attendance.meeting_reports.reviewing import Review
from lms.attendance.meeting_reports.tables import MOST_ROWS, Field
from lms.attendance.models import Meeting
from lms.attendance.recording import Sighting
from lms.attendance.rules import Device
from lms.core import private_files
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.events import publish
from lms.core.i18n import _
from lms.core.ids import new_id
from lms.core.storage import digest_of
from lms.core.tabular import FileEmpty, FileTooLong, most_bytes
from lms.institutions.programmes.models import Programme
from lms.learning.models import Enrolment

HELD_LIFE: Final = timedelta(days=2)
"""How long a file is kept that nobody applies."""
FILE_LIFE: Final = timedelta(days=90)
"""How long the file of a report is kept after it was applied: time to complain about a mark."""


def send(meeting: Meeting, content: bytes, *, name: str, actor: Actor, now: datetime) -> CallReport:
    """Keep a report to be looked at; the same file at the same meeting is the same report.

    Raises MeetingCancelled, RollTooEarly, FileEmpty, FileTooLong and FileUnreadable.
    """
    if meeting.cancelled_at:
        raise MeetingCancelled
    if meeting.starts_at > now:
        raise RollTooEarly
    if len(content) > most_bytes(MOST_ROWS):
        raise FileTooLong
    if not tables.heading_of(content):
        raise FileEmpty
    tables.find_tables(content)
    queries.lock_meetings([meeting.id])
    digest = digest_of(content)
    report = queries.find_sent(meeting.id, digest)
    if report and report.has_file:
        return report
    if report is None:
        report = CallReport(id=new_id(), meeting_id=meeting.id, cohort_id=meeting.cohort_id, digest=digest)
        db.session.add(report)
    report.name, report.sent_by, report.sent_at = name[-LONGEST_NAME:], actor.person_id, now
    report.erase_at = now + HELD_LIFE
    report.file_id = new_id()
    report.file_digest = private_files.keep(report.file_id, content)
    db.session.flush()
    publish(CallReportSent(at=now, actor=actor, subject_id=report.id, meeting_id=meeting.id))
    return report


def name_columns(
    programme: Programme, content: bytes, columns: Mapping[Field, int], *, actor: Actor, now: datetime
) -> None:
    """Remember what the columns of an unknown report tell, for every report with the same heading.

    Raises ColumnsUnclear.
    """
    someone = {Field.NAME, Field.FIRST_NAME, Field.EMAIL} & set(columns)
    if not someone or not ({Field.JOINED, Field.LEFT} <= set(columns) or Field.DURATION in columns):
        raise ColumnsUnclear
    heading = tables.fingerprint(tables.heading_of(content))
    queries.lock_programme(programme.id)
    known = queries.find_columns(programme.id, heading)
    if known is None:
        known = CallColumns(id=new_id(), programme_id=programme.id, heading=heading)
        db.session.add(known)
    known.columns = {name.value: at for name, at in columns.items()}
    db.session.flush()
    publish(CallColumnsNamed(at=now, actor=actor, subject_id=known.id, programme_id=programme.id))


def decide(
    cohort_id: UUID, participant: Participant, enrolment: Enrolment | None, *, actor: Actor, now: datetime
) -> CallAlias:
    """Remember whom a participant stands for in the calls of a cohort; without an enrolment, nobody of the group."""
    queries.lock_cohort(cohort_id)
    token, wanted = token_of(participant.key), enrolment.id if enrolment else None
    alias = queries.find_alias(cohort_id, token)
    if alias and alias.enrolment_id == wanted:
        return alias
    if alias is None:
        alias = CallAlias(id=new_id(), cohort_id=cohort_id, token=token)
        db.session.add(alias)
    alias.shown = (participant.name or participant.key)[:LONGEST_NAME]
    alias.enrolment_id, alias.decided_by, alias.decided_at = wanted, actor.person_id, now
    db.session.flush()
    publish(
        CallNameDecided(at=now, actor=actor, subject_id=alias.id, cohort_id=cohort_id, enrolment_id=wanted)
    )
    return alias


def forget(alias: CallAlias, *, actor: Actor, now: datetime) -> None:
    """Remember a name no more; marks that were given stay."""
    db.session.delete(alias)
    publish(CallNameForgotten(at=now, actor=actor, subject_id=alias.id, cohort_id=alias.cohort_id))


def add_walk_in(
    kept: KeptReport, participant: Participant, stranger: Stranger, *, actor: Actor, now: datetime
) -> Enrolment:
    """Enrol somebody who was in the call and on no list, who waits to be confirmed as others do, and remember the name.

    Raises InstitutionClosed and CohortFull.
    """
    local = kept.local
    _walk_in, own = write_down(
        local.meeting, local.cohort, stranger, arrived_at=local.meeting.starts_at, actor=actor, now=now
    )
    decide(kept.report.cohort_id, participant, own, actor=actor, now=now)
    return own


def apply(
    kept: KeptReport, chosen: Collection[UUID], *, replaces: bool, actor: Actor, now: datetime
) -> Review:
    """Write down at the chosen meetings what a report tells of the people who were matched; return what it did.

    Whatever is in the register already is not repeated, and what a person decided stays. With ``replaces`` the
    report stands for all that earlier ones said of the people it names. Raises FileErased, ReportUnread,
    SessionsMissing and MeetingCancelled.
    """
    report = kept.report
    queries.lock_meetings({*chosen, report.meeting_id})
    source = reviewing.read_source(kept, reviewing.content_of(report))
    if source is None:
        raise ReportUnread
    review = reviewing.review(kept, source, chosen=chosen, replaces=replaces, moment=now)
    if not chosen or {each.id for each in review.chosen} != set(chosen):
        raise SessionsMissing
    added = 0
    for local in review.chosen:
        changes = review.changes[local.id]
        sightings = [_sighting(each, review.people[each.enrolment_id].enrolment) for each in changes]
        if sightings:
            added += register.observe_all(local.meeting, sightings, actor=actor, now=now).added
    report.applied_at, report.erase_at = now, now + FILE_LIFE
    report.outcome = {"meetings": [str(each) for each in chosen], **review.count()}
    db.session.flush()
    publish(
        CallReportApplied(
            at=now, actor=actor, subject_id=report.id, meeting_id=report.meeting_id, added=added
        )
    )
    return review


def discard(report: CallReport, *, actor: Actor, now: datetime) -> None:
    """Erase a report from which no mark was given; raises ReportApplied."""
    if report.applied_at:
        raise ReportApplied
    erase(report, actor=actor, now=now)
    db.session.delete(report)


def erase(report: CallReport, *, actor: Actor, now: datetime) -> None:
    """Erase the file of a report, bytes first: should the rest fail, asking again ends it."""
    if report.file_digest:
        private_files.forget(report.file_digest)
    report.file_id, report.file_digest = None, ""
    publish(CallReportErased(at=now, actor=actor, subject_id=report.id, meeting_id=report.meeting_id))


def _sighting(change: Change, enrolment: Enrolment) -> Sighting:
    note = _("Línea %(line)s del reporte", line=change.line) if change.line else _("Corregido por un reporte")
    return Sighting(
        enrolment=enrolment,
        kind=change.kind,
        method=METHOD,
        happened_at=change.happened_at,
        device=Device.FILE,
        origin=change.origin,
        stay=change.stay,
        note=note,
    )

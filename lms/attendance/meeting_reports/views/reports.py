"""Sending a report, looking at what it would do, and applying it."""

from uuid import UUID

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue

from lms.attendance import words as marks
from lms.attendance.access import access_meeting_as_keeper
from lms.attendance.errors import RollTooEarly
from lms.attendance.meeting_reports import queries, reviewing, service, tables, words
from lms.attendance.meeting_reports.access import access_report
from lms.attendance.meeting_reports.errors import ColumnsUnclear
from lms.attendance.meeting_reports.forms import ColumnsForm, ReportForm, WordForm
from lms.attendance.meeting_reports.models import CallReport
from lms.attendance.meeting_reports.planning import token_of
from lms.attendance.meeting_reports.queries import KeptReport
from lms.attendance.meeting_reports.views.blueprint import bp
from lms.attendance.permissions import AttendancePermission
from lms.attendance.queries import LocalMeeting
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.errors import NotFound
from lms.core.i18n import _, n_
from lms.core.policy import requires
from lms.core.tabular import FileUnreadable
from lms.core.workbooks import Form, form_of
from lms.web.kit import go, render, say

CONTENT_TYPES = {
    Form.CSV: "text/csv",
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@bp.get("/meetings/<uuid:meeting_id>/call-reports")
@requires(AttendancePermission.KEEP_REGISTER)
def at_meeting(meeting_id: UUID) -> ResponseReturnValue:
    """Show the reports that tell of a meeting, and the form to send one."""
    return _sending(access_meeting_as_keeper(current_actor(), meeting_id), ReportForm())


@bp.post("/meetings/<uuid:meeting_id>/call-reports")
@requires(AttendancePermission.KEEP_REGISTER)
def send(meeting_id: UUID) -> ResponseReturnValue:
    """Keep a report and go on to what it would do."""
    actor = current_actor()
    local, form = access_meeting_as_keeper(actor, meeting_id), ReportForm()
    if not form.validate_on_submit():
        return _sending(local, form)
    sent = form.file.data
    with sent.stream:
        content = sent.read()
    try:
        report = service.send(local.meeting, content, name=sent.filename or "", actor=actor, now=now())
    except (FileUnreadable, RollTooEarly) as refusal:
        form.refuse("file", refusal.message)
        return _sending(local, form)
    return go(url_for(".report_page", report_id=report.id))


@bp.get("/call-reports/<uuid:report_id>")
@requires(AttendancePermission.KEEP_REGISTER)
def report_page(report_id: UUID) -> ResponseReturnValue:
    """Show what a report would do, or did; for an unknown one, ask what its columns are."""
    return _page(access_report(current_actor(), report_id))


@bp.post("/call-reports/<uuid:report_id>/columns")
@requires(AttendancePermission.KEEP_REGISTER)
def columns(report_id: UUID) -> ResponseReturnValue:
    """Remember what the columns of an unknown report tell."""
    actor = current_actor()
    kept, form = access_report(actor, report_id), ColumnsForm()
    content = reviewing.content_of(kept.report)
    form.fill(tables.heading_of(content))
    if not form.validate_on_submit():
        return _asking(kept, content, form)
    try:
        service.name_columns(kept.local.programme, content, form.columns, actor=actor, now=now())
    except ColumnsUnclear as refusal:
        form.refuse("name", refusal.message)
        return _asking(kept, content, form)
    return go(url_for(".report_page", report_id=report_id))


@bp.post("/call-reports/<uuid:report_id>/apply")
@requires(AttendancePermission.KEEP_REGISTER)
def apply(report_id: UUID) -> ResponseReturnValue:
    """Give the marks that follow from a report at the chosen meetings."""
    actor = current_actor()
    kept = access_report(actor, report_id)
    if WordForm().validate_on_submit():
        replaces = request.form.get("mode") != "add"
        done = service.apply(
            kept, _chosen(request.form.getlist("s")), replaces=replaces, actor=actor, now=now()
        )
        given = sum(reviewing.outcome_of(each.effect) in {"given", "changed"} for each in done.results)
        if given:
            say(
                n_(
                    "El reporte dio o cambió una asistencia.",
                    "El reporte dio o cambió %(num)s asistencias.",
                    given,
                )
            )
        else:
            say(_("El reporte no cambió ninguna asistencia."), "info")
    return go(url_for(".report_page", report_id=report_id))


@bp.post("/call-reports/<uuid:report_id>/discard")
@requires(AttendancePermission.KEEP_REGISTER)
def discard(report_id: UUID) -> ResponseReturnValue:
    """Erase a report that was not applied."""
    actor = current_actor()
    kept = access_report(actor, report_id)
    if WordForm().validate_on_submit():
        service.discard(kept.report, actor=actor, now=now())
        say(_("El reporte se borró. Ninguna asistencia cambió."))
    return go(url_for(".at_meeting", meeting_id=kept.local.id))


@bp.get("/call-reports/<uuid:report_id>/file")
@requires(AttendancePermission.KEEP_REGISTER)
def file(report_id: UUID) -> ResponseReturnValue:
    """Give the file back as it was sent."""
    kept = access_report(current_actor(), report_id)
    if not kept.report.has_file:
        raise NotFound
    content = reviewing.content_of(kept.report)
    form = form_of(content)
    response = Response(content, content_type=CONTENT_TYPES[form])
    response.headers.set("Content-Disposition", "attachment", filename=f"reporte.{form}")
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _sending(local: LocalMeeting, form: ReportForm) -> ResponseReturnValue:
    reports = [each for each in queries.list_reports(local.cohort.id) if _tells_of(each, local)]
    return render(
        "meeting_reports/meeting.html",
        status=422 if form.errors else 200,
        local=local,
        form=form,
        reports=reports,
        words=words,
        marks=marks,
        moment=now(),
    )


def _tells_of(report: CallReport, local: LocalMeeting) -> bool:
    covered = (report.outcome or {}).get("meetings", ())
    return report.meeting_id == local.id or str(local.id) in covered


def _page(kept: KeptReport) -> ResponseReturnValue:
    if not kept.report.has_file:
        return render(
            "meeting_reports/erased.html", kept=kept, report=kept.report, local=kept.local, words=words
        )
    content = reviewing.content_of(kept.report)
    source = reviewing.read_source(kept, content)
    if source is None:
        form = ColumnsForm()
        form.fill(tables.heading_of(content))
        return _asking(kept, content, form)
    before = (kept.report.outcome or {}).get("meetings", ())
    chosen = _chosen(request.args.getlist("s") or list(before))
    replaces = request.args.get("mode") != "add"
    return render(
        "meeting_reports/report.html",
        kept=kept,
        report=kept.report,
        local=kept.local,
        review=reviewing.review(kept, source, chosen=chosen, replaces=replaces, moment=now()),
        replaces=replaces,
        outcome_of=reviewing.outcome_of,
        token_of=token_of,
        words=words,
        marks=marks,
        form=WordForm(),
    )


def _asking(kept: KeptReport, content: bytes, form: ColumnsForm) -> ResponseReturnValue:
    return render(
        "meeting_reports/columns.html",
        status=422 if form.errors else 200,
        kept=kept,
        report=kept.report,
        local=kept.local,
        form=form,
        sample=tables.sample_of(content),
        word=WordForm(),
    )


def _chosen(ids: list[str]) -> set[UUID]:
    """Return the meetings that were chosen; what is no id is none."""
    found = set()
    for each in ids:
        try:
            found.add(UUID(each))
        except ValueError:
            continue
    return found

"""Printing the sheet, typing it in, keeping its picture."""

from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from lms.attendance import words
from lms.attendance.access import access_meeting_as_keeper
from lms.attendance.credits import offered_of
from lms.attendance.errors import MeetingCancelled
from lms.attendance.models import AttendanceState
from lms.attendance.paper import queries, rules, service
from lms.attendance.paper.access import KeptSheet, access_sheet_as_keeper
from lms.attendance.paper.errors import (
    CheckLetterWrong,
    NobodyEnrolled,
    RowMissing,
    RowsUnreadable,
    SheetTooEarly,
)
from lms.attendance.paper.forms import SIGNED, RowsForm, ScanForm, SignedForm
from lms.attendance.paper.queries import SheetRow
from lms.attendance.paper.service import Entered
from lms.attendance.permissions import AttendancePermission
from lms.attendance.rooms.access import room_of
from lms.attendance.rooms.queries import list_rooms, people_of
from lms.attendance.rules import Mark
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.errors import NotFound
from lms.core.i18n import _, n_
from lms.core.policy import requires
from lms.core.private_files import FileNotPaper, PaperTooLarge
from lms.learning.queries import list_roster
from lms.web.attachments import attachment
from lms.web.kit import go, render, say

bp = Blueprint("paper", __name__, url_prefix="/attendance", template_folder="templates")
MEETING, SHEET = "/meetings/<uuid:meeting_id>/paper", "/paper/<uuid:sheet_id>"
KEEP = AttendancePermission.KEEP_REGISTER


@bp.get(MEETING)
@requires(KEEP)
def sheets(meeting_id: UUID) -> ResponseReturnValue:
    """List the sheets of a meeting."""
    local = access_meeting_as_keeper(current_actor(), meeting_id)
    rooms = {room.id: room.name for room in list_rooms([local.id])}
    return render(
        "paper/sheets.html",
        local=local,
        sheets=queries.list_sheets(local.id),
        room=room_of(local, request.args.get("room", "")),
        rooms=rooms,
        form=SignedForm(),
    )


@bp.post(MEETING)
@requires(KEEP)
def prepare(meeting_id: UUID) -> ResponseReturnValue:
    """Make a sheet with everybody who takes part now, and show it."""
    actor = current_actor()
    local = access_meeting_as_keeper(actor, meeting_id)
    room = room_of(local, request.args.get("room", ""))
    try:
        sheet = service.prepare(local.meeting, room=room, actor=actor, now=now())
    except (NobodyEnrolled, MeetingCancelled) as refusal:
        say(refusal.message, "caution")
        return go(url_for(".sheets", meeting_id=local.id))
    return go(url_for(".sheet", sheet_id=sheet.id))


@bp.get(SHEET)
@requires(KEEP)
def sheet(sheet_id: UUID) -> ResponseReturnValue:
    """Show a sheet as it is printed, on A4."""
    kept = access_sheet_as_keeper(current_actor(), sheet_id)
    rows = queries.list_rows(kept.sheet)
    blank = [kept.sheet.code_of(number) for number in range(len(rows) + 1, len(rows) + 1 + rules.BLANK_ROWS)]
    return render(
        "paper/sheet.html", local=kept.local, sheet=kept.sheet, room=kept.room, rows=rows, blank=blank
    )


@bp.get(f"{SHEET}/entry")
@requires(KEEP)
def entry(sheet_id: UUID) -> ResponseReturnValue:
    """Show the rows, everybody with a signature unless other rows were typed."""
    kept, form = access_sheet_as_keeper(current_actor(), sheet_id), RowsForm(request.args)
    rows = queries.list_rows(kept.sheet)
    numbers = frozenset(row.number for row in rows)
    signed, is_typed = numbers, "rows" in request.args
    if is_typed and form.validate():
        try:
            typed = rules.read_rows(form.rows.data or "", sheet=kept.sheet.code, count=len(rows))
            signed = typed if form.say.data == SIGNED else numbers - typed
        except (RowsUnreadable, RowMissing, CheckLetterWrong) as refusal:
            form.refuse("rows", refusal.message)
    return _entry_page(kept, form, rows, signed)


@bp.post(f"{SHEET}/entry")
@requires(KEEP)
def enter(sheet_id: UUID) -> ResponseReturnValue:
    """Save who signed."""
    actor = current_actor()
    kept = access_sheet_as_keeper(actor, sheet_id)
    if SignedForm().validate_on_submit():
        signed = {int(each) for each in request.form.getlist("signed") if each.isdecimal() and len(each) < 6}
        try:
            others = _others(kept, len(queries.list_rows(kept.sheet)))
            result = service.enter(
                kept.sheet, kept.local.meeting, signed, others=others, actor=actor, now=now()
            )
        except (SheetTooEarly, MeetingCancelled, RowsUnreadable, RowMissing, CheckLetterWrong) as refusal:
            say(refusal.message, "caution")
        else:
            _tell(result)
    return go(url_for(".sheets", meeting_id=kept.local.id))


def _more_states(kept: KeptSheet) -> list[AttendanceState]:
    """Return the states in use that a signature, or its lack, does not say."""
    usual = {Mark.PRESENT.value, Mark.ABSENT.value}
    return [each for each in offered_of(kept.local.programme.id) if each.code not in usual]


def _others(kept: KeptSheet, count: int) -> dict[int, str]:
    """Return the rows to which somebody gave another state; raises what ``read_rows`` does."""
    return {
        number: state.code
        for state in _more_states(kept)
        for number in rules.read_rows(
            request.form.get(f"state-{state.code}", "").strip()[:600], sheet=kept.sheet.code, count=count
        )
    }


@bp.route(f"{SHEET}/scan", methods=["GET", "POST"])
@requires(KEEP)
def scan(sheet_id: UUID) -> ResponseReturnValue:
    """Keep a picture of the signed sheet."""
    actor, form = current_actor(), ScanForm()
    kept = access_sheet_as_keeper(actor, sheet_id)
    if form.validate_on_submit():
        try:
            service.keep_scan(kept.sheet, form.scan.data.read(), actor=actor, now=now())
        except (FileNotPaper, PaperTooLarge) as refusal:
            form.refuse("scan", refusal.message)
        else:
            say(_("Se guardó la imagen de la hoja %(code)s.", code=kept.sheet.code))
            return go(url_for(".sheets", meeting_id=kept.local.id))
    status = 422 if form.errors else 200
    return render("paper/scan.html", local=kept.local, sheet=kept.sheet, form=form, status=status)


@bp.get(f"{SHEET}/scan/file")
@requires(KEEP)
def scan_file(sheet_id: UUID) -> ResponseReturnValue:
    """Give the picture to whoever keeps the register."""
    kept = access_sheet_as_keeper(current_actor(), sheet_id)
    if not kept.sheet.has_scan:
        raise NotFound
    kind = kept.sheet.scan_format
    return attachment(service.scan_of(kept.sheet), kind=kind, name=f"hoja-{kept.sheet.code}.{kind}")


def _entry_page(
    kept: KeptSheet, form: RowsForm, rows: list[SheetRow], signed: frozenset[int]
) -> ResponseReturnValue:
    own = people_of(kept.room, kept.local.cohort.id) if kept.room else None
    current = [each for each in list_roster(kept.local.cohort.id) if own is None or each.enrolment_id in own]
    names = {each.enrolment_id: each.name for each in current}
    changes = rules.changes({row.number: row.enrolment.id for row in rows}, list(names))
    return render(
        "paper/entry.html",
        status=422 if form.errors else 200,
        local=kept.local,
        sheet=kept.sheet,
        form=form,
        rows=rows,
        signed=signed,
        changes=changes,
        gone=frozenset(changes.gone),
        fresh=[names[key] for key in changes.fresh],
        moved=rules.in_ranges(changes.moved),
        save_form=SignedForm(),
        more_states=_more_states(kept),
        words=words,
        is_ready=bool("rows" in request.args and not form.errors),
    )


def _tell(result: Entered) -> None:
    if result.saved:
        say(n_("Se guardó una asistencia.", "Se guardaron %(num)s asistencias.", result.saved))
    else:
        say(_("No había cambios que guardar."), "info")
    if result.contrary:
        names = ", ".join(f"{row.code} {row.name}" for row in result.contrary)
        say(
            _("La hoja dice otra cosa que la lista y la lista se conservó: %(names)s.", names=names),
            "caution",
        )
    if result.gone:
        names = ", ".join(f"{row.code} {row.name}" for row in result.gone)
        say(_("Ya no están en la cohorte y no se registraron: %(names)s.", names=names), "caution")

"""The days on which a programme's people do not work: one by one, or from a file."""

from datetime import date
from typing import cast
from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from lms.attendance.permissions import AttendancePermission
from lms.attendance.series import queries, service
from lms.attendance.series.forms import HolidayFileForm, HolidayForm
from lms.attendance.series.rules import read_day
from lms.attendance.series.views.blueprint import bp
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.errors import DomainError
from lms.core.i18n import _, n_
from lms.core.policy import requires
from lms.core.tabular import Sheet
from lms.core.workbooks import read_table
from lms.institutions.programmes.access import access_programme
from lms.institutions.programmes.models import Programme
from lms.web.kit import go, render, say

SET = AttendancePermission.SET_STATES
DAY_NAMES = frozenset({"fecha", "dia", "day", "date"})
REASON_NAMES = frozenset({"motivo", "nombre", "name"})


@bp.route("/attendance/programmes/<uuid:programme_id>/holidays", methods=["GET", "POST"])
@requires(SET)
def holidays(programme_id: UUID) -> ResponseReturnValue:
    """List the days and add one."""
    actor = current_actor()
    programme = access_programme(actor, SET, programme_id)
    form = HolidayForm()
    if form.validate_on_submit():
        days = {cast("date", form.day.data): str(form.name.data)}
        service.set_holidays(programme, days, actor=actor, now=now())
        say(_("Día inhábil guardado."))
        return go(url_for(".holidays", programme_id=programme.id))
    return _page(programme, form, HolidayFileForm())


@bp.post("/attendance/programmes/<uuid:programme_id>/holidays/file")
@requires(SET)
def holidays_from_file(programme_id: UUID) -> ResponseReturnValue:
    """Add all days of a file, or none while one of its lines is wrong."""
    actor = current_actor()
    programme = access_programme(actor, SET, programme_id)
    form = HolidayFileForm()
    days = _read(form) if form.validate_on_submit() else None
    if days is None:
        return _page(programme, HolidayForm(formdata=None), form)
    count = service.set_holidays(programme, days, actor=actor, now=now())
    say(n_("%(num)s día nuevo o con otro motivo.", "%(num)s días nuevos o con otro motivo.", count))
    return go(url_for(".holidays", programme_id=programme.id))


@bp.post("/attendance/programmes/<uuid:programme_id>/holidays/remove")
@requires(SET)
def remove_holidays(programme_id: UUID) -> ResponseReturnValue:
    """Take the chosen days from the list; meetings that are planned stay as they are."""
    actor = current_actor()
    programme = access_programme(actor, SET, programme_id)
    known = {str(each.id): each.id for each in queries.list_holidays(programme.id)}
    chosen = [known[key] for key in request.form.getlist("holiday") if key in known]
    count = service.remove_holidays(programme, chosen, actor=actor, now=now())
    say(n_("%(num)s día quitado.", "%(num)s días quitados.", count))
    return go(url_for(".holidays", programme_id=programme.id))


def _read(form: HolidayFileForm) -> dict[date, str] | None:
    upload = form.file.data
    try:
        sheet = read_table(upload.read() if upload else b"")
    except DomainError as refusal:
        form.refuse("file", refusal.message)
        return None
    return _days(form, sheet)


def _days(form: HolidayFileForm, sheet: Sheet) -> dict[date, str] | None:
    day_at, name_at = sheet.find(DAY_NAMES), sheet.find(REASON_NAMES)
    if day_at is None or name_at is None:
        form.refuse("file", _("Faltan las columnas fecha y motivo."))
        return None
    found: dict[date, str] = {}
    for row in sheet.rows:
        day, name = read_day(row.at(day_at)), row.at(name_at)[:120]
        if day is None or not name:
            form.refuse("file", _("Línea %(line)s: revise la fecha y el motivo.", line=row.line))
            return None
        found[day] = name
    return found


def _page(programme: Programme, form: HolidayForm, file_form: HolidayFileForm) -> ResponseReturnValue:
    return render(
        "series/holidays.html",
        programme=programme,
        form=form,
        file_form=file_form,
        found=queries.list_holidays(programme.id),
        status=422 if form.errors or file_form.errors else 200,
    )

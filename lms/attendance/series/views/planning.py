"""The page on which a series is planned: its days are seen before anything is written."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import request, url_for
from flask.typing import ResponseReturnValue

from lms.attendance.access import access_cohort_as_keeper
from lms.attendance.credits import minimum_share_of
from lms.attendance.errors import EndRefused, TimeSkipped
from lms.attendance.permissions import AttendancePermission
from lms.attendance.planning import values_on
from lms.attendance.rules import PlaceKind
from lms.attendance.series import queries, service
from lms.attendance.series.forms import SeriesForm
from lms.attendance.series.queries import Clash, Wanted
from lms.attendance.series.rules import Days, days_of, titled
from lms.attendance.series.views.blueprint import bp
from lms.attendance.service import MeetingValues
from lms.core.actors import Actor
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.i18n import _, current_language, n_
from lms.core.policy import requires
from lms.institutions.programmes.queries import get_programme
from lms.learning.models import Cohort
from lms.web.formats import long_date
from lms.web.kit import go, render, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What would be planned."""

    meetings: list[MeetingValues]
    days: Days
    clashes: list[Clash]

    @property
    def digest(self) -> str:
        """Return the days and hours as text: whoever confirms has seen them."""
        return " ".join(f"{each['starts_at']:%Y%m%d%H%M}" for each in self.meetings)


@bp.route("/attendance/cohorts/<uuid:cohort_id>/series/new", methods=["GET", "POST"])
@requires(AttendancePermission.KEEP_REGISTER)
def plan(cohort_id: UUID) -> ResponseReturnValue:
    """Show the days of a series with what it skips and meets, then plan it."""
    actor = current_actor()
    cohort = access_cohort_as_keeper(actor, cohort_id)
    form = SeriesForm()
    form.fill()
    if request.method == "GET":
        _propose(form, cohort)
    preview = _preview(form, cohort, actor) if form.validate_on_submit() else None
    if preview and form.plan.data and form.seen.data == preview.digest:
        service.plan_series(cohort, preview.meetings, minimum_share=form.share(), actor=actor, now=now())
        planned = len(preview.meetings)
        say(n_("%(num)s sesión programada.", "%(num)s sesiones programadas.", planned))
        return go(url_for("attendance.meetings", cohort_id=cohort.id))
    form.seen.data = preview.digest if preview else ""
    return render(
        "series/plan.html", form=form, cohort=cohort, preview=preview, status=422 if form.errors else 200
    )


def _propose(form: SeriesForm, cohort: Cohort) -> None:
    form.venue.data, form.timezone.data = cohort.venue, get_programme(cohort.programme_id).timezone
    form.place.data, form.day.data = PlaceKind.ON_SITE.value, cohort.starts_on
    form.title.data = _("Sesión #")
    form.minimum_share.data = str(minimum_share_of(cohort.programme_id))


def _preview(form: SeriesForm, cohort: Cohort, actor: Actor) -> Preview | None:
    pattern = form.pattern()
    if pattern is None:
        return None
    holidays = queries.holidays_by_day(cohort.programme_id) if form.skips_holidays.data else {}
    days = days_of(pattern, holidays)
    if not days.held:
        form.refuse("rhythm", _("Con esos datos no queda ningún día. Revise las fechas."))
        return None
    meetings = [_values(form, day, number) for number, day in enumerate(days.held, 1)]
    found = [each for each in meetings if each]
    if len(found) < len(meetings):
        return None
    return Preview(meetings=found, days=days, clashes=_clashes(found, actor))


def _values(form: SeriesForm, day: date, number: int) -> MeetingValues | None:
    try:
        values = values_on(form, day)
    except (EndRefused, TimeSkipped) as refusal:
        shown = long_date(day, language=current_language(), timezone=ZoneInfo("UTC"))
        field = "ends" if isinstance(refusal, EndRefused) else "starts"
        form.refuse(field, f"{shown}: {refusal.message}")
        return None
    values["title"] = titled(values["title"], number)
    return values


def _clashes(meetings: list[MeetingValues], actor: Actor) -> list[Clash]:
    wanted = [
        Wanted(
            starts_at=each["starts_at"],
            ends_at=each["ends_at"],
            venue=each["venue"],
            room=each.get("room", ""),
            facilitator=each["facilitator"],
        )
        for each in meetings
    ]
    return queries.find_clashes(wanted, actor=actor)

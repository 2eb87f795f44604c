"""Pages about the meetings of a cohort, for staff: the list, new and changed ones, calling one off."""

from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from lms.attendance import access, queries, register, service, words
from lms.attendance.credits import minimum_share_of
from lms.attendance.forms import MeetingForm
from lms.attendance.permissions import AttendancePermission
from lms.attendance.planning import read_values
from lms.attendance.queries import LocalMeeting
from lms.attendance.rules import PlaceKind
from lms.attendance.totals import count_test_people
from lms.attendance.views.blueprint import bp
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.i18n import _
from lms.core.policy import requires
from lms.institutions.programmes.queries import get_programme
from lms.learning.models import Cohort
from lms.learning.tabs import tabs_of
from lms.web.kit import go, render, say


@bp.get("/attendance/cohorts/<uuid:cohort_id>")
@requires(AttendancePermission.READ_REGISTER)
def meetings(cohort_id: UUID) -> ResponseReturnValue:
    """List the meetings of a cohort with how many came."""
    actor = current_actor()
    cohort = access.access_cohort_as_reader(actor, cohort_id)
    return render(
        "attendance/meetings.html",
        cohort=cohort,
        tabs=tabs_of(cohort.id, actor),
        meetings=queries.list_meetings(cohort.id),
        counts=register.count_marks(actor, cohort),
        tests=count_test_people(actor, cohort),
        words=words,
        can_keep=queries.keeps(actor, cohort),
        moment=now(),
    )


@bp.route("/attendance/cohorts/<uuid:cohort_id>/meetings/new", methods=["GET", "POST"])
@requires(AttendancePermission.KEEP_REGISTER)
def new_meeting(cohort_id: UUID) -> ResponseReturnValue:
    """Plan a meeting of a cohort."""
    actor = current_actor()
    cohort = access.access_cohort_as_keeper(actor, cohort_id)
    form, timezone = _meeting_form(), get_programme(cohort.programme_id).timezone
    if request.method == "GET":
        form.venue.data, form.timezone.data = cohort.venue, timezone
        form.place.data = PlaceKind.ON_SITE.value
        form.minimum_share.data = str(minimum_share_of(cohort.programme_id))
    if form.validate_on_submit() and (values := read_values(form)):
        meeting = service.create_meeting(cohort, minimum_share=form.share(), actor=actor, now=now(), **values)
        say(_("Sesión programada: %(title)s.", title=meeting.title))
        return go(url_for(".meetings", cohort_id=cohort.id))
    return _edit_page(form, cohort)


@bp.route("/attendance/meetings/<uuid:meeting_id>/edit", methods=["GET", "POST"])
@requires(AttendancePermission.KEEP_REGISTER)
def edit_meeting(meeting_id: UUID) -> ResponseReturnValue:
    """Change a meeting; a change of when or where is told to everybody enrolled."""
    actor = current_actor()
    local = access.access_meeting_as_keeper(actor, meeting_id)
    form = _meeting_form()
    if request.method == "GET":
        form.show(local)
    if form.validate_on_submit() and (values := read_values(form)):
        changed = service.change_meeting(local.meeting, actor=actor, now=now(), **values)
        is_told = service.is_told(changed, local.meeting, now())
        say(
            _("Cambios guardados. Avisaremos por correo a las personas inscritas.")
            if is_told
            else _("Cambios guardados.")
        )
        return go(url_for(".meetings", cohort_id=local.cohort.id))
    return _edit_page(form, local.cohort, local=local)


@bp.route("/attendance/meetings/<uuid:meeting_id>/cancel", methods=["GET", "POST"])
@requires(AttendancePermission.KEEP_REGISTER)
def cancel_meeting(meeting_id: UUID) -> ResponseReturnValue:
    """Ask once, saying who is told, then call a meeting off."""
    actor = current_actor()
    local = access.access_meeting_as_keeper(actor, meeting_id)
    if request.method == "GET":
        return render(
            "attendance/cancel_meeting.html",
            local=local,
            is_over=local.meeting.ends_at <= now(),
            told=queries.count_addressees(local.cohort.id),
        )
    service.cancel_meeting(local.meeting, actor=actor, now=now())
    say(_("Sesión cancelada. Ya no cuenta para la asistencia."))
    return go(url_for(".meetings", cohort_id=local.cohort.id))


def _meeting_form() -> MeetingForm:
    form = MeetingForm()
    form.fill()
    return form


def _edit_page(
    form: MeetingForm, cohort: Cohort, *, local: LocalMeeting | None = None
) -> ResponseReturnValue:
    return render(
        "attendance/edit_meeting.html",
        form=form,
        cohort=cohort,
        told=queries.count_addressees(cohort.id) if local else 0,
        meeting_id=local.id if local else None,
        in_series=bool(local and local.meeting.series_id),
        status=422 if form.errors else 200,
    )

"""How a person's marks came about, and what looks odd about those of a meeting."""

from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from lms.attendance import access, evidence, judging, words
from lms.attendance.credits import states_of
from lms.attendance.forms import JudgementForm
from lms.attendance.permissions import AttendancePermission
from lms.attendance.views.blueprint import bp
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.i18n import _
from lms.core.policy import requires
from lms.web.kit import go, render, say


@bp.get("/attendance/cohorts/<uuid:cohort_id>/evidence/<uuid:enrolment_id>")
@requires(AttendancePermission.READ_REGISTER)
def evidence_of(cohort_id: UUID, enrolment_id: UUID) -> ResponseReturnValue:
    """Show everything observed of a person at the meetings of a cohort: how, by whom, when."""
    actor = current_actor()
    cohort = access.access_cohort_as_reader(actor, cohort_id)
    enrolment, person = evidence.access_person(actor, cohort, enrolment_id)
    return render(
        "attendance/evidence.html",
        cohort=cohort,
        person=person,
        records=evidence.list_records(enrolment),
        labels={each.code: words.full(each) for each in states_of(cohort.programme_id)},
        words=words,
        moment=now(),
    )


@bp.get("/attendance/meetings/<uuid:meeting_id>/oddities")
@requires(AttendancePermission.KEEP_REGISTER)
def oddities(meeting_id: UUID) -> ResponseReturnValue:
    """List what looks odd about the marks of a meeting, what nobody judged first."""
    local = access.access_meeting_as_keeper(current_actor(), meeting_id)
    return render(
        "attendance/oddities.html", local=local, judged=judging.list_judged(local.meeting), words=words
    )


@bp.post("/attendance/meetings/<uuid:meeting_id>/oddities")
@requires(AttendancePermission.KEEP_REGISTER)
def review_oddity(meeting_id: UUID) -> ResponseReturnValue:
    """Keep that somebody looked at something odd and what they make of it."""
    actor = current_actor()
    local = access.access_meeting_as_keeper(actor, meeting_id)
    form = JudgementForm()
    if form.validate_on_submit():
        judging.review(
            local.meeting, request.form.get("key", ""), note=form.note.data or "", actor=actor, now=now()
        )
        say(_("Revisado. Ningún registro cambió."))
    return go(url_for(".oddities", meeting_id=local.id))

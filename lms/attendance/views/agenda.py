"""The meetings of every cohort, for staff: what is on today, what comes, what was."""

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue

from lms.attendance import agenda, queries, words
from lms.attendance.agenda import Agenda
from lms.attendance.forms import AgendaFilter
from lms.attendance.permissions import AttendancePermission
from lms.attendance.queries import LocalMeeting
from lms.attendance.views.blueprint import bp
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.policy import requires
from lms.web.kit import page_number, render
from lms.web.look import page_url
from lms.web.paging import Page, paginate

EARLIER = "earlier"
"""Name in the address of the page of earlier meetings, which are turned on their own."""


@bp.get("/attendance/meetings/")
@requires(AttendancePermission.READ_REGISTER)
def staff_meetings() -> ResponseReturnValue:
    """List the meetings of every cohort that the actor reads: today's, those to come, earlier ones."""
    actor, moment = current_actor(), now()
    calendars = agenda.list_calendars(actor)
    form = AgendaFilter(request.args)
    form.fill(calendars)
    found = Agenda(
        actor=actor, calendars=calendars, now=moment, cohort_id=form.cohort_id, month=form.first_day
    )
    ahead = _read(paginate(found.ahead, page_number()))
    earlier = _read(paginate(found.earlier, page_number(EARLIER)))
    today = [each for each in ahead.rows if each.day <= each.day_of(moment)]
    shown = [*ahead.rows, *earlier.rows]
    return render(
        "attendance/staff_meetings.html",
        form=form,
        calendars=calendars,
        is_filtered=bool(form.cohort_id or form.first_day),
        ahead=ahead,
        earlier=earlier,
        today=today,
        upcoming=ahead.rows[len(today) :],
        earlier_url=partial(page_url, name=EARLIER),
        tallies=agenda.count_marked(actor, shown),
        kept=_kept(shown),
        sees_partly=agenda.sees_partly(actor),
        words=words,
        sets_states=_sets_states(),
        moment=moment,
    )


def _sets_states() -> bool:
    reach = current_actor().reach(AttendancePermission.SET_STATES)
    return reach.everywhere or bool(reach.programmes)


def _read(page: Page[Any]) -> Page[LocalMeeting]:
    rows = [queries.read_local(row) for row in page.rows]
    return Page(rows=rows, number=page.number, total=page.total, per_page=page.per_page)


def _kept(meetings: Sequence[LocalMeeting]) -> set[UUID]:
    """Return the ids of the cohorts whose register the actor keeps."""
    return {each.cohort.id for each in meetings if queries.keeps(current_actor(), each.cohort)}

"""Pages on which several meetings of a series are changed or called off: the list is seen, then confirmed."""

from collections.abc import Sequence
from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from lms.attendance.access import access_meeting_as_keeper
from lms.attendance.errors import EndRefused, TimeSkipped
from lms.attendance.permissions import AttendancePermission
from lms.attendance.planning import read_values
from lms.attendance.queries import LocalMeeting, count_addressees
from lms.attendance.series import queries, service
from lms.attendance.series.errors import NoSeries
from lms.attendance.series.forms import SeriesCancelForm, SeriesChangeForm
from lms.attendance.series.queries import Clash, Wanted
from lms.attendance.series.rules import Reach
from lms.attendance.series.service import Change
from lms.attendance.series.views.blueprint import bp
from lms.core.actors import Actor
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.i18n import _, n_
from lms.core.policy import requires
from lms.web.kit import go, render, say

KEEP = AttendancePermission.KEEP_REGISTER


@bp.route("/attendance/meetings/<uuid:meeting_id>/series/change", methods=["GET", "POST"])
@requires(KEEP)
def change(meeting_id: UUID) -> ResponseReturnValue:
    """Show what becomes of each meeting, then change them; people are told of each that they must know."""
    actor = current_actor()
    anchor = _anchor(actor, meeting_id)
    form = SeriesChangeForm()
    form.fill()
    if request.method == "GET":
        form.show(anchor)
        form.reach.data = Reach.FOLLOWING.value
    changes = _changes(form, anchor) if form.validate_on_submit() else None
    digest = " ".join(sorted(f"{each.local.id}{each.values['starts_at']:%m%d%H%M}" for each in changes or ()))
    if changes and form.save.data and form.seen.data == digest:
        count = service.change_series(changes, actor=actor, now=now())
        say(n_("%(num)s sesión cambió.", "%(num)s sesiones cambiaron.", count))
        return go(url_for("attendance.meetings", cohort_id=anchor.cohort.id))
    form.seen.data = digest
    return render(
        "series/change.html",
        form=form,
        local=anchor,
        changes=changes,
        clashes=_clashes(changes, actor) if changes else [],
        holidays=queries.holidays_by_day(anchor.cohort.programme_id) if changes else {},
        told=count_addressees(anchor.cohort.id),
        status=422 if form.errors else 200,
    )


@bp.route("/attendance/meetings/<uuid:meeting_id>/series/cancel", methods=["GET", "POST"])
@requires(KEEP)
def cancel(meeting_id: UUID) -> ResponseReturnValue:
    """Show which meetings would not take place, then call them off; those with marks stay."""
    actor = current_actor()
    anchor = _anchor(actor, meeting_id)
    form = SeriesCancelForm()
    is_sent = form.validate_on_submit()
    members = queries.list_members(anchor.meeting, Reach(form.reach.data), now()) if is_sent else []
    digest = " ".join(str(each.id) for each in members)
    if members and form.save.data and form.seen.data == digest:
        count = service.cancel_series(members, actor=actor, now=now())
        say(n_("%(num)s sesión cancelada.", "%(num)s sesiones canceladas.", count))
        return go(url_for("attendance.meetings", cohort_id=anchor.cohort.id))
    form.seen.data = digest
    return render(
        "series/cancel.html",
        form=form,
        local=anchor,
        members=members,
        held=queries.held_among([each.id for each in members]),
        is_sent=is_sent,
        told=count_addressees(anchor.cohort.id),
        status=422 if form.errors else 200,
    )


def _anchor(actor: Actor, meeting_id: UUID) -> LocalMeeting:
    local = access_meeting_as_keeper(actor, meeting_id)
    if local.meeting.series_id is None:
        raise NoSeries
    return local


def _changes(form: SeriesChangeForm, anchor: LocalMeeting) -> list[Change] | None:
    values = read_values(form)
    if values is None:
        return None
    members = queries.list_members(anchor.meeting, Reach(form.reach.data), now())
    try:
        found = service.changes_of(anchor, values, members)
    except (EndRefused, TimeSkipped) as refusal:
        form.refuse("starts", refusal.message)
        return None
    changed = [each for each in found if each.changed]
    if not changed:
        form.refuse("reach", _("Con esos datos no cambia ninguna sesión."))
        return None
    return changed


def _clashes(changes: Sequence[Change], actor: Actor) -> list[Clash]:
    wanted = [
        Wanted(
            starts_at=each.values["starts_at"],
            ends_at=each.values["ends_at"],
            venue=each.values["venue"],
            room=each.values.get("room", ""),
            facilitator=each.values["facilitator"],
        )
        for each in changes
    ]
    return queries.find_clashes(wanted, actor=actor, leave_out=[each.local.id for each in changes])

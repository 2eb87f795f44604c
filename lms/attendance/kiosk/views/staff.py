"""Leaving a tablet at the door, and confirming who wrote their name on it."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, request, session, url_for
from flask.typing import ResponseReturnValue

from lms.accounts.queries import find_session
from lms.accounts.service import revoke_sessions
from lms.attendance.access import access_cohort_as_keeper, access_meeting_as_keeper
from lms.attendance.kiosk import access, queries, service
from lms.attendance.kiosk.forms import OpenForm
from lms.attendance.kiosk.views.cookies import KEY
from lms.attendance.permissions import AttendancePermission
from lms.attendance.rooms.access import room_of
from lms.core.auth import current_actor, forget, signed_in
from lms.core.clock import now
from lms.core.i18n import _, _l
from lms.core.ids import token_digest
from lms.core.policy import requires
from lms.core.text import Text
from lms.institutions.directory.permissions import DirectoryPermission
from lms.learning.tabs import tabs_of
from lms.web.kit import go, render, say

bp = Blueprint("kiosk_staff", __name__, url_prefix="/attendance", template_folder="../templates")


@bp.route("/meetings/<uuid:meeting_id>/kiosk", methods=["GET", "POST"])
@requires(AttendancePermission.KEEP_REGISTER)
def start(meeting_id: UUID) -> ResponseReturnValue:
    """Turn this browser into the tablet of a meeting's door: its person is signed out of it."""
    actor = current_actor()
    local, form = access_meeting_as_keeper(actor, meeting_id), OpenForm()
    room = room_of(local, request.args.get("room", ""))
    if form.validate_on_submit():
        pin, room_id = form.pin.data or "", room.id if room else None
        key = service.open_kiosk(local.meeting, pin, room_id=room_id, actor=actor, now=now())
        _sign_out()
        session[KEY] = key
        return go(url_for("kiosk.door"))
    return render(
        "kiosk/start.html",
        status=422 if form.errors else 200,
        local=local,
        room=room,
        form=form,
        kiosks=queries.list_open(local.id),
    )


@bp.post("/kiosks/<uuid:kiosk_id>/unlock")
@requires(AttendancePermission.KEEP_REGISTER)
def unlock(kiosk_id: UUID) -> ResponseReturnValue:
    """Let the PIN be tried again."""
    return _with_kiosk(kiosk_id, service.unlock, _("La tableta acepta el PIN otra vez."))


@bp.post("/kiosks/<uuid:kiosk_id>/close")
@requires(AttendancePermission.KEEP_REGISTER)
def close(kiosk_id: UUID) -> ResponseReturnValue:
    """Take the tablet away from afar."""
    return _with_kiosk(kiosk_id, service.close_kiosk, _("La tableta se cerró: ya no registra a nadie."))


@bp.get("/cohorts/<uuid:cohort_id>/walk-ins")
@requires(AttendancePermission.KEEP_REGISTER)
def walk_ins(cohort_id: UUID) -> ResponseReturnValue:
    """List who waits to be confirmed."""
    actor = current_actor()
    cohort = access_cohort_as_keeper(actor, cohort_id)
    return render(
        "kiosk/walk_ins.html",
        cohort=cohort,
        tabs=tabs_of(cohort.id, actor),
        rows=queries.list_pending(cohort.id),
        can_merge=actor.can(DirectoryPermission.MERGE_PEOPLE),
    )


@bp.post("/walk-ins/<uuid:walk_in_id>/accept")
@requires(AttendancePermission.KEEP_REGISTER)
def accept(walk_in_id: UUID) -> ResponseReturnValue:
    """Say that somebody takes part."""
    return _decide(walk_in_id, service.accept, _l("%(name)s queda en la cohorte."))


@bp.post("/walk-ins/<uuid:walk_in_id>/reject")
@requires(AttendancePermission.KEEP_REGISTER)
def reject(walk_in_id: UUID) -> ResponseReturnValue:
    """Say that somebody does not take part."""
    return _decide(walk_in_id, service.reject, _l("%(name)s ya no cuenta en la cohorte."))


def _with_kiosk(kiosk_id: UUID, verb: Callable[..., None], done: Text) -> ResponseReturnValue:
    """Do something with a tablet from afar, say so and return to the page of its meeting."""
    actor = current_actor()
    kiosk = access.access_kiosk_as_keeper(actor, kiosk_id)
    verb(kiosk, actor=actor, now=now())
    say(done)
    return go(url_for(".start", meeting_id=kiosk.meeting_id))


def _decide(walk_in_id: UUID, verb: Callable[..., None], done: Text) -> ResponseReturnValue:
    """Decide about somebody to be confirmed, say so with their name and return to those who wait."""
    actor = current_actor()
    found = access.access_walk_in_as_keeper(actor, walk_in_id)
    verb(found, actor=actor, now=now())
    say(str(done) % {"name": found.person.name})
    return go(url_for(".walk_ins", cohort_id=found.enrolment.cohort_id))


def _sign_out() -> None:
    """End the session of whoever opens the tablet, in this browser only."""
    person = signed_in()
    if person and person.actor.person_id:
        found = find_session(token_digest(person.session_key), now())
        if found:
            revoke_sessions(person.actor.person_id, actor=person.actor, now=now(), only=found[0].id)
    session.clear()
    forget()  # after clearing: it leaves a note in the session to delete the lasting cookie

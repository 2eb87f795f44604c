"""The roll call: one page for everybody in the room, saved in one go."""

from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from lms.attendance import access, queries, service, words
from lms.attendance.credits import RolesOf, states_of
from lms.attendance.forms import RollForm, read_roll
from lms.attendance.permissions import AttendancePermission
from lms.attendance.queries import LocalMeeting
from lms.attendance.rooms.access import room_of
from lms.attendance.rooms.models import MeetingRoom
from lms.attendance.rooms.queries import people_of
from lms.attendance.rules import Mark, Phase
from lms.attendance.service import RollEntry
from lms.attendance.views.blueprint import bp
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.i18n import _, n_
from lms.core.policy import requires
from lms.learning.queries import RosterEntry, list_roster
from lms.web.kit import go, render, say


@bp.get("/attendance/meetings/<uuid:meeting_id>/roll-call")
@requires(AttendancePermission.KEEP_REGISTER)
def roll_call(meeting_id: UUID) -> ResponseReturnValue:
    """Show everybody of a meeting's cohort with their mark; ``?all=present`` chooses it for who has none."""
    local = access.access_meeting_as_keeper(current_actor(), meeting_id)
    saved, room = queries.attendances_at(local.id), room_of(local, request.args.get("room", ""))
    wants_all = request.args.get("all") == Mark.PRESENT and _is_open(local)
    return render(
        "attendance/roll_call.html",
        local=local,
        people=_expected(local, room),
        room=room,
        saved=saved,
        chosen={key: record.state for key, record in saved.items()},
        rest=Mark.PRESENT if wants_all else None,
        words=words,
        states=states_of(local.programme.id),
        is_early=not _is_open(local),
    )


def _expected(local: LocalMeeting, room: MeetingRoom | None) -> list[RosterEntry]:
    """Return whose names are called: everybody's, or those of one room."""
    people = list_roster(local.cohort.id)
    own = people_of(room, local.cohort.id) if room else None
    return [each for each in people if own is None or each.enrolment_id in own]


@bp.post("/attendance/meetings/<uuid:meeting_id>/roll-call")
@requires(AttendancePermission.KEEP_REGISTER)
def save_roll(meeting_id: UUID) -> ResponseReturnValue:
    """Save the whole roll."""
    actor = current_actor()
    local = access.access_meeting_as_keeper(actor, meeting_id)
    if RollForm().validate_on_submit():
        enrolments = queries.enrolments_of(local.cohort.id)
        sent = read_roll(request.form, enrolments, RolesOf(local.meeting))
        entries = [
            RollEntry(
                enrolment=enrolments[key], mark=each.mark, state=each.code, note=each.note, seen=each.seen
            )
            for key, each in sent.items()
        ]
        result = service.call_roll(local.meeting, entries, actor=actor, now=now())
        if result.saved:
            say(n_("Se guardó una asistencia.", "Se guardaron %(num)s asistencias.", result.saved))
        else:
            say(_("No había cambios que guardar."), "info")
        if result.kept:
            say(_kept(result.kept), "caution")
    room = room_of(local, request.args.get("room", ""))
    return go(url_for(".roll_call", meeting_id=local.id, room=room.id if room else None))


def _kept(count: int) -> str:
    sentence = n_(
        "Una asistencia cambió mientras usted pasaba lista y se conservó. Revísela aquí.",
        "%(num)s asistencias cambiaron mientras usted pasaba lista y se conservaron. Revíselas aquí.",
        count,
    )
    return str(sentence)


def _is_open(local: LocalMeeting) -> bool:
    """Say whether people can have come; before, only justified absences are known."""
    return local.phase(now()) is not Phase.UPCOMING

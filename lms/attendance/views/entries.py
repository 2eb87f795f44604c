"""Pages of whoever comes: scanning or typing the code, the entry that was registered, one's own meetings."""

from collections.abc import Callable
from uuid import UUID

from flask import Response, current_app, make_response, request, url_for
from flask.typing import ResponseReturnValue

from lms.attendance import access, criteria, devices, queries, register, scans, service, words
from lms.attendance.access import Door
from lms.attendance.errors import CheckInRefused, CodeRefused
from lms.attendance.forms import CodeForm
from lms.attendance.models import Attendance
from lms.attendance.permissions import AttendancePermission
from lms.attendance.rooms.queries import rooms_at
from lms.attendance.rooms.service import note_seen
from lms.attendance.rules import Kind, Mark, Method
from lms.attendance.scans import Scan
from lms.attendance.views.blueprint import bp
from lms.core import limits
from lms.core.actors import Actor
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.errors import NotFound
from lms.core.ids import new_token, normalise_code
from lms.core.policy import public, requires
from lms.institutions.directory.queries import get_institution
from lms.learning.models import Enrolment
from lms.learning.queries import get_enrolment
from lms.web.kit import go, render

CODE_RULE = "12/10minute"
"""How often one person may try a code: room for typing errors, none for guessing."""


@bp.route("/a", methods=["GET", "POST"])
@requires(AttendancePermission.CHECK_IN)
def type_code() -> ResponseReturnValue:
    """Let a person type the code on the screen."""
    form = CodeForm()
    if not form.validate_on_submit():
        return render("attendance/type_code.html", form=form, status=422 if form.errors else 200)
    door = access.find_door(form.typed, scan=None, now=now())
    if door and _may_leave(current_actor(), door):
        return _leaving_page(door, form.typed, Method.CODE)
    return _enter(door, form.typed, Method.CODE, form)


@bp.get("/a/<code>")
@public("whoever scans the code in the room is asked to sign in and comes back here")
def scan(code: str) -> ResponseReturnValue:
    """Show the meeting whose code was scanned, with one button; a stranger signs in first.

    The browser keeps a signed note of when it read the code, because codes change faster than people sign in.
    """
    actor, typed = current_actor(), normalise_code(code)
    door = _find_door(typed)
    if actor.is_anonymous:
        return _remember(door, typed, go(url_for("accounts.sign_in", next=request.path)))
    try:
        page = _confirm(actor, door, typed)
    except CheckInRefused as refusal:
        return _refuse(refusal, door, CodeForm())
    return _remember(door, typed, page)


@bp.post("/a/<code>")
@requires(AttendancePermission.CHECK_IN)
def enter(code: str) -> ResponseReturnValue:
    """Register the entry of a person who scanned the code."""
    typed = normalise_code(code)
    return _enter(_find_door(typed), typed, Method.QR, CodeForm(formdata=None))


@bp.post("/a/<code>/exit")
@requires(AttendancePermission.CHECK_IN)
def leave(code: str) -> ResponseReturnValue:
    """Register that a person who read the code leaves before the end."""
    typed, method = normalise_code(code), request.form.get("method", "")
    chosen = Method.CODE if method == Method.CODE else Method.QR
    return _enter(_find_door(typed), typed, chosen, CodeForm(formdata=None), verb=service.check_out)


@bp.get("/attendance/meetings/<uuid:meeting_id>/entry")
@requires(AttendancePermission.CHECK_IN)
def entry(meeting_id: UUID) -> ResponseReturnValue:
    """Show the actor that their attendance at a meeting is registered."""
    actor = current_actor()
    own, record = access.access_own_entry(actor, meeting_id)
    if record.mark is Mark.ABSENT:
        raise NotFound
    enrolment = get_enrolment(own.enrolment_id)
    return render(
        "attendance/entry.html",
        own=own,
        record=record,
        left_at=queries.left_at(meeting_id, own.enrolment_id) if own.local.meeting.records_exit else None,
        actor=actor,
        institution=get_institution(enrolment.institution_id),
        words=words,
    )


@bp.get("/attendance/")
@requires(AttendancePermission.CHECK_IN)
def my_meetings() -> ResponseReturnValue:
    """List the meetings of the actor's courses: those to come, those that were, and what share that is."""
    person_id = current_actor().person_id
    found = queries.list_own_meetings(person_id) if person_id else []
    moment = now()
    shares = register.own_shares(found, moment)
    return render(
        "attendance/my_meetings.html",
        groups=_by_course(found),
        rooms=rooms_at({each.enrolment_id for each in found}),
        shares=shares,
        sentences={key: criteria.sentences(share) for key, share in shares.items() if share},
        words=words,
        moment=moment,
    )


def _by_course(found: list[queries.OwnMeeting]) -> dict[UUID, list[queries.OwnMeeting]]:
    groups: dict[UUID, list[queries.OwnMeeting]] = {}
    for each in found:
        groups.setdefault(each.enrolment_id, []).append(each)
    return groups


def _find_door(code: str) -> Door | None:
    moment = now()
    kept = scans.read_scan(request.cookies.get(scans.cookie_name(), ""), code=code, now=moment)
    return access.find_door(code, scan=kept, now=moment)


def _own(actor: Actor, door: Door) -> Enrolment | None:
    return queries.find_own_enrolment(actor.person_id, door.local.cohort.id) if actor.person_id else None


def _confirm(actor: Actor, door: Door | None, code: str) -> ResponseReturnValue:
    if door is None:
        raise access.refusal_of(code, now())
    if _may_leave(actor, door):
        return _leaving_page(door, code, Method.QR)
    own = _own(actor, door)
    known = queries.find_attendance(door.local.id, own.id) if own else None
    has_left = bool(own and door.local.meeting.records_exit and queries.left_at(door.local.id, own.id))
    if known and known.mark is not Mark.ABSENT and not has_left:
        return go(url_for(".entry", meeting_id=door.local.id))
    mark = service.weigh_check_in(door.local.meeting, own, at=door.read_at)
    return render("attendance/confirm_entry.html", local=door.local, code=code, mark=mark, moment=now())


def _may_leave(actor: Actor, door: Door) -> bool:
    """Say whether whoever reads the code now is inside already, where exits are noted."""
    own = _own(actor, door) if door.local.meeting.records_exit else None
    doors = queries.list_doors(door.local.id, own.id) if own else []
    return bool(doors) and doors[-1] is Kind.ENTRY


def _leaving_page(door: Door, code: str, method: Method) -> ResponseReturnValue:
    return render("attendance/confirm_exit.html", local=door.local, code=code, method=method, moment=now())


def _enter(
    door: Door | None,
    code: str,
    method: Method,
    form: CodeForm,
    *,
    verb: Callable[..., Attendance] = service.check_in,
) -> ResponseReturnValue:
    actor = current_actor()
    mine = "check-in", str(actor.person_id)
    failed = limits.tried(CODE_RULE, *mine)
    number = request.cookies.get(devices.cookie_name()) or new_token()
    try:
        if door is None:
            raise access.refusal_of(code, now())
        own = _own(actor, door)
        verb(
            door.local.meeting,
            own,
            code=code,
            method=method,
            actor=actor,
            now=now(),
            scanned_at=door.read_at,
            device=devices.device_of(request.user_agent.string),
            browser=devices.browser_of(door.local.meeting, number),
            screen=door.screen,
        )
        note_seen(door.room, own, now=now())
    except CheckInRefused as refusal:
        limits.spend(CODE_RULE, *mine)
        return _refuse(refusal, door, form)
    if failed:
        limits.clear(CODE_RULE, *mine)
    page = make_response(go(url_for(".entry", meeting_id=door.local.id)))
    _keep(page, devices.cookie_name(), number, devices.LIFE_SECONDS)
    return page


def _refuse(refusal: CheckInRefused, door: Door | None, form: CodeForm) -> ResponseReturnValue:
    """Say why a check-in is refused and what to do; a mistyped code is said beside its field."""
    if isinstance(refusal, CodeRefused) and form.is_submitted() and form.code.data:
        form.refuse("code", refusal.message)
        return render("attendance/type_code.html", form=form, status=refusal.status)
    return render(
        "attendance/refused.html",
        refusal=refusal,
        local=door.local if door else None,
        form=CodeForm(formdata=None),
        status=refusal.status,
    )


def _remember(door: Door | None, code: str, page: ResponseReturnValue) -> ResponseReturnValue:
    """Keep in this browser that it read the code, for as long as signing in takes."""
    if door is None:
        return page
    room_id = door.room.id if door.room else None
    note = scans.sign_scan(Scan(meeting_id=door.local.id, code=code, read_at=door.read_at, room_id=room_id))
    response = make_response(page)
    _keep(response, scans.cookie_name(), note, scans.LIFE_SECONDS)
    return response


def _keep(response: Response, name: str, value: str, seconds: int) -> None:
    """Keep a cookie for the pages of the check-in only, out of reach of scripts."""
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        path="/a",
        httponly=True,
        samesite="Lax",
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
    )

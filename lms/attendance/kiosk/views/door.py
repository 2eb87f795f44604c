"""What people see on the tablet: they search, they tap, it says so, and it is empty again."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from flask import Blueprint, make_response, request, session, url_for
from flask.typing import ResponseReturnValue

from lms.attendance import devices
from lms.attendance.errors import CheckInRefused
from lms.attendance.kiosk import access, queries, rules, service
from lms.attendance.kiosk.access import OpenDoor
from lms.attendance.kiosk.errors import KioskLocked, SearchTooShort
from lms.attendance.kiosk.forms import ExitForm, NameForm, StrangerForm
from lms.attendance.kiosk.service import Stranger
from lms.attendance.kiosk.views.cookies import DONE, KEY, SEARCHED
from lms.attendance.rooms.service import note_seen
from lms.attendance.rules import Device, Kind
from lms.core import limits
from lms.core.clock import now
from lms.core.errors import DomainError, TooManyRequests
from lms.core.i18n import _l
from lms.core.policy import public
from lms.web.kit import go, render, say

bp = Blueprint("kiosk", __name__, url_prefix="/kiosk", template_folder="../templates")
WHY = "the key in the tablet's cookie opens one meeting's door and nothing else"
TAP_RULE = "60/minute"
"""For searches and taps of one tablet: a hall of forty in ten minutes, and no walk through the alphabet."""
STRANGER_RULE = "40/hour"
SHOWN_SECONDS = 3
FOUND_SECONDS = 40
ASK_STAFF = _l("No se pudo registrar aquí. Acérquese a quien lleva la lista.")


DoorView = Callable[[OpenDoor], ResponseReturnValue]


def at_door(view: DoorView) -> Callable[[], ResponseReturnValue]:
    """Give a view the door that the tablet's key opens; any other browser is sent to sign in."""

    @wraps(view)
    def opened() -> ResponseReturnValue:
        door = access.access_door(str(session.get(KEY, "")), now())
        if door is None:
            session.pop(KEY, None)
            return go(url_for("accounts.sign_in"))
        response = make_response(view(door))
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return opened


@bp.before_app_request
def stay_at_door() -> ResponseReturnValue | None:
    """Lead a browser that is a tablet back to its door from every other page."""
    if KEY in session and request.endpoint != "static" and request.blueprint != bp.name:
        return go(url_for("kiosk.door"))
    return None


@bp.get("/")
@public(WHY)
@at_door
def door(found: OpenDoor) -> ResponseReturnValue:
    """Ask for a name."""
    session.pop(SEARCHED, None)
    session.pop(DONE, None)
    return _page("kiosk/door.html", found, form=NameForm(formdata=None), phase=found.local.phase(now()))


@bp.post("/search")
@public(WHY)
@at_door
def search(found: OpenDoor) -> ResponseReturnValue:
    """Take what was typed; it is looked for on a page that answers once."""
    form = NameForm()
    try:
        limits.spend(TAP_RULE, "kiosk", str(found.kiosk.id))
        rules.searched_words(form.q.data or "")
    except (SearchTooShort, TooManyRequests) as refusal:
        form.refuse("q", refusal.message)
        return _page(
            "kiosk/door.html", found, form=form, phase=found.local.phase(now()), status=refusal.status
        )
    session[SEARCHED] = form.q.data
    return go(url_for(".found"))


@bp.get("/found")
@public(WHY)
@at_door
def found(found: OpenDoor) -> ResponseReturnValue:
    """Show who is called so, with their institution, once."""
    typed = session.pop(SEARCHED, None)
    if not typed:
        return go(url_for(".door"))
    people = queries.find_people(found.local.cohort.id, typed, found.room)
    is_many = len(people) > rules.MOST_FOUND
    return _back_after(
        FOUND_SECONDS,
        _page("kiosk/found.html", found, people=[] if is_many else people, is_many=is_many, typed=typed),
    )


@bp.post("/mark")
@public(WHY)
@at_door
def mark(found: OpenDoor) -> ResponseReturnValue:
    """Note that whoever tapped a name came, or left; the page says the same whatever was known."""
    try:
        limits.spend(TAP_RULE, "kiosk", str(found.kiosk.id))
        own = queries.find_participant(found.local.cohort.id, UUID(request.form.get("enrolment", "")))
        is_exit = found.local.meeting.records_exit and request.form.get("step") == Kind.EXIT
        verb = service.leave if is_exit else service.enter
        verb(found.local.meeting, own, device=_device(), actor=found.keeper, now=now())
        note_seen(found.room, own, now=now())
    except (CheckInRefused, TooManyRequests, ValueError):
        say(ASK_STAFF, "caution")
        return go(url_for(".door"))
    session[DONE] = "exit" if is_exit else "entry"
    return go(url_for(".done"))


@bp.get("/done")
@public(WHY)
@at_door
def done(found: OpenDoor) -> ResponseReturnValue:
    """Say for three seconds that it is registered."""
    step = session.pop(DONE, None)
    if step is None:
        return go(url_for(".door"))
    return _back_after(SHOWN_SECONDS, _page("kiosk/done.html", found, step=step))


@bp.route("/new", methods=["GET", "POST"])
@public(WHY)
@at_door
def new(found: OpenDoor) -> ResponseReturnValue:
    """Let somebody write their name who is on no list."""
    form = StrangerForm()
    if not form.validate_on_submit():
        return _new_page(found, form)
    try:
        limits.spend(STRANGER_RULE, "kiosk-new", str(found.kiosk.id))
        places = queries.find_institutions(form.place.data or "")
        institution = form.offer(places)
        if institution is None:
            form.refuse_place(is_found=bool(places))
            return _new_page(found, form)
        stranger = Stranger(
            name=form.name.data or "",
            institution=institution,
            email=(form.email.data or "").lower(),
            form_key=form.key.data or "",
        )
        service.arrive(
            found.local.meeting, found.local.cohort, stranger, device=_device(), actor=found.keeper, now=now()
        )
    except SearchTooShort as refusal:
        form.refuse("place", refusal.message)
        return _new_page(found, form)
    except TooManyRequests:
        say(ASK_STAFF, "caution")
        return go(url_for(".door"))
    session[DONE] = "new"
    return go(url_for(".done"))


@bp.route("/exit", methods=["GET", "POST"])
@public(WHY)
@at_door
def leave(found: OpenDoor) -> ResponseReturnValue:
    """Take the tablet away, with its PIN."""
    form = ExitForm()
    if form.validate_on_submit():
        try:
            is_right = service.try_pin(found.kiosk, form.pin.data or "")
        except KioskLocked:
            is_right = False
        if is_right:
            service.close_kiosk(found.kiosk, actor=found.keeper, now=now())
            session.clear()
            return go(url_for("accounts.sign_in"))
        form.refuse("pin", service.refusal_after(found.kiosk).message)
    return _page("kiosk/exit.html", found, form=form, status=422 if form.errors else 200)


@bp.errorhandler(DomainError)
def refuse(_refusal: DomainError) -> ResponseReturnValue:
    """Stay at the door whatever is refused, such as a full cohort."""
    say(ASK_STAFF, "caution")
    return go(url_for("kiosk.door"))


def _new_page(found: OpenDoor, form: StrangerForm) -> ResponseReturnValue:
    form.begin()
    return _page("kiosk/new.html", found, form=form, status=422 if form.errors else 200)


def _page(template: str, found: OpenDoor, *, status: int = 200, **context: Any) -> ResponseReturnValue:
    return render(template, status=status, local=found.local, kiosk=found.kiosk, room=found.room, **context)


def _back_after(seconds: int, page: ResponseReturnValue) -> ResponseReturnValue:
    response = make_response(page)
    response.headers["Refresh"] = f"{seconds}; url={url_for('kiosk.door')}"
    return response


def _device() -> Device:
    return devices.device_of(request.user_agent.string)

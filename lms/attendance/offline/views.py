"""The list without a line: its page, what makes it open without one, and what it sends and fetches."""

import hashlib
from collections.abc import Collection
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from lms.accounts.queries import get_person
from lms.attendance import words
from lms.attendance.access import access_meeting_as_keeper
from lms.attendance.devices import device_of
from lms.attendance.offline import access, queries, service
from lms.attendance.offline.batches import read_batch, read_meetings
from lms.attendance.offline.errors import BatchRefused
from lms.attendance.offline.rules import EPOCH, METHOD, Outcome
from lms.attendance.offline.service import Answer
from lms.attendance.permissions import AttendancePermission
from lms.attendance.queries import LocalMeeting
from lms.attendance.rooms.queries import list_rooms, rooms_at
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.context import current_settings
from lms.core.i18n import _
from lms.core.policy import public, requires
from lms.web.assets import asset_url
from lms.web.kit import render

bp = Blueprint("offline", __name__, url_prefix="/attendance/offline", template_folder="templates")
ASSETS: Final = (
    "css/core.css", "css/pages.css", "css/staff.css", "css/dark.css", "fonts/ruta-sans.woff2", "js/offline.js",
    "img/favicon.svg", "img/icon-192.png", "manifest.webmanifest",
)  # fmt: skip
"""Everything that the page needs, and nothing else of the site."""


@bp.get("/")
@requires(AttendancePermission.KEEP_REGISTER)
def index() -> ResponseReturnValue:
    """Show the page that a device keeps; it names nobody, whoever opens it.

    ``?meeting_id=`` takes that meeting's list along at once.
    """
    chosen = _uuid(request.args.get("meeting_id", ""))
    local = access_meeting_as_keeper(current_actor(), chosen) if chosen else None
    others = [each for each in words.ways(local, now()) if each.name != METHOD] if local else []
    return render("offline/index.html", local=local, others=others, days=current_settings().offline_days)


@bp.get("/worker.js")
@public("a program without data; a browser asks for it again whoever is signed in")
def worker() -> ResponseReturnValue:
    """Give the service worker that keeps the page and its assets."""
    assets = [asset_url(name) for name in ASSETS]
    version = hashlib.sha256(" ".join(assets).encode()).hexdigest()[:12]
    text = render_template("offline/worker.js", page=url_for(".index"), assets=assets, version=version)
    return Response(text, mimetype="text/javascript")


@bp.get("/today")
@requires(AttendancePermission.KEEP_REGISTER)
def today() -> ResponseReturnValue:
    """Say what time it is here, who asks, which lists can be taken along, and give a token to send with."""
    actor, moment = current_actor(), now()
    return {
        "now": _milliseconds(moment),
        "token": generate_csrf(),
        "keeper": str(actor.person_id),
        "meetings": [_summary(each) for each in access.list_offered(actor, moment)],
    }


@bp.post("/rosters")
@requires(AttendancePermission.KEEP_REGISTER)
def rosters() -> ResponseReturnValue:
    """Give the lists of some meetings: names, institutions, states and the ids of the rows."""
    actor = current_actor()
    found = access.access_kept(actor, read_meetings(request.get_json(silent=True)))
    standing = [each for each in found.values() if not each.is_cancelled]
    rows = service.take_rosters(standing, actor=actor, now=now())
    usual = {mark: str(label) for mark, label in words.SHORT.items()}
    labels = {each: queries.labels_of(each, usual) for each in {local.programme.id for local in standing}}
    rooms = _rooms_of(standing)
    places = rooms_at({row.enrolment_id for found in rows.values() for row in found})
    return {
        "meetings": [
            _summary(local)
            | {
                "states": [
                    {"code": code, "label": label} for code, label in labels[local.programme.id].items()
                ],
                "rooms": rooms[local.id],
                "people": [
                    {
                        "id": str(row.enrolment_id),
                        "name": row.name,
                        "place": row.institution,
                        "state": row.state,
                        "rooms": places.get((row.enrolment_id, local.id), []),
                    }
                    for row in rows[local.id]
                ],
            }
            for local in standing
        ]
    }


@bp.post("/marks")
@requires(AttendancePermission.KEEP_REGISTER)
def marks() -> ResponseReturnValue:
    """Take marks that were given on a device and say of each what became of it."""
    actor, moment = current_actor(), now()
    batch = read_batch(request.get_json(silent=True))
    found = access.access_kept(actor, {item.meeting_id for item in batch.items})
    device = device_of(request.user_agent.string)
    answers = service.sync(batch, found, device=device, actor=actor, now=moment)
    meeting_of = {item.number: found.get(item.meeting_id) for item in batch.items}
    return {"results": [_said(each, meeting_of[each.number]) for each in answers]}


def _rooms_of(meetings: Collection[LocalMeeting]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {each.id: [] for each in meetings}
    for room in list_rooms(found):
        found[room.meeting_id].append(room.name)
    return found


def _said(answer: Answer, local: LocalMeeting | None) -> dict[str, Any]:
    said: dict[str, Any] = {"n": answer.number, "outcome": answer.outcome.value}
    if answer.reason:
        said["reason"] = str(answer.reason)
    if answer.enrolment_id:
        said["row"] = str(answer.enrolment_id)
    if answer.standing and local:
        said |= {"state": answer.standing.state, "theirs": _theirs(answer, local)}
    if answer.outcome is Outcome.UNCLEAR:
        said["choices"] = [{"id": str(each.id), "label": each.name} for each in answer.choices]
    return said


def _theirs(answer: Answer, local: LocalMeeting) -> str:
    """Return what somebody else said, who and when."""
    if answer.standing is None:
        return ""
    usual = {mark: str(label) for mark, label in words.LABELS.items()}
    label = queries.labels_of(local.programme.id, usual).get(answer.standing.state, answer.standing.state)
    author = answer.standing.author_id
    return str(
        _(
            "%(mark)s, %(how)s (%(who)s, %(when)s)",
            mark=label,
            how=words.method(answer.standing.method),
            who=get_person(author).name if author else _("la plataforma"),
            when=words.at(answer.standing.recorded_at, local),
        )
    )


def _summary(local: LocalMeeting) -> dict[str, Any]:
    place = f" · {local.where}" if local.where else ""
    starts = words.at(local.meeting.starts_at, local)
    hours = _("%(starts)s a %(ends)s", starts=starts, ends=local.ends)
    return {
        "id": str(local.id),
        "title": f"{local.meeting.title} · {local.cohort.name}",
        "when": f"{hours}{place}",
        "zone": local.meeting.timezone,
        "ends": _milliseconds(local.meeting.ends_at),
    }


def _milliseconds(moment: datetime) -> int:
    return int((moment - EPOCH).total_seconds() * 1000)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise BatchRefused from None

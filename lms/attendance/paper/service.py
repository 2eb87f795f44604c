"""What can be done with sheets on paper; the only writer of their tables. Every verb may be asked twice."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final
from uuid import UUID

from lms.attendance import queries as register_queries
from lms.attendance import service as register
from lms.attendance.errors import MeetingCancelled
from lms.attendance.models import Attendance, Meeting
from lms.attendance.paper import queries
from lms.attendance.paper.errors import NobodyEnrolled, SheetTooEarly
from lms.attendance.paper.messages import ScanErased, ScanKept, SheetEntered, SheetPrepared
from lms.attendance.paper.models import PaperRow, PaperSheet
from lms.attendance.paper.queries import SheetRow
from lms.attendance.recording import Sighting
from lms.attendance.rooms.models import MeetingRoom
from lms.attendance.rooms.queries import people_of
from lms.attendance.rules import HERE, Device, Kind, Mark
from lms.core import private_files
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.events import publish
from lms.core.ids import new_id, readable_code
from lms.learning.models import EnrolmentState
from lms.learning.queries import list_roster

METHOD: Final = "paper"
"""Name of this way to mark, as the evidence keeps it."""
CODE_LENGTH: Final = 4


def prepare(meeting: Meeting, *, room: MeetingRoom | None = None, actor: Actor, now: datetime) -> PaperSheet:
    """Return a sheet with everybody of a meeting's cohort, or of one room; the latest while nobody came or went since.

    Raises MeetingCancelled and NobodyEnrolled.
    """
    if meeting.cancelled_at:
        raise MeetingCancelled
    room_id = room.id if room else None
    expected = people_of(room, meeting.cohort_id) if room else None
    everybody = [each.enrolment_id for each in list_roster(meeting.cohort_id)]
    roster = [key for key in everybody if expected is None or key in expected]
    if not roster:
        raise NobodyEnrolled
    latest = next((each for each in queries.list_sheets(meeting.id) if each.room_id == room_id), None)
    if latest and [row.enrolment.id for row in queries.list_rows(latest)] == roster:
        return latest
    sheet = PaperSheet(
        id=new_id(),
        meeting_id=meeting.id,
        code=readable_code(CODE_LENGTH),
        prepared_at=now,
        prepared_by=actor.person_id,
        room_id=room_id,
    )
    db.session.add(sheet)
    db.session.flush()
    db.session.add_all(
        PaperRow(id=new_id(), sheet_id=sheet.id, number=number, enrolment_id=key)
        for number, key in enumerate(roster, start=1)
    )
    db.session.flush()
    publish(SheetPrepared(at=now, actor=actor, subject_id=sheet.id, meeting_id=meeting.id, sheet=sheet.code))
    return sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """What became of a sheet that was typed in."""

    saved: int
    """Marks that were given or corrected."""
    contrary: tuple[SheetRow, ...]
    """Rows that say other than a mark that somebody gave in another way, which stays."""
    gone: tuple[SheetRow, ...]
    """Rows of people who take no part any more; nothing was noted of them."""


def enter(
    sheet: PaperSheet,
    meeting: Meeting,
    signed: Collection[int],
    *,
    others: Mapping[int, str] = MappingProxyType({}),
    actor: Actor,
    now: datetime,
) -> Entered:
    """Mark who signed as present and everybody else without a mark as absent; the same again changes nothing.

    ``others`` gives rows another state of the programme by its code, as somebody wrote it on the sheet. It happened
    at the meeting's start. Raises SheetTooEarly and what ``observe_all`` does.
    """
    if now < meeting.window.opens_at:
        raise SheetTooEarly
    rows = queries.list_rows(sheet)
    active = [row for row in rows if row.enrolment.state is EnrolmentState.ACTIVE]
    people = {row.enrolment.id: row for row in active}
    usual = {row.enrolment.id: Mark.PRESENT if row.number in signed else Mark.ABSENT for row in active}
    wanted = usual | {row.enrolment.id: others[row.number] for row in active if row.number in others}
    register_queries.lock_enrolments(people)
    known = register_queries.attendances_of(meeting.id, people)
    said = _said_before(sheet, meeting, people)
    fresh = list(_sightings(sheet, meeting, list(people.values()), wanted, (known, said)))
    saved = len(register.observe_all(meeting, fresh, actor=actor, now=now).changed) if fresh else 0
    after = register_queries.attendances_of(meeting.id, people)
    contrary = [row for key, row in people.items() if not _agrees(after[key], wanted[key])]
    sheet.entered_at = now
    publish(
        SheetEntered(
            at=now, actor=actor, subject_id=sheet.id, meeting_id=meeting.id, sheet=sheet.code, marks=saved
        )
    )
    return Entered(
        saved=saved, contrary=tuple(contrary), gone=tuple(row for row in rows if row not in active)
    )


def _sightings(
    sheet: PaperSheet,
    meeting: Meeting,
    rows: Sequence[SheetRow],
    said_of: Mapping[UUID, str],
    before: tuple[Mapping[UUID, Attendance], Mapping[UUID, list[str]]],
) -> Iterator[Sighting]:
    """Yield what the sheet adds to what is known: nothing where others say the same, or say that a person came."""
    known, said = before
    for row in rows:
        key = row.enrolment.id
        wanted = said_of[key]
        mark, own = known.get(key), said.get(key, [])
        other = mark.mark if mark and mark.method != METHOD else None
        is_settled = other is not None and (wanted != Mark.PRESENT or other in HERE)
        if is_settled or (own and own[-1] == wanted):
            continue
        yield Sighting(
            enrolment=row.enrolment,
            kind=Kind.VERDICT,
            method=METHOD,
            happened_at=meeting.starts_at,
            device=Device.PAPER,
            origin=f"paper:{sheet.id}:{row.number}:{len(own)}",
            state=str(wanted),
        )


def _agrees(mark: Attendance, wanted: str) -> bool:
    """Say whether a mark says what the sheet does: that a person was there or not, or the very state."""
    if wanted in {Mark.PRESENT, Mark.ABSENT}:
        return (mark.mark in HERE) == (wanted == Mark.PRESENT)
    return mark.state == wanted


def _said_before(sheet: PaperSheet, meeting: Meeting, people: Collection[UUID]) -> dict[UUID, list[str]]:
    """Return what this sheet said of each person so far, in order."""
    found: dict[UUID, list[str]] = {}
    for each in register_queries.observations_of(meeting.id, people):
        if each.origin.startswith(f"paper:{sheet.id}:"):
            found.setdefault(each.enrolment_id, []).append(each.state)
    return found


def keep_scan(sheet: PaperSheet, content: bytes, *, actor: Actor, now: datetime) -> None:
    """Keep a picture of the signed sheet in place of the one before; raises FileNotPaper and PaperTooLarge."""
    kind = private_files.check_paper(content)
    _drop_scan(sheet)
    sheet.scan_id, sheet.scan_format, sheet.scanned_at = new_id(), kind, now
    sheet.scan_digest = private_files.keep(sheet.scan_id, content)
    publish(ScanKept(at=now, actor=actor, subject_id=sheet.id, meeting_id=sheet.meeting_id, sheet=sheet.code))


def erase_scan(sheet: PaperSheet, *, actor: Actor, now: datetime) -> None:
    """Erase the picture of a sheet whose time is over."""
    _drop_scan(sheet)
    publish(
        ScanErased(at=now, actor=actor, subject_id=sheet.id, meeting_id=sheet.meeting_id, sheet=sheet.code)
    )


def scan_of(sheet: PaperSheet) -> bytes:
    """Return the picture; raises NotFound when there is none."""
    return private_files.read(sheet.scan_id or UUID(int=0), sheet.scan_digest)


def _drop_scan(sheet: PaperSheet) -> None:
    """Erase the bytes first: should the rest fail, asking again ends it."""
    if sheet.scan_digest:
        private_files.forget(sheet.scan_digest)
    sheet.scan_id, sheet.scan_digest, sheet.scan_format, sheet.scanned_at = None, "", "", None

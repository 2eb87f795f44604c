"""What can be done at the door; the only writer of its tables. Every verb may be asked twice."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from lms.accounts import passwords
from lms.accounts import service as accounts
from lms.attendance import recording, rules
from lms.attendance import service as register
from lms.attendance.errors import EntryOverruled, MeetingCancelled
from lms.attendance.kiosk import queries
from lms.attendance.kiosk.errors import KioskLocked, PinWrong, WalkInKnown
from lms.attendance.kiosk.messages import (
    KioskClosed,
    KioskOpened,
    KioskUnlocked,
    WalkInArrived,
    WalkInDecided,
)
from lms.attendance.kiosk.models import Kiosk, WalkIn, WalkInState
from lms.attendance.kiosk.queries import WalkedIn
from lms.attendance.models import Meeting
from lms.attendance.queries import find_attendance, list_doors
from lms.attendance.reading import door_origin
from lms.attendance.rules import HERE, Device, Kind, Mark
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.events import publish
from lms.core.ids import new_id, new_token, token_digest
from lms.institutions.directory.models import Institution
from lms.institutions.people.service import create_provisional
from lms.learning import service as learning
from lms.learning.models import Cohort, Enrolment

METHOD: Final = "kiosk"
"""Name of this way to mark, as the evidence keeps it."""
WALK_IN: Final = "walk-in"
"""Name of the entry of somebody who was on no list."""


def open_kiosk(
    meeting: Meeting, pin: str, *, room_id: UUID | None = None, actor: Actor, now: datetime
) -> str:
    """Leave a tablet at a door, of one of a meeting's rooms or of its only one; return the key for its cookie.

    The database keeps only the digest of the key. Raises MeetingCancelled.
    """
    if meeting.cancelled_at or actor.person_id is None:
        raise MeetingCancelled
    key = new_token()
    kiosk = Kiosk(
        id=new_id(),
        meeting_id=meeting.id,
        key_digest=token_digest(key),
        pin_hash=passwords.hash_password(pin),
        opened_by=actor.person_id,
        opened_at=now,
        room_id=room_id,
    )
    db.session.add(kiosk)
    db.session.flush()
    publish(KioskOpened(at=now, actor=actor, subject_id=kiosk.id, meeting_id=meeting.id))
    return key


def close_kiosk(kiosk: Kiosk, *, actor: Actor, now: datetime) -> None:
    """Take the tablet away: its key opens nothing any more."""
    if kiosk.closed_at is None:
        kiosk.closed_at = now
        publish(KioskClosed(at=now, actor=actor, subject_id=kiosk.id, meeting_id=kiosk.meeting_id))


def unlock(kiosk: Kiosk, *, actor: Actor, now: datetime) -> None:
    """Let the PIN be tried again."""
    if kiosk.tries:
        kiosk.tries = 0
        publish(KioskUnlocked(at=now, actor=actor, subject_id=kiosk.id, meeting_id=kiosk.meeting_id))


def try_pin(kiosk: Kiosk, pin: str) -> bool:
    """Count a try and say whether the PIN is the one; the fifth wrong one locks. Raises KioskLocked.

    Tries that come at the same moment are counted one after the other.
    """
    db.session.refresh(kiosk, with_for_update=True)
    if kiosk.is_locked:
        raise KioskLocked
    if not passwords.matches(kiosk.pin_hash, pin):
        kiosk.tries += 1
        return False
    kiosk.tries = 0
    return True


def refusal_after(kiosk: Kiosk) -> PinWrong | KioskLocked:
    """Return what is said after a wrong PIN."""
    return KioskLocked() if kiosk.is_locked else PinWrong()


def enter(meeting: Meeting, own: Enrolment | None, *, device: Device, actor: Actor, now: datetime) -> None:
    """Note that a person tapped their name as they came; tapping again changes nothing.

    Raises EntryOverruled, NotEnrolled, MeetingCancelled, CheckInNotOpen and CheckInClosed.
    """
    own = recording.participant(meeting, own)
    known = find_attendance(meeting.id, own.id)
    doors = list_doors(meeting.id, own.id) if meeting.records_exit and known else []
    has_left = bool(doors) and doors[-1] is Kind.EXIT
    if known and not has_left and known.checked_in_at and known.mark is Mark.ABSENT:
        raise EntryOverruled
    if known and not has_left and (known.checked_in_at or known.mark in HERE):
        return
    _observe(meeting, own, Kind.ENTRY, door_origin("kiosk", own, doors), device=device, actor=actor, now=now)


def leave(meeting: Meeting, own: Enrolment | None, *, device: Device, actor: Actor, now: datetime) -> None:
    """Note that a person tapped their name as they left; an exit without an entry is listed for a person to judge.

    Raises NotEnrolled, MeetingCancelled, CheckInNotOpen and CheckInClosed.
    """
    own = recording.participant(meeting, own)
    doors = list_doors(meeting.id, own.id)
    if doors and doors[-1] is Kind.EXIT:
        return
    origin = door_origin("kiosk-out", own, doors)
    _observe(meeting, own, Kind.EXIT, origin, device=device, actor=actor, now=now)


def _observe(
    meeting: Meeting,
    own: Enrolment,
    kind: Kind,
    origin: str,
    *,
    method: str = METHOD,
    device: Device,
    actor: Actor,
    now: datetime,
) -> None:
    register.weigh_check_in(meeting, own, at=now)
    register.observe(
        meeting, own, kind=kind, method=method, happened_at=now, device=device, origin=origin, actor=actor,
        now=now,
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Stranger:
    """What is written about somebody who is on no list, at the door or elsewhere."""

    name: str
    institution: Institution
    form_key: str
    """Of the page or device where it was written: at one meeting the same key is the same person."""
    email: str = ""


def arrive(
    meeting: Meeting, cohort: Cohort, stranger: Stranger, *, device: Device, actor: Actor, now: datetime
) -> None:
    """Write somebody down who is on no list, let them take part until the staff decides, and note their entry.

    Sending the same page again changes nothing. Their address is kept apart: nobody has checked it.
    Raises MeetingCancelled, CheckInNotOpen, CheckInClosed, CohortFull and InstitutionClosed.
    """
    if queries.find_walk_in(meeting.id, stranger.form_key):
        return
    if meeting.cancelled_at:
        raise MeetingCancelled
    rules.mark_at(meeting.window, now)
    walk_in, own = write_down(meeting, cohort, stranger, arrived_at=now, actor=actor, now=now)
    origin = f"walk-in:{walk_in.id}"
    _observe(meeting, own, Kind.ENTRY, origin, method=WALK_IN, device=device, actor=actor, now=now)


def write_down(
    meeting: Meeting,
    cohort: Cohort,
    stranger: Stranger,
    *,
    arrived_at: datetime,
    actor: Actor,
    now: datetime,
) -> tuple[WalkIn, Enrolment]:
    """Enrol somebody who is on no list and let them take part until the staff decides; what they did is not noted here.

    Whoever is written down elsewhere than at the door, such as on a phone without a line or in a call, waits in the
    same list. Raises CohortFull and InstitutionClosed.
    """
    person = create_provisional(stranger.name, stranger.institution, actor=actor, now=now)
    own = learning.enrol(cohort, person, institution_id=stranger.institution.id, actor=actor, now=now)
    walk_in = WalkIn(
        id=new_id(),
        meeting_id=meeting.id,
        enrolment_id=own.id,
        form_key=stranger.form_key,
        email=stranger.email,
        arrived_at=arrived_at,
    )
    db.session.add(walk_in)
    db.session.flush()
    publish(
        WalkInArrived(at=now, actor=actor, subject_id=walk_in.id, meeting_id=meeting.id, enrolment_id=own.id)
    )
    return walk_in, own


def accept(found: WalkedIn, *, actor: Actor, now: datetime) -> None:
    """Say that somebody takes part; the address that they typed becomes theirs when nobody has it."""
    walk_in = found.walk_in
    if walk_in.state is not WalkInState.PENDING:
        return
    if walk_in.email and not found.person.email and found.namesake is None:
        accounts.change_person(found.person, values={"email": walk_in.email}, actor=actor, now=now)
    _decide(walk_in, WalkInState.ACCEPTED, actor, now)
    learning.review_completion(found.enrolment, actor=actor, now=now)


def reject(found: WalkedIn, *, actor: Actor, now: datetime) -> None:
    """Take somebody out of the cohort again; raises WalkInKnown once the record is of a known person."""
    if found.walk_in.state is not WalkInState.PENDING:
        return
    if not found.person.is_provisional:
        raise WalkInKnown
    _decide(found.walk_in, WalkInState.REJECTED, actor, now)
    learning.withdraw(found.enrolment, actor=actor, now=now)


def _decide(walk_in: WalkIn, state: WalkInState, actor: Actor, now: datetime) -> None:
    walk_in.state, walk_in.decided_by, walk_in.decided_at = state, actor.person_id, now
    publish(
        WalkInDecided(
            at=now, actor=actor, subject_id=walk_in.id, enrolment_id=walk_in.enrolment_id, state=state.value
        )
    )

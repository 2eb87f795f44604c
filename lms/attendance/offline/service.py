"""What can be done from a device without a line. Marks go through ``observe_all``; asking again changes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from uuid import UUID

from lms.attendance.credits import RolesOf
from lms.attendance.errors import MeetingCancelled, StateUnknown
from lms.attendance.kiosk.service import Stranger, write_down
from lms.attendance.offline import queries, rules
from lms.attendance.offline.batches import Batch, Item
from lms.attendance.offline.errors import MeetingGone, NameMissing, RowGone, SentTooLate
from lms.attendance.offline.messages import RosterTaken
from lms.attendance.offline.queries import Row
from lms.attendance.offline.rules import METHOD, Outcome, Standing
from lms.attendance.queries import LocalMeeting, enrolments_of, lock_enrolments
from lms.attendance.recording import Sighting
from lms.attendance.rules import Device, Kind, Mark, check_roll
from lms.attendance.service import observe_all
from lms.core.actors import Actor
from lms.core.context import current_settings
from lms.core.db import savepoint
from lms.core.errors import DomainError
from lms.core.events import publish
from lms.core.text import Text
from lms.institutions.directory.models import Institution
from lms.learning.models import Enrolment


def take_rosters(meetings: Sequence[LocalMeeting], *, actor: Actor, now: datetime) -> dict[UUID, list[Row]]:
    """Return the people of these meetings by meeting, and note that their names were put on a device."""
    rows = queries.list_rows(meetings)
    for each in meetings:
        publish(RosterTaken(at=now, actor=actor, subject_id=each.id, people=len(rows[each.id])))
    return rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What became of one mark of a device."""

    number: int
    outcome: Outcome
    reason: Text = ""
    standing: Standing | None = None
    """What somebody else said, for a conflict."""
    enrolment_id: UUID | None = None
    """Whose mark it is now, for somebody who was written down by hand."""
    choices: Sequence[Institution] = ()
    """The institutions that a text may mean."""


def sync(
    batch: Batch, meetings: Mapping[UUID, LocalMeeting], *, device: Device, actor: Actor, now: datetime
) -> list[Answer]:
    """Take the marks of a device; a mark that cannot be taken says why and keeps no other from being taken.

    ``meetings`` are those whose register the actor keeps. The queries are constant for each meeting, beside people
    who were not on its list.
    """
    answers = []
    by_meeting: dict[UUID, list[Item]] = {}
    for item in batch.items:
        by_meeting.setdefault(item.meeting_id, []).append(item)
    for key in sorted(by_meeting):
        if key in meetings:
            desk = _Desk(local=meetings[key], number=batch.device, device=device, actor=actor, now=now)
            answers += desk.take(by_meeting[key])
        else:
            answers += [_refused(item, MeetingGone.message) for item in by_meeting[key]]
    return answers


def _refused(item: Item, reason: Text) -> Answer:
    return Answer(number=item.number, outcome=Outcome.REFUSED, reason=reason)


@dataclass(kw_only=True)
class _Desk:
    """Where the marks of one device for one meeting are taken."""

    local: LocalMeeting
    number: UUID
    device: Device
    actor: Actor
    now: datetime
    enrolments: dict[UUID, Enrolment] = field(default_factory=dict)
    standings: dict[UUID, Standing] = field(default_factory=dict)
    noted: dict[str, UUID] = field(default_factory=dict)
    sightings: list[Sighting] = field(default_factory=list)

    def take(self, items: Sequence[Item]) -> list[Answer]:
        """Judge each mark and note those that can be taken."""
        if self.local.is_cancelled:
            return [_refused(item, MeetingCancelled.message) for item in items]
        days = current_settings().offline_days
        if rules.is_closed(self.local.meeting.ends_at, self.now, days=days):
            return [_refused(item, SentTooLate(days).message) for item in items]
        people = [item.enrolment_id for item in items if item.enrolment_id]
        lock_enrolments(people)  # what is read from here on, nobody changes until we are done
        self.enrolments = enrolments_of(self.local.cohort.id)
        origins = [self._origin(item) for item in items]
        self.standings, self.noted = queries.standings_of(self.local.meeting, people, origins)
        roles = RolesOf(self.local.meeting)
        answers = [self._answer(item, roles) for item in sorted(items, key=attrgetter("number"))]
        if self.sightings:
            self.sightings.sort(key=attrgetter("happened_at"))
            observe_all(self.local.meeting, self.sightings, actor=self.actor, now=self.now)
        return answers

    def _answer(self, item: Item, roles: Mapping[str, Mark]) -> Answer:
        if owner := self.noted.get(self._origin(item)):
            return Answer(number=item.number, outcome=Outcome.KNOWN, enrolment_id=owner)
        try:
            if item.state not in roles:
                raise StateUnknown
            check_roll(self.local.meeting.window, roles[item.state], self._moment(item))
            return self._take(item) if item.enrolment_id else self._admit(item)
        except DomainError as refusal:
            return _refused(item, refusal.message)

    def _take(self, item: Item) -> Answer:
        enrolment = self.enrolments.get(item.enrolment_id) if item.enrolment_id else None
        if enrolment is None:
            raise RowGone
        standing = self.standings.get(enrolment.id)
        if rules.clashes(standing, device=self.number, state=item.state, seen=item.seen):
            return Answer(number=item.number, outcome=Outcome.CONFLICT, standing=standing)
        return self._note(item, enrolment)

    def _admit(self, item: Item) -> Answer:
        """Take in somebody who was not on the list, to be confirmed, as far as it is clear where they work."""
        if not item.name or not (item.place or item.institution_id):
            raise NameMissing
        choices: list[Institution] = []
        place = queries.find_open_institution(item.institution_id) if item.institution_id else None
        if place is None:
            place, choices = queries.find_places(self.local.cohort.id, item.place)
        if place is None:
            return Answer(number=item.number, outcome=Outcome.UNCLEAR, choices=choices)
        stranger = Stranger(name=item.name, institution=place, form_key=self._origin(item))
        with savepoint():
            _walk_in, enrolment = write_down(
                self.local.meeting,
                self.local.cohort,
                stranger,
                arrived_at=self._moment(item),
                actor=self.actor,
                now=self.now,
            )
        return self._note(item, enrolment)

    def _note(self, item: Item, enrolment: Enrolment) -> Answer:
        sighting = Sighting(
            enrolment=enrolment,
            kind=Kind.VERDICT,
            method=METHOD,
            happened_at=self._moment(item),
            device=self.device,
            origin=self._origin(item),
            state=item.state,
        )
        self.sightings.append(sighting)
        return Answer(number=item.number, outcome=Outcome.TAKEN, enrolment_id=enrolment.id)

    def _origin(self, item: Item) -> str:
        return rules.origin_of(self.number, item.number)

    def _moment(self, item: Item) -> datetime:
        return rules.moment_of(item.device_ms, item.offset_ms, self.now)

"""From what a cohort says about notices to the letters that leave: who is due, at what hour, and who is left out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from itertools import groupby
from uuid import UUID
from zoneinfo import ZoneInfo

from lms.accounts.models import Person
from lms.attendance.notices import queries
from lms.attendance.notices.calls import CallPart, CallStanding, standing_of
from lms.attendance.notices.letters import Subject, letter_to
from lms.attendance.notices.models import CohortNotice, Notice
from lms.attendance.notices.queries import Addressee, Edition
from lms.attendance.notices.rules import (
    ABOUT_CALLS,
    NoticeKind,
    NoticeState,
    Quiet,
    Reason,
    is_quiet,
    moment_before,
    moment_of_reminder,
    next_loud,
)
from lms.attendance.queries import LocalMeeting
from lms.core.db import db
from lms.core.mail import Message
from lms.core.outbox import post


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A notice that somebody should have."""

    kind: NoticeKind
    person_id: UUID
    due_at: datetime
    occasion: str = ""


@dataclass(frozen=True, kw_only=True)
class Round:
    """Everything that decides about the notices of one cohort at a moment."""

    edition: Edition
    now: datetime

    @cached_property
    def settings(self) -> dict[NoticeKind, CohortNotice]:
        """Return what the cohort says of each kind."""
        return queries.notices_of(self.edition.cohort.id)

    @cached_property
    def quiet(self) -> Quiet:
        """Return when the programme writes to nobody."""
        return queries.quiet_of(self.edition.programme.id)

    @cached_property
    def people(self) -> list[Addressee]:
        """Return who takes part."""
        return queries.list_people(self.edition.cohort.id)

    @cached_property
    def left(self) -> dict[UUID, int]:
        """Return how many lessons each lacks, by enrolment."""
        return queries.lessons_left(self.people)

    @cached_property
    def meetings(self) -> list[LocalMeeting]:
        """Return the meetings to come."""
        return queries.meetings_ahead(self.edition.cohort.id, self.now)

    @cached_property
    def behind(self) -> dict[UUID, tuple[Person, list[Addressee]]]:
        """Return who answers for people that have not started, with those people."""
        return queries.focal_points_of([each for each in self.people if _needs(NoticeKind.NOT_STARTED, each)])

    @cached_property
    def call(self) -> CallStanding | None:
        """Return how the call of the cohort stands."""
        return standing_of(self.edition.cohort.id, self.now)

    def concerns(self, kind: NoticeKind, each: Addressee) -> bool:
        """Say whether a notice of this kind still has something to tell a person."""
        if kind is NoticeKind.ALMOST_DONE:
            left = self.left.get(each.enrolment.id, 0)
            return _needs(kind, each) and 0 < left <= self.settings[kind].amount
        return _needs(kind, each)

    def wanted(self) -> Iterator[Wanted]:
        """Iterate over the notices whose time has come, whether or not they were noted before."""
        if self.edition.is_closed(self.now):
            return
        for kind, setting in self.settings.items():
            if not setting.is_on:
                continue
            if kind is NoticeKind.MEETING_SOON:
                yield from self._reminders(timedelta(hours=setting.amount))
            elif kind in ABOUT_CALLS:
                yield from self._about_call(kind, timedelta(days=setting.amount))
            elif self._is_time(kind, setting.amount):
                yield from self._letters(kind)

    def _letters(self, kind: NoticeKind) -> Iterator[Wanted]:
        due_at = next_loud(self.now, self.quiet, self.edition.zone)
        if kind is NoticeKind.FOCAL_POINTS:
            people = list(self.behind)
        else:
            people = [each.person.id for each in self.people if self.concerns(kind, each)]
        for key in people:
            yield Wanted(kind=kind, person_id=key, due_at=due_at)

    def _is_time(self, kind: NoticeKind, amount: int) -> bool:
        cohort, today = self.edition.cohort, self.edition.today(self.now)
        if kind is NoticeKind.ALMOST_DONE:
            return today >= cohort.starts_on
        if kind is NoticeKind.DEADLINE:
            return today >= max(cohort.starts_on, cohort.ends_on - timedelta(days=amount))
        return today >= cohort.starts_on + timedelta(days=amount)

    def _reminders(self, lead: timedelta) -> Iterator[Wanted]:
        for local in self.meetings:
            moment = moment_before(local.meeting.starts_at, lead, self.quiet, local.zone)
            due_at = next_loud(self.now, self.quiet, local.zone)
            if self.now < moment or due_at >= local.meeting.starts_at:
                continue
            for each in self.people:
                yield Wanted(
                    kind=NoticeKind.MEETING_SOON,
                    person_id=each.person.id,
                    due_at=due_at,
                    occasion=occasion(local),
                )

    def _about_call(self, kind: NoticeKind, lead: timedelta) -> Iterator[Wanted]:
        if self.call is None or not self._is_time_of_call(kind, self.call, lead):
            return
        due_at = next_loud(self.now, self.quiet, self.edition.zone)
        for key, part in self.call.parts.items():
            if self.call.concerns(kind, part) and self._is_ready(kind, part):
                yield Wanted(kind=kind, person_id=key, due_at=due_at, occasion=self.call.occasion)

    def _is_time_of_call(self, kind: NoticeKind, standing: CallStanding, lead: timedelta) -> bool:
        call = standing.found.call
        if kind is NoticeKind.CALL_RESULTS:
            return self.now >= call.closes_at + lead
        zone = self.edition.zone
        begins = moment_of_reminder(call.opens_at, call.closes_at, lead, self.quiet, zone)
        return begins <= self.now and next_loud(self.now, self.quiet, zone) < call.closes_at

    def _is_ready(self, kind: NoticeKind, part: CallPart) -> bool:
        """Say whether results can be told: everybody has a verdict, or the course begins."""
        if kind is not NoticeKind.CALL_RESULTS or part.is_settled:
            return True
        return self.edition.today(self.now) >= self.edition.cohort.starts_on

    def zone_of(self, notice: Notice) -> ZoneInfo:
        """Return on whose clocks a notice keeps quiet: the venue's for a meeting, else the programme's."""
        local = self.meeting_of(notice)
        return local.zone if local else self.edition.zone

    def meeting_of(self, notice: Notice) -> LocalMeeting | None:
        """Return the meeting of a reminder while it stands at that time and has not begun."""
        return next((each for each in self.meetings if occasion(each) == notice.occasion), None)

    def subject_of(self, notice: Notice, person: Person) -> Subject | Reason:
        """Return what a notice is about now, or why it is not sent."""
        if reason := self._refusal(notice, person):
            return reason
        extra, kind = self.settings[notice.kind].extra, notice.kind
        if kind in ABOUT_CALLS:
            part = self.part_of(notice)
            return (
                Subject(edition=self.edition, kind=kind, extra=extra, call=part)
                if part
                else Reason.NOT_NEEDED
            )
        if kind is NoticeKind.FOCAL_POINTS:
            people = self.behind.get(person.id, (person, []))[1]
            return (
                Subject(edition=self.edition, kind=kind, extra=extra, people=people)
                if people
                else Reason.NOT_NEEDED
            )
        own = next((each for each in self.people if each.person.id == person.id), None)
        if own is None:
            return Reason.WITHDRAWN
        local = self.meeting_of(notice)
        if not self.concerns(kind, own) or (kind is NoticeKind.MEETING_SOON and local is None):
            return Reason.NOT_NEEDED
        left = self.left.get(own.enrolment.id, 0)
        return Subject(
            edition=self.edition,
            kind=kind,
            extra=extra,
            enrolment_id=own.enrolment.id,
            local=local,
            left=left,
        )

    def part_of(self, notice: Notice) -> CallPart | None:
        """Return what a notice tells a focal point of the call, while the deadline of which it spoke holds."""
        part = self.call.parts.get(notice.person_id) if self.call else None
        if part is None or self.call is None or self.call.occasion != notice.occasion:
            return None
        return part if self.call.concerns(notice.kind, part) else None

    def _refusal(self, notice: Notice, person: Person) -> Reason | None:
        if self.edition.is_closed(self.now):
            return Reason.CLOSED
        if not self.settings[notice.kind].is_on and not notice.copies:
            return Reason.TURNED_OFF
        if not person.email or not person.is_active:
            return Reason.NO_ADDRESS
        return Reason.UNSUBSCRIBED if queries.refuses(person.id) else None


def occasion(local: LocalMeeting) -> str:
    """Return what tells the reminder of a meeting from others: one that is moved is another one."""
    return f"{local.id.hex}@{local.meeting.starts_at:%Y%m%d%H%M}"


def _needs(kind: NoticeKind, each: Addressee) -> bool:
    has_started = each.enrolment.started_at is not None
    match kind:
        case NoticeKind.NOT_STARTED:
            return not has_started and not each.is_complete
        case NoticeKind.ALMOST_DONE:
            return has_started and not each.is_complete
        case NoticeKind.DEADLINE:
            return not each.is_complete
        case _:
            return True


def note_due(now: datetime) -> int:
    """Write down the notices whose time has come; those that are there already are not written again."""
    noted = 0
    for edition in queries.editions_with_notices():
        known = queries.known_keys(edition.cohort.id)
        for each in Round(edition=edition, now=now).wanted():
            key = f"{edition.cohort.id.hex}:{each.kind.value}:{each.occasion}:{each.person_id.hex}"
            if key in known:
                continue
            known.add(key)
            db.session.add(
                Notice(
                    cohort_id=edition.cohort.id, person_id=each.person_id, kind=each.kind, occasion=each.occasion,
                    key=key, state=NoticeState.WAITING, reason=None, due_at=each.due_at, decided_at=now, copies=0,
                )
            )  # fmt: skip
            noted += 1
    db.session.flush()
    return noted


def send_due(now: datetime) -> int:
    """Send the notices whose hour it is; return how many left."""
    due = sorted(queries.list_due(now), key=lambda each: each.cohort_id)
    sent = 0
    for cohort_id, group in groupby(due, key=lambda each: each.cohort_id):
        sent += send_all(list(group), Round(edition=queries.edition_of(cohort_id), now=now))
    return sent


def send_all(notices: Sequence[Notice], found: Round) -> int:
    """Send notices of one cohort, or note why not; return how many left."""
    return sum(_send(each, found) for each in notices)


def _send(notice: Notice, found: Round) -> bool:
    zone = found.zone_of(notice)
    if is_quiet(found.now, found.quiet, zone):
        notice.due_at = next_loud(found.now, found.quiet, zone)
        return False
    person = db.session.get_one(Person, notice.person_id)
    about = found.subject_of(notice, person)
    notice.decided_at = found.now
    if isinstance(about, Reason):
        notice.state, notice.reason = NoticeState.SKIPPED, about
        return False
    letter = letter_to(person, about)
    notice.state, notice.reason, notice.copies = NoticeState.SENT, None, notice.copies + 1
    message = Message(
        to=person.email or "", subject=letter.subject, text=letter.text, key=f"notice-{notice.id}-{notice.copies}",
        calendar=letter.calendar, stop_url=letter.stop_url,
    )  # fmt: skip
    post(message, now=found.now)
    return True

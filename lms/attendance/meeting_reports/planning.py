"""From what a report says of somebody to what is added to a meeting's register: only what is not there yet. Pure.

Observations are never changed. A stay that a corrected report no longer tells is taken back by an exit at the instant
of its entry: it then lasts nothing, in whatever order the two are read.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final
from uuid import UUID

from lms.attendance.folding import Seen, Terms, fold
from lms.attendance.meeting_reports.rules import Stay, presence_of
from lms.attendance.rules import Kind, Mark, Window

METHOD: Final = "call-report"
"""Name of this way to mark, as the evidence keeps it."""
TOKEN_LENGTH: Final = 24


def token_of(key: str) -> str:
    """Return a short name for a participant's key, the same in every report: fit for addresses, telling nothing."""
    return sha256(key.encode()).hexdigest()[:TOKEN_LENGTH]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One time that a report says somebody was in the call, as far as the meeting is concerned."""

    token: str
    """Participant of the report."""
    line: int
    since: datetime
    until: datetime

    @property
    def span(self) -> tuple[datetime, datetime]:
        """Return both ends."""
        return self.since, self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """A stay that an earlier report left in the register."""

    stay: str
    enrolment_id: UUID
    since: datetime
    until: datetime
    is_void: bool
    """Whether it was taken back."""

    @property
    def token(self) -> str:
        """Return the participant of the report that it comes from."""
        return self.stay.split(":")[1]

    @property
    def report(self) -> str:
        """Return which report it comes from."""
        return self.stay.split(":")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """An observation of this method at a meeting."""

    enrolment_id: UUID
    kind: Kind
    happened_at: datetime
    stay: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An observation to be added."""

    enrolment_id: UUID
    kind: Kind
    happened_at: datetime
    stay: str
    origin: str
    line: int
    """Line of the report; zero for what takes an earlier stay back."""


def pieces_of(token: str, stays: Sequence[Stay], terms: Terms, window: Window) -> list[Piece]:
    """Return when somebody was in the call, cut to the time in which one can be at the meeting, in whole seconds.

    A report that tells only durations says how long and not when: the longest counts from the first connection,
    or from the start of the meeting.
    """
    exact = [
        Piece(token=token, line=stay.line, since=max(stay.joined_at, window.opens_at), until=stay.left_at)
        for stay in stays
        if stay.joined_at and stay.left_at and stay.joined_at < terms.ends_at
    ]
    told = max((stay for stay in stays if not (stay.joined_at and stay.left_at)), key=_told, default=None)
    known = presence_of(
        [stay for stay in stays if stay.joined_at and stay.left_at],
        starts_at=terms.starts_at,
        ends_at=terms.ends_at,
    )
    if told and _told(told) > known.seconds:
        since = max(told.joined_at or terms.starts_at, terms.starts_at)
        until = since + timedelta(seconds=_told(told))
        exact = [Piece(token=token, line=told.line, since=since, until=until)]
    cut = [
        Piece(token=token, line=each.line, since=each.since, until=min(each.until, terms.ends_at))
        for each in exact
    ]
    return [each for each in cut if each.until > terms.starts_at and each.since < each.until]


def noted_in(traces: Iterable[Trace]) -> list[Noted]:
    """Return the stays that reports left at a meeting, in order of their entry."""
    groups: dict[tuple[UUID, str], list[Trace]] = {}
    for each in traces:
        groups.setdefault((each.enrolment_id, each.stay), []).append(each)
    found = []
    for (enrolment_id, stay), group in groups.items():
        since = min((each.happened_at for each in group if each.kind is Kind.ENTRY), default=None)
        exits = [each.happened_at for each in group if each.kind is Kind.EXIT]
        if since and exits:
            void = since in exits
            found.append(
                Noted(stay=stay, enrolment_id=enrolment_id, since=since, until=max(exits), is_void=void)
            )
    return sorted(found, key=lambda each: (each.since, each.stay))


def plan(
    enrolment_id: UUID,
    pieces: Sequence[Piece],
    noted: Sequence[Noted],
    *,
    digest: str,
    replaces: bool,
) -> list[Change]:
    """Return what a report adds about somebody; nothing when the register says all of it already.

    ``noted`` is what reports left at this meeting, of everybody. With ``replaces`` the report stands for all
    that earlier ones said of the person; without it, it only adds, and corrects no one but itself.
    """
    own = [each for each in noted if each.enrolment_id == enrolment_id and not each.is_void]
    kept = {(each.token, each.since, each.until) for each in own}
    wanted = {(each.token, *each.span) for each in pieces}
    fresh = {(each.token, *each.span): each for each in pieces if (each.token, *each.span) not in kept}
    changes = []
    for piece in fresh.values():
        changes += _added(enrolment_id, piece, noted, digest)
    for old in own:
        is_mine = replaces or old.report == digest[:TOKEN_LENGTH]
        if is_mine and (old.token, old.since, old.until) not in wanted:
            changes.append(_taken_back(old))
    return changes


def moved(
    noted: Iterable[Noted], tokens: Collection[str], belongs: Collection[tuple[str, UUID]]
) -> list[Change]:
    """Return what takes back the stays of participants who are now taken for somebody else, or for nobody."""
    return [
        _taken_back(each)
        for each in noted
        if not each.is_void and each.token in tokens and (each.token, each.enrolment_id) not in belongs
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What a report does to somebody's mark at a meeting."""

    seconds: int
    """Whole seconds inside the meeting that the register knows afterwards from coming and going."""
    measured: Mark | None
    """The mark that coming and going earn; None when nobody was seen."""
    before: Mark | None
    after: Mark | None

    @property
    def is_kept(self) -> bool:
        """Say whether a person decided otherwise, and their word stays."""
        return self.measured is not None and self.after is not self.measured

    @property
    def is_same(self) -> bool:
        """Say whether the mark stays as it is."""
        return self.before is self.after


def effect_of(known: Sequence[Seen], changes: Iterable[Change], terms: Terms) -> Effect:
    """Return the marks before and after adding what a report says to what is known of a person."""
    last = max((each.id for each in known), default=0)
    added = [
        Seen(id=last + number, kind=each.kind, happened_at=each.happened_at, stay=each.stay)
        for number, each in enumerate(changes, start=1)
    ]
    every = [*known, *added]
    before, after = fold(known, terms), fold(every, terms)
    doors = fold([each for each in every if each.kind is not Kind.VERDICT], terms)
    return Effect(
        seconds=doors.seconds if doors else 0,
        measured=doors.mark if doors else None,
        before=before.mark if before else None,
        after=after.mark if after else None,
    )


def _told(stay: Stay) -> int:
    return stay.seconds or 0


def _added(enrolment_id: UUID, piece: Piece, noted: Iterable[Noted], digest: str) -> list[Change]:
    """Return entry and exit; a stay that was taken back and comes again gets a name of its own."""
    stem = f"call:{piece.token}:{digest[:TOKEN_LENGTH]}:{piece.line}"
    times = sum(each.enrolment_id == enrolment_id and each.stay.startswith(f"{stem}:") for each in noted)
    stay = f"{stem}:{times}"
    return [
        Change(
            enrolment_id=enrolment_id, kind=kind, happened_at=at, stay=stay, line=piece.line,
            origin=_origin(stay, enrolment_id, kind.value),
        )
        for kind, at in ((Kind.ENTRY, piece.since), (Kind.EXIT, piece.until))
    ]  # fmt: skip


def _taken_back(old: Noted) -> Change:
    return Change(
        enrolment_id=old.enrolment_id, kind=Kind.EXIT, happened_at=old.since, stay=old.stay, line=0,
        origin=_origin(old.stay, old.enrolment_id, "void"),
    )  # fmt: skip


def _origin(stay: str, enrolment_id: UUID, what: str) -> str:
    return f"{stay}:{enrolment_id.hex[:12]}:{what}"

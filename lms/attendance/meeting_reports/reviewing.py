"""What a report would do: read, matched with the people of the cohort, weighed by each meeting; nothing is written."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from uuid import UUID
from zoneinfo import ZoneInfo

from lms.attendance.meeting_reports import planning, queries, tables
from lms.attendance.meeting_reports.errors import FileErased
from lms.attendance.meeting_reports.matching import Ground, Match, Participant, match, participants_of
from lms.attendance.meeting_reports.models import CallReport
from lms.attendance.meeting_reports.planning import METHOD, Change, Effect, Piece, Trace, token_of
from lms.attendance.meeting_reports.queries import Enrolled, KeptReport
from lms.attendance.meeting_reports.rules import Stay, presence_of
from lms.attendance.meeting_reports.stays import Row, read_stays
from lms.attendance.meeting_reports.tables import Field, Found, Program
from lms.attendance.models import AttendanceObservation, Meeting
from lms.attendance.queries import LocalMeeting, observations_at
from lms.core import private_files


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A report as it was read."""

    table: Found
    program: Program
    participants: tuple[Participant, ...]
    unused: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A meeting that the report may tell of."""

    local: LocalMeeting
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What the report says of a person at one meeting, and what becomes of their mark."""

    local: LocalMeeting
    seconds: int
    """Whole seconds inside the meeting that the report tells."""
    effect: Effect

    @property
    def share(self) -> Fraction:
        """Return which part of the meeting that is."""
        length = int(self.local.meeting.terms.length.total_seconds())
        return Fraction(self.seconds, length)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A person of the cohort in the report."""

    person: Enrolled
    matches: tuple[Match, ...]
    """Empty for whom an earlier report named and this one does not any more."""
    results: tuple[Result, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """All that a report would do to the chosen meetings."""

    source: Source
    sessions: tuple[Session, ...]
    lines: tuple[Line, ...]
    open: tuple[Match, ...]
    """Participants of whom nobody knows who they are."""
    outside: tuple[Match, ...]
    """Participants of whom somebody said that they are not of the group."""
    missing: tuple[Enrolled, ...]
    """People of the cohort whom the report does not name; it says nothing of them."""
    has_earlier: bool
    """Whether another report already told of one of the meetings."""
    changes: Mapping[UUID, tuple[Change, ...]]
    """What would be added, by meeting."""
    people: Mapping[UUID, Enrolled]
    """Everybody of the cohort by enrolment."""

    @property
    def chosen(self) -> list[LocalMeeting]:
        """Return the meetings that it covers."""
        return [each.local for each in self.sessions if each.is_chosen]

    @property
    def results(self) -> list[Result]:
        """Return the results of everybody."""
        return [result for line in self.lines for result in line.results]

    def count(self) -> dict[str, int]:
        """Return how many marks are given, changed, left as they are, and kept because a person decided."""
        found = {"given": 0, "changed": 0, "same": 0, "kept": 0}
        for each in self.results:
            found[outcome_of(each.effect)] += 1
        return found


def outcome_of(effect: Effect) -> str:
    """Return what becomes of a mark: kept, same, given or changed."""
    if effect.is_kept:
        return "kept"
    if effect.is_same:
        return "same"
    return "given" if effect.before is None else "changed"


def content_of(report: CallReport) -> bytes:
    """Return the file; raises FileErased."""
    if report.file_id is None:
        raise FileErased
    return private_files.read(report.file_id, report.file_digest)


def read_source(kept: KeptReport, content: bytes) -> Source | None:
    """Return what a file tells; None while nobody said what its columns are."""
    found = tables.find_tables(content)
    table = found[0] if found else _mapped(kept, content)
    if table is None:
        return None
    near, zone = kept.local.meeting.starts_at, ZoneInfo(kept.local.meeting.timezone)
    stays, unused = read_stays(table, near=near, zone=zone)
    return Source(
        table=table,
        program=tables.program_of(table),
        participants=tuple(participants_of(stays)),
        unused=tuple(unused),
    )


def matches_of(kept: KeptReport, source: Source, people: Mapping[UUID, Enrolled]) -> list[Match]:
    """Return whom each participant is taken for, after what was decided in this cohort."""
    known = {each.token: each.enrolment_id for each in queries.list_aliases(kept.report.cohort_id)}
    decided = {
        each.key: known[token_of(each.key)]
        for each in source.participants
        if token_of(each.key) in known and known[token_of(each.key)] in {None, *people}
    }
    members = [each.member for each in people.values()]
    return match(source.participants, members, decided=decided)


def review(
    kept: KeptReport, source: Source, *, chosen: Collection[UUID], replaces: bool, moment: datetime
) -> Review:
    """Return what a report would do to the chosen meetings; its own one when none is given."""
    people = queries.list_enrolled(kept.report.cohort_id)
    found = matches_of(kept, source, people)
    sessions = _sessions(kept, source, chosen, moment)
    weighing = _Weighing(found, people, kept.report.digest, replaces=replaces)
    for session in sessions:
        if session.is_chosen:
            weighing.weigh(session.local)
    named = {each.enrolment_id for each in found}
    return Review(
        source=source,
        sessions=sessions,
        lines=weighing.lines(),
        open=tuple(each for each in found if each.ground is None),
        outside=tuple(each for each in found if each.ground is Ground.PERSON and each.enrolment_id is None),
        missing=tuple(each for key, each in people.items() if key not in named),
        has_earlier=weighing.has_earlier,
        changes=weighing.changes,
        people=people,
    )


class _Weighing:
    """Weighs a report meeting by meeting."""

    def __init__(
        self, found: Sequence[Match], people: Mapping[UUID, Enrolled], digest: str, *, replaces: bool
    ) -> None:
        self._people, self._digest, self._replaces = people, digest, replaces
        self._tokens = {token_of(each.participant.key) for each in found}
        self._own: dict[UUID, list[Match]] = {}
        for each in found:
            if each.enrolment_id:
                self._own.setdefault(each.enrolment_id, []).append(each)
        self._belongs = {
            (token_of(each.participant.key), key) for key, group in self._own.items() for each in group
        }
        self._results: dict[UUID, list[Result]] = {}
        self.changes: dict[UUID, tuple[Change, ...]] = {}
        self.has_earlier = False

    def weigh(self, local: LocalMeeting) -> None:
        """Add what the report does at one meeting."""
        seen: dict[UUID, list[AttendanceObservation]] = {}
        for each in observations_at(local.id):
            seen.setdefault(each.enrolment_id, []).append(each)
        noted = planning.noted_in(_traces(each for own in seen.values() for each in own))
        mine = self._digest[: planning.TOKEN_LENGTH]
        self.has_earlier |= any(each.report != mine and not each.is_void for each in noted)
        planned = {
            each.origin: each
            for key in self._own
            for each in planning.plan(
                key, self._pieces(key, local.meeting), noted, digest=self._digest, replaces=self._replaces
            )
        }
        planned |= {each.origin: each for each in planning.moved(noted, self._tokens, self._belongs)}
        changes = [each for each in planned.values() if each.enrolment_id in self._people]
        self.changes[local.id] = tuple(changes)
        touched = {each.enrolment_id for each in changes}
        for key in [key for key in self._people if key in touched or key in self._own]:
            stays = [stay for each in self._own.get(key, ()) for stay in each.participant.stays]
            terms = local.meeting.terms
            told = presence_of(stays, starts_at=terms.starts_at, ends_at=terms.ends_at).seconds
            if told or key in touched:
                own = [each for each in changes if each.enrolment_id == key]
                effect = planning.effect_of([each.seen for each in seen.get(key, ())], own, terms)
                result = Result(local=local, seconds=told, effect=effect)
                self._results.setdefault(key, []).append(result)

    def lines(self) -> tuple[Line, ...]:
        """Return everybody named, in order of name."""
        return tuple(
            Line(
                person=person,
                matches=tuple(self._own.get(key, ())),
                results=tuple(self._results.get(key, ())),
            )
            for key, person in self._people.items()
            if key in self._own or key in self._results
        )

    def _pieces(self, enrolment_id: UUID, meeting: Meeting) -> list[Piece]:
        return [
            piece
            for each in self._own[enrolment_id]
            for piece in planning.pieces_of(
                token_of(each.participant.key), each.participant.stays, meeting.terms, meeting.window
            )
        ]


def _traces(seen: Iterable[AttendanceObservation]) -> Iterable[Trace]:
    return (
        Trace(
            enrolment_id=each.enrolment_id, kind=each.kind, happened_at=each.happened_at, stay=each.stay
        )
        for each in seen
        if each.method == METHOD
    )  # fmt: skip


def _mapped(kept: KeptReport, content: bytes) -> Found | None:
    heading = tables.fingerprint(tables.heading_of(content))
    known = queries.find_columns(kept.local.programme.id, heading)
    if known is None:
        return None
    columns = {Field(name): int(at) for name, at in known.columns.items()}
    return tables.read_mapped(content, columns)


def _sessions(
    kept: KeptReport, source: Source, chosen: Collection[UUID], moment: datetime
) -> tuple[Session, ...]:
    """Return the meetings that the connections reach and that have begun; the one where it was sent always."""
    stays = [stay for each in source.participants for stay in each.stays]
    reached = [
        each
        for each in queries.list_standing(kept.report.cohort_id)
        if each.id == kept.local.id
        or (
            source.table.is_exact
            and each.meeting.starts_at <= moment
            and _reach(stays, each.meeting)
        )
    ]  # fmt: skip
    known = {each.id for each in reached} & set(chosen) or {kept.local.id}
    return tuple(Session(local=each, is_chosen=each.id in known) for each in reached)


def _reach(stays: Iterable[Stay], meeting: Meeting) -> bool:
    return any(
        stay.joined_at < meeting.ends_at and stay.left_at > meeting.starts_at
        for stay in stays
        if stay.joined_at and stay.left_at
    )

"""Reads about calls, quotas and nominations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, func, or_, select, true

from lms.accounts.models import Person
from lms.core.actors import Actor, Permission
from lms.core.db import db
from lms.core.errors import NotFound
from lms.core.folding import like, words
from lms.courses.models import Release
from lms.institutions.directory.models import Institution
from lms.institutions.directory.queries import subtree_condition
from lms.institutions.directory.rules import ids_on_path
from lms.institutions.programmes.models import Programme
from lms.learning.models import Cohort, Enrolment, EnrolmentState
from lms.learning.nominations.models import Nomination, NominationCall, NominationQuota
from lms.learning.nominations.permissions import NominationPermission
from lms.learning.nominations.rules import HOLDING, LIVE, NominationState, Phase, Quota, Waiting, phase_of


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCall:
    """A call with its cohort, course and programme."""

    call: NominationCall
    cohort: Cohort
    programme: Programme
    course: str

    @property
    def id(self) -> UUID:
        """Return the call's id."""
        return self.call.id

    @property
    def zone(self) -> ZoneInfo:
        """Return the clocks that the deadline is read from: the programme's."""
        return ZoneInfo(self.programme.timezone)

    def phase(self, now: datetime) -> Phase:
        """Return whether nominations are taken now."""
        return phase_of(self.call.window, now)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaRow:
    """A quota with its institution and how it is used."""

    id: UUID
    institution_id: UUID
    institution: str
    quota: Quota
    sent: int
    """People nominated under it, whatever became of them."""
    accepted: int
    """Of those who hold a place, common ones too, how many the staff accepted."""
    waiting: int

    @property
    def is_silent(self) -> bool:
        """Say whether nobody has nominated anybody."""
        return self.quota.places > self.quota.released and not self.sent


@dataclass(frozen=True, slots=True, kw_only=True)
class NominationFilter:
    """What narrows and sorts a list of nominations."""

    text: str = ""
    quota_id: UUID | None = None
    state: NominationState | None = None
    sort: str = "arrival"
    """arrival, name or institution; a minus before it turns the order round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NominationRow:
    """A nomination in a list."""

    id: UUID
    person_id: UUID
    name: str
    email: str
    institution: str
    state: NominationState
    from_common: bool
    is_late: bool
    proposed_at: datetime
    decided_at: datetime | None
    reason: str


ORDERS: Mapping[str, Any] = {
    "arrival": Nomination.queued_at,
    "name": Person.search_text,
    "institution": Institution.search_text,
}


# ── calls ──


def _calls() -> Select[NominationCall, Cohort, Programme, str]:
    return (
        select(NominationCall, Cohort, Programme, Release.title)
        .join(Cohort, Cohort.id == NominationCall.cohort_id)
        .join(Programme, Programme.id == Cohort.programme_id)
        .join(Release, Release.id == Cohort.release_id)
    )


def _open_call(row: Any) -> OpenCall:
    return OpenCall(call=row[0], cohort=row[1], programme=row[2], course=row[3])


def find_call(cohort_id: UUID) -> OpenCall | None:
    """Return the call of a cohort, if it has one."""
    row = db.session.execute(_calls().where(NominationCall.cohort_id == cohort_id)).one_or_none()
    return _open_call(row) if row else None


def get_call(call_id: UUID) -> OpenCall:
    """Return a call; raises NotFound. For jobs and services: a request asks ``access``."""
    row = db.session.execute(_calls().where(NominationCall.id == call_id)).one_or_none()
    if row is None:
        raise NotFound
    return _open_call(row)


def quota_condition(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on ``NominationQuota`` that the actor's institutions use it.

    It is of one of them, of a body above them that shares its places, or of a unit below.
    """
    reach = actor.reach(NominationPermission.NOMINATE)
    if reach.everywhere:
        return true()
    if not reach.institutions:
        return false()
    paths = db.session.scalars(select(Institution.path).where(Institution.id.in_(reach.institutions)))
    above = {each for path in paths for each in ids_on_path(path)}
    below = select(Institution.id).where(subtree_condition(reach.institutions))
    return or_(NominationQuota.institution_id.in_(above), NominationQuota.institution_id.in_(below))


def calls_for(
    actor: Actor, *, text: str = "", phase: str = "", sort: str = "", now: datetime
) -> Select[*tuple[Any, ...]]:
    """Return the select of the calls in which the actor's institutions have places; ``read_call`` reads its rows.

    Those that close next come first, then the ones that have closed, latest first; unless sorted by course or
    closes, a minus before it turning the order round.
    """
    has_places = exists().where(NominationQuota.call_id == NominationCall.id, quota_condition(actor))
    statement: Select[*tuple[Any, ...]] = _calls().where(has_places)
    for word in words(text):
        statement = statement.where(Cohort.search_text.like(like(word), escape="\\"))
    is_closed = NominationCall.closes_at <= now
    match phase:
        case Phase.OPEN:
            statement = statement.where(~is_closed, NominationCall.opens_at <= now)
        case Phase.UPCOMING:
            statement = statement.where(NominationCall.opens_at > now)
        case Phase.CLOSED:
            statement = statement.where(is_closed)
    key = {"course": Release.title, "closes": NominationCall.closes_at}.get(sort.removeprefix("-"))
    if key is not None:
        return statement.order_by(key.desc() if sort.startswith("-") else key, NominationCall.id)
    soonest = case((is_closed, None), else_=NominationCall.closes_at)
    return statement.order_by(is_closed, soonest, NominationCall.closes_at.desc(), NominationCall.id)


def read_call(row: Any) -> OpenCall:
    """Return a row of ``calls_for`` as a value."""
    return _open_call(row)


def find_call_for(actor: Actor, call_id: UUID) -> OpenCall | None:
    """Return a call in which the actor's institutions have places."""
    has_places = exists().where(NominationQuota.call_id == NominationCall.id, quota_condition(actor))
    row = db.session.execute(_calls().where(NominationCall.id == call_id, has_places)).one_or_none()
    return _open_call(row) if row else None


# ── quotas ──


def quotas_of(
    call_ids: Sequence[UUID], condition: ColumnElement[bool] | None = None
) -> dict[UUID, list[QuotaRow]]:
    """Return the quotas of calls with how each is used, by call and by name of institution, in one query."""
    holds = and_(Nomination.state.in_(HOLDING), Nomination.from_common.is_(False))
    rows = db.session.execute(
        select(
            NominationQuota,
            Institution.name,
            func.count(case((holds, 1))),
            func.count(Nomination.id),
            func.count(case((Nomination.state == NominationState.ACCEPTED, 1))),
            func.count(case((Nomination.state == NominationState.WAITING, 1))),
        )
        .join(Institution, Institution.id == NominationQuota.institution_id)
        .outerjoin(Nomination, Nomination.quota_id == NominationQuota.id)
        .where(NominationQuota.call_id.in_(call_ids), true() if condition is None else condition)
        .group_by(NominationQuota.id, Institution.name, Institution.search_text)
        .order_by(Institution.search_text)
    ).all()
    found: dict[UUID, list[QuotaRow]] = {key: [] for key in call_ids}
    for quota, institution, taken, sent, accepted, waiting in rows:
        found[quota.call_id].append(
            QuotaRow(
                id=quota.id,
                institution_id=quota.institution_id,
                institution=institution,
                quota=Quota(id=quota.id, places=quota.places, released=quota.released, taken=taken),
                sent=sent,
                accepted=accepted,
                waiting=waiting,
            )
        )
    return found


def list_quotas(call_id: UUID) -> list[QuotaRow]:
    """Return the quotas of a call with how each is used, by name of institution, in one query."""
    return quotas_of([call_id])[call_id]


def find_quota(call_id: UUID, institution_id: UUID) -> NominationQuota | None:
    """Return the quota that an institution has of its own."""
    return db.session.scalar(
        select(NominationQuota).where(
            NominationQuota.call_id == call_id, NominationQuota.institution_id == institution_id
        )
    )


def count_common_taken(call_id: UUID) -> int:
    """Return how many people hold a place that was given to everybody."""
    statement = select(func.count()).where(
        Nomination.call_id == call_id, Nomination.from_common, Nomination.state.in_(HOLDING)
    )
    return db.session.scalar(statement) or 0


def count_of_quota(quota_id: UUID) -> int:
    """Return how many nominations, of any state, came under a quota."""
    return db.session.scalar(select(func.count()).where(Nomination.quota_id == quota_id)) or 0


# ── nominations ──


def nomination_condition(actor: Actor, permission: Permission) -> ColumnElement[bool]:
    """Return THE condition under which a permission reaches a nomination; lists, pages and files share it.

    Managing is for whoever has the programme, as with cohorts.
    """
    reach = actor.reach(permission)
    if reach.everywhere:
        return true()
    ways: list[ColumnElement[bool]] = [false()]
    cohorts: ColumnElement[bool] = Cohort.programme_id.in_(reach.programmes)
    if permission is not NominationPermission.MANAGE:
        cohorts = or_(cohorts, Cohort.id.in_(reach.cohorts))
    if reach.programmes or reach.cohorts:
        calls = select(NominationCall.id).join(Cohort, Cohort.id == NominationCall.cohort_id).where(cohorts)
        ways.append(Nomination.call_id.in_(calls))
    if reach.institutions:
        places = select(Institution.id).where(subtree_condition(reach.institutions))
        ways.append(Nomination.institution_id.in_(places))
    return or_(*ways)


def nominations(
    actor: Actor, permission: Permission, call_id: UUID, wanted: NominationFilter
) -> Select[*tuple[Any, ...]]:
    """Return the select of a call's nominations as far as a permission reaches; ``read_row`` reads its rows."""
    statement: Select[*tuple[Any, ...]] = (
        select(Nomination, Person, Institution.name)
        .join(Person, Person.id == Nomination.person_id)
        .join(Institution, Institution.id == Nomination.institution_id)
        .where(Nomination.call_id == call_id, nomination_condition(actor, permission))
    )
    for word in words(wanted.text):
        statement = statement.where(Person.search_text.like(like(word), escape="\\"))
    if wanted.quota_id:
        statement = statement.where(Nomination.quota_id == wanted.quota_id)
    if wanted.state:
        statement = statement.where(Nomination.state == wanted.state)
    order = ORDERS.get(wanted.sort.removeprefix("-"), Nomination.queued_at)
    first = order.desc() if wanted.sort.startswith("-") else order
    return statement.order_by(first, Nomination.proposed_at, Nomination.id)


def read_row(row: Any) -> NominationRow:
    """Return a row of ``nominations`` as a value."""
    nomination, person, institution = row
    return NominationRow(
        id=nomination.id,
        person_id=person.id,
        name=person.name,
        email=person.email or "",
        institution=institution,
        state=nomination.state,
        from_common=nomination.from_common,
        is_late=bool(nomination.late_reason),
        proposed_at=nomination.proposed_at,
        decided_at=nomination.decided_at,
        reason=nomination.reason,
    )


def count_states(actor: Actor, permission: Permission, call_id: UUID) -> dict[NominationState, int]:
    """Return how many of the nominations that a permission reaches stand where, in one query."""
    rows = db.session.execute(
        select(Nomination.state, func.count())
        .where(Nomination.call_id == call_id, nomination_condition(actor, permission))
        .group_by(Nomination.state)
    ).all()
    found = {row[0]: row[1] for row in rows}
    return {state: found.get(state, 0) for state in NominationState}


def find_reached(actor: Actor, permission: Permission, nomination_id: UUID) -> Nomination | None:
    """Return a nomination that a permission reaches."""
    return db.session.scalar(
        select(Nomination).where(Nomination.id == nomination_id, nomination_condition(actor, permission))
    )


def get_nomination(nomination_id: UUID) -> Nomination:
    """Return a nomination; raises NotFound. For jobs: a request asks ``access``."""
    nomination = db.session.get(Nomination, nomination_id)
    if nomination is None:
        raise NotFound
    return nomination


def find_live(call_id: UUID, person_id: UUID) -> Nomination | None:
    """Return the nomination of a person that still counts in a call."""
    return db.session.scalar(
        select(Nomination).where(
            Nomination.call_id == call_id, Nomination.person_id == person_id, Nomination.state.in_(LIVE)
        )
    )


def find_successor(nomination_id: UUID) -> Nomination | None:
    """Return the nomination of whoever took this one's place over."""
    return db.session.scalar(select(Nomination).where(Nomination.replaces_id == nomination_id))


def list_waiting(call_id: UUID) -> list[Waiting]:
    """Return who waits in a call, in the order in which they came."""
    rows = db.session.execute(
        select(Nomination.id, Nomination.quota_id, Nomination.decided_at.is_not(None))
        .where(Nomination.call_id == call_id, Nomination.state == NominationState.WAITING)
        .order_by(Nomination.queued_at, Nomination.proposed_at, Nomination.id)
    ).all()
    return [Waiting(id=row[0], quota_id=row[1], is_vetted=row[2]) for row in rows]


def positions(call_id: UUID) -> dict[UUID, int]:
    """Return the place of each nomination in the list of those who wait, from 1."""
    return {each.id: number for number, each in enumerate(list_waiting(call_id), start=1)}


def live_people(call_id: UUID) -> set[UUID]:
    """Return who is nominated in a call, in any state that still counts."""
    rows = select(Nomination.person_id).where(Nomination.call_id == call_id, Nomination.state.in_(LIVE))
    return set(db.session.scalars(rows))


def enrolled_people(cohort_id: UUID) -> set[UUID]:
    """Return who takes part in a cohort."""
    rows = select(Enrolment.person_id).where(
        Enrolment.cohort_id == cohort_id, Enrolment.state == EnrolmentState.ACTIVE
    )
    return set(db.session.scalars(rows))


def day_of(found: OpenCall, now: datetime) -> date:
    """Return the day that it is for the programme of a call."""
    return now.astimezone(found.zone).date()

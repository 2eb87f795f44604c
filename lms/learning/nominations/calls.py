"""What can be done with calls and quotas; the only writer of their tables."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lms.core.actors import Actor
from lms.core.db import db
from lms.core.events import publish
from lms.core.ids import new_id
from lms.core.jobs.orders import enqueue
from lms.institutions.directory.models import Institution
from lms.institutions.directory.queries import get_institution
from lms.institutions.programmes.models import MembershipKind
from lms.institutions.programmes.queries import list_members
from lms.learning.models import Cohort
from lms.learning.nominations import holding, queries, rules
from lms.learning.nominations.messages import AnnounceCall, CallChanged, CallOpened, PlacesReleased, QuotaSet
from lms.learning.nominations.models import NominationCall, NominationQuota
from lms.learning.nominations.queries import OpenCall
from lms.learning.nominations.rules import Window


@dataclass(frozen=True, slots=True, kw_only=True)
class CallValues:
    """What the staff says about a call."""

    window: Window
    instructions: str = ""


def open_call(cohort: Cohort, values: CallValues, *, actor: Actor, now: datetime) -> NominationCall:
    """Give a cohort its call, or change the one that it has; the focal points are told when it opens.

    Raises CallDatesCrossed.
    """
    rules.check_window(values.window)
    known = queries.find_call(cohort.id)
    if known:
        _change_call(known.call, values, actor=actor, now=now)
        return known.call
    call = NominationCall(id=new_id(), cohort_id=cohort.id, created_at=now, **_columns(values))
    db.session.add(call)
    db.session.flush()
    publish(
        CallOpened(
            at=now, actor=actor, subject_id=call.id, cohort_id=cohort.id, opens_at=call.opens_at,
            closes_at=call.closes_at,
        )
    )  # fmt: skip
    _order_announcement(call, now=now)
    return call


def _change_call(call: NominationCall, values: CallValues, *, actor: Actor, now: datetime) -> None:
    holding.hold(call)
    columns = _columns(values)
    changed = tuple(name for name, value in columns.items() if getattr(call, name) != value)
    for name in changed:
        setattr(call, name, columns[name])
    if changed:
        publish(
            CallChanged(at=now, actor=actor, subject_id=call.id, fields=changed, closes_at=call.closes_at)
        )
        _order_announcement(call, now=now)


def _columns(values: CallValues) -> dict[str, datetime | str]:
    window = values.window
    return {
        "opens_at": window.opens_at,
        "closes_at": window.closes_at,
        "substitutes_until": window.substitutes_until,
        "instructions": values.instructions.strip(),
    }


def _order_announcement(call: NominationCall, institution_id: UUID | None = None, *, now: datetime) -> None:
    """Order the letters that say that a call is open: to every institution with places, or to one of them."""
    place = str(institution_id or "")
    key = f"{AnnounceCall.code}:{call.id}:{call.opens_at:%Y%m%d%H%M}:{place}"
    order = AnnounceCall(call_id=str(call.id), institution_id=place)
    enqueue(order, now=now, key=key, run_at=max(now, call.opens_at))


def set_quota(
    call: NominationCall, institution: Institution, places: int, *, actor: Actor, now: datetime
) -> None:
    """Say how many people an institution with everything below it may send; the same number changes nothing.

    None at all takes it out of the call, unless it has nominated. Raises QuotaTooSmall.
    """
    holding.hold(call)
    quota = queries.find_quota(call.id, institution.id)
    before = quota.places if quota else 0
    if before == places:
        return
    if quota is None:
        quota = NominationQuota(id=new_id(), call_id=call.id, institution_id=institution.id, released=0)
        db.session.add(quota)
    else:
        row = next(each for each in queries.list_quotas(call.id) if each.id == quota.id)
        rules.check_places(places, released=row.quota.released, taken=row.quota.taken)
    quota.places = places
    db.session.flush()
    if places == 0 and not queries.count_of_quota(quota.id):
        db.session.delete(quota)
        db.session.flush()
    publish(
        QuotaSet(
            at=now, actor=actor, subject_id=call.id, institution_id=institution.id, before=before,
            places=places,
        )
    )  # fmt: skip
    if before == 0:
        _order_announcement(call, institution.id, now=now)
    holding.order_filling(call, now=now)


def set_member_quotas(found: OpenCall, places: int, *, actor: Actor, now: datetime) -> int:
    """Give every institution of the programme that has no quota yet this many places; return how many got one.

    Not a permanent guest: it has a voice, and places only where somebody writes them for it.
    """
    known = {each.institution_id for each in queries.list_quotas(found.id)}
    members = list_members(found.programme.id, queries.day_of(found, now))
    new = [
        each.institution_id
        for each in members
        if each.kind is not MembershipKind.PERMANENT_GUEST and each.institution_id not in known
    ]
    for institution_id in new:
        set_quota(found.call, get_institution(institution_id), places, actor=actor, now=now)
    return len(new)


def release_unused(call: NominationCall, *, actor: Actor, now: datetime) -> int:
    """Give the places that no institution has used to everybody who waits; return how many."""
    holding.hold(call)
    count = 0
    for row in queries.list_quotas(call.id):
        if free := row.quota.free:
            db.session.get_one(NominationQuota, row.id).released += free
            count += free
    if count:
        db.session.flush()
        publish(PlacesReleased(at=now, actor=actor, subject_id=call.id, count=count))
        holding.order_filling(call, now=now)
    return count

"""What can be done with nominations: asking, the verdicts, taking back, passing a place on.

Every verb holds the call's row first, so two at once on the last place wait for each other.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from lms.accounts.models import Person
from lms.accounts.queries import find_person_by_email
from lms.core.actors import Actor
from lms.core.db import db, savepoint
from lms.core.events import publish
from lms.core.ids import new_id
from lms.core.jobs.orders import enqueue
from lms.institutions.directory.models import Institution
from lms.institutions.directory.queries import find_affiliation, get_institution
from lms.institutions.directory.rules import ids_on_path
from lms.institutions.people import service as people
from lms.institutions.people.errors import EmailOfAnother
from lms.institutions.people.rules import same_name
from lms.institutions.people.service import PersonValues, Work
from lms.learning import queries as learning_queries
from lms.learning import service as learning
from lms.learning.errors import AffiliationMissing
from lms.learning.models import Cohort, Enrolment, EnrolmentState
from lms.learning.nominations import holding, queries, rules
from lms.learning.nominations.errors import (
    AlreadyEnrolled,
    AlreadyNominated,
    NominationSettled,
    NoQuota,
    NotYetAdmitted,
    OtherQuota,
    ReasonNeeded,
)
from lms.learning.nominations.messages import (
    LateNominationAdmitted,
    NominationDeclined,
    NominationQueued,
    NominationWithdrawn,
    NomineeReplaced,
    PersonNominated,
    TellReplaced,
)
from lms.learning.nominations.models import Nomination, NominationCall
from lms.learning.nominations.queries import OpenCall, QuotaRow
from lms.learning.nominations.rules import NominationState

LONGEST_REASON = 1000


# ── nominating ──


def nominate(
    found: OpenCall, person: Person, *, late_reason: str = "", actor: Actor, now: datetime
) -> Nomination:
    """Nominate a person of the actor's institutions; asking again returns the nomination that there is.

    Without a place left the person waits. After the deadline a reason asks for an exception.
    Raises CallNotOpen, CallClosed, NoQuota, AffiliationMissing and AlreadyEnrolled.
    """
    call = found.call
    holding.hold(call)
    if known := queries.find_live(call.id, person.id):
        return known
    institution, quota = _place_of(found, person, now)
    state = rules.state_when_asked(
        call.window, now, has_reason=bool(late_reason.strip()), has_place=quota.quota.free > 0
    )
    _check_not_enrolled(found.cohort, person)
    nomination = Nomination(
        id=new_id(),
        call_id=call.id,
        quota_id=quota.id,
        person_id=person.id,
        institution_id=institution.id,
        state=state,
        queued_at=now,
        proposed_at=now,
        proposed_by=actor.person_id,
        late_reason=late_reason.strip()[:LONGEST_REASON] if state is NominationState.LATE else "",
    )
    _add(nomination, actor=actor, now=now)
    if state is NominationState.WAITING:
        holding.order_filling(call, now=now)  # places given to everybody may be left
    return nomination


def nominate_new(
    found: OpenCall, values: PersonValues, work: Work, *, late_reason: str = "", actor: Actor, now: datetime
) -> Nomination:
    """Nominate somebody by name and address: a known address is the same person, another one becomes a person.

    Raises what ``nominate`` does, and EmailOfAnother, BelongsElsewhere, InstitutionClosed, AffiliationOverlaps.
    """
    with savepoint():
        person = find_person_by_email(values.email)
        if person is None or find_affiliation(person.id, queries.day_of(found, now)) is None:
            person, _is_new = people.register_at(values, work, actor=actor, now=now)
        elif not same_name(person.name, values.name):
            raise EmailOfAnother
        people.check_reach(person, actor=actor)
        return nominate(found, person, late_reason=late_reason, actor=actor, now=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Nominee:
    """Somebody of a file: the judge of the file found that nothing stands in the way."""

    person_id: UUID
    institution_id: UUID
    quota_id: UUID


def nominate_all(
    found: OpenCall, nominees: Sequence[Nominee], *, late_reason: str = "", actor: Actor, now: datetime
) -> Counter[NominationState]:
    """Nominate people in the order given and return how many came to which state.

    The caller holds the call, and knows that nobody of them is nominated or enrolled. Raises CallNotOpen and
    CallClosed.
    """
    call, reason = found.call, late_reason.strip()[:LONGEST_REASON]
    free = {row.id: row.quota.free for row in queries.list_quotas(call.id)}
    made: list[Nomination] = []
    for number, each in enumerate(nominees):
        state = rules.state_when_asked(
            call.window, now, has_reason=bool(reason), has_place=free[each.quota_id] > 0
        )
        free[each.quota_id] -= state is NominationState.PROPOSED
        nomination = Nomination(
            id=new_id(), call_id=call.id, quota_id=each.quota_id, person_id=each.person_id,
            institution_id=each.institution_id, state=state, queued_at=now + timedelta(microseconds=number),
            proposed_at=now, proposed_by=actor.person_id,
            late_reason=reason if state is NominationState.LATE else "",
        )  # fmt: skip
        made.append(nomination)
    db.session.add_all(made)
    db.session.flush()
    for nomination in made:
        _tell_nominated(nomination, actor=actor, now=now)
    if any(each.state is NominationState.WAITING for each in made):
        holding.order_filling(call, now=now)
    return Counter(each.state for each in made)


def _add(nomination: Nomination, *, actor: Actor, now: datetime) -> None:
    db.session.add(nomination)
    db.session.flush()
    _tell_nominated(nomination, actor=actor, now=now)


def _tell_nominated(nomination: Nomination, *, actor: Actor, now: datetime) -> None:
    publish(
        PersonNominated(
            at=now, actor=actor, subject_id=nomination.id, call_id=nomination.call_id,
            person_id=nomination.person_id, institution_id=nomination.institution_id,
            state=nomination.state.value,
        )
    )  # fmt: skip


def admit_late(nomination: Nomination, reason: str, *, actor: Actor, now: datetime) -> None:
    """Let a late nomination in by exception; it holds a place if there is one, else it waits.

    Asking again changes nothing. Raises ReasonNeeded and NominationSettled.
    """
    call = holding.hold_call_of(nomination)
    if nomination.exception_reason and nomination.state in rules.LIVE:
        return
    if nomination.state is not NominationState.LATE:
        raise NominationSettled
    nomination.exception_reason = _needed(reason)
    quota = _quota(call.id, nomination.quota_id)
    nomination.state = rules.first_state(has_place=quota.quota.free > 0)
    db.session.flush()
    publish(
        LateNominationAdmitted(at=now, actor=actor, subject_id=nomination.id, state=nomination.state.value)
    )
    holding.tell(nomination, now=now)
    if nomination.state is NominationState.WAITING:
        holding.order_filling(call, now=now)


# ── verdicts ──


def accept(nomination: Nomination, *, actor: Actor, now: datetime) -> None:
    """Give a nominated person a place in the cohort and enrol them; accepting again changes nothing.

    Raises QuotaFull, CohortFull, NotYetAdmitted and NominationSettled.
    """
    call = holding.hold_call_of(nomination)
    if nomination.state is NominationState.ACCEPTED:
        return
    _check_undecided(nomination)
    with savepoint():
        if nomination.state is NominationState.WAITING:
            quotas = queries.list_quotas(call.id)
            own = next(each.quota.free for each in quotas if each.id == nomination.quota_id)
            common = rules.common_free((each.quota for each in quotas), queries.count_common_taken(call.id))
            nomination.from_common = rules.choose_place(own, common)
        holding.take(nomination, actor=actor, now=now)


def put_on_waiting_list(nomination: Nomination, *, actor: Actor, now: datetime) -> None:
    """Say that a person may take part when a place is free; asking again changes nothing.

    Raises NotYetAdmitted and NominationSettled.
    """
    holding.hold_call_of(nomination)
    _check_undecided(nomination)
    if nomination.state is NominationState.WAITING and nomination.decided_at:
        return
    nomination.state, nomination.from_common = NominationState.WAITING, False
    nomination.decided_at, nomination.decided_by = now, actor.person_id
    db.session.flush()
    publish(NominationQueued(at=now, actor=actor, subject_id=nomination.id))
    holding.tell(nomination, now=now)


def decline(nomination: Nomination, reason: str, *, actor: Actor, now: datetime) -> None:
    """Say no, and why; asking again changes nothing. Raises ReasonNeeded and NominationSettled."""
    call = holding.hold_call_of(nomination)
    if nomination.state is NominationState.DECLINED:
        return
    if nomination.state not in rules.UNDECIDED:
        raise NominationSettled
    nomination.reason = _needed(reason)
    nomination.state = NominationState.DECLINED
    nomination.decided_at, nomination.decided_by = now, actor.person_id
    db.session.flush()
    publish(NominationDeclined(at=now, actor=actor, subject_id=nomination.id))
    holding.tell(nomination, now=now)
    holding.order_filling(call, now=now)


def withdraw(
    nomination: Nomination, reason: str = "", *, is_staff: bool = False, actor: Actor, now: datetime
) -> None:
    """Take a nomination back, and an accepted person out of the cohort; asking again changes nothing.

    Raises NominationSettled and TooLateToChange.
    """
    call = holding.hold_call_of(nomination)
    if nomination.state is NominationState.WITHDRAWN:
        return
    enrolment = _check_change(nomination, call, is_staff=is_staff, now=now)
    nomination.state, nomination.reason = NominationState.WITHDRAWN, reason.strip()[:LONGEST_REASON]
    db.session.flush()
    if enrolment:
        learning.withdraw(enrolment, actor=actor, now=now)
    publish(NominationWithdrawn(at=now, actor=actor, subject_id=nomination.id))
    if is_staff:
        holding.tell(nomination, now=now)
    holding.order_filling(call, now=now)


def replace(
    nomination: Nomination, person: Person, *, is_staff: bool = False, actor: Actor, now: datetime
) -> Nomination:
    """Pass the place of a person to another one of the same quota; asking again returns the same successor.

    Raises NominationSettled, TooLateToChange, AlreadyNominated, AlreadyEnrolled, AffiliationMissing, NoQuota
    and OtherQuota.
    """
    call = holding.hold_call_of(nomination)
    known = queries.find_successor(nomination.id)
    if known and known.person_id == person.id:
        return known
    enrolment = _check_change(nomination, call, is_staff=is_staff, now=now)
    institution = _successors_place(nomination, person, now)
    before = nomination.state
    with savepoint():
        nomination.state = NominationState.REPLACED
        db.session.flush()
        successor = _successor(nomination, person, institution, before)
        successor.proposed_at, successor.proposed_by = now, actor.person_id
        _add(successor, actor=actor, now=now)
        if enrolment:
            learning.withdraw(enrolment, actor=actor, now=now)
            holding.enrol_nominee(
                successor, learning_queries.get_cohort(call.cohort_id), actor=actor, now=now
            )
            key = f"{TellReplaced.code}:{nomination.id}"
            enqueue(TellReplaced(nomination_id=str(nomination.id)), now=now, key=key)
    publish(
        NomineeReplaced(
            at=now, actor=actor, subject_id=nomination.id, person_id=person.id, successor_id=successor.id
        )
    )
    return successor


def _successors_place(nomination: Nomination, person: Person, now: datetime) -> Institution:
    """Return for which institution a person takes a place over; raises what ``replace`` says."""
    found = queries.get_call(nomination.call_id)
    institution, quota = _place_of(found, person, now)
    if queries.find_live(found.id, person.id):
        raise AlreadyNominated
    _check_not_enrolled(found.cohort, person)
    if quota.id != nomination.quota_id:
        raise OtherQuota
    return institution


def _successor(
    nomination: Nomination, person: Person, institution: Institution, state: NominationState
) -> Nomination:
    return Nomination(
        id=new_id(),
        call_id=nomination.call_id,
        quota_id=nomination.quota_id,
        person_id=person.id,
        institution_id=institution.id,
        state=state,
        from_common=nomination.from_common,
        queued_at=nomination.queued_at,
        decided_at=nomination.decided_at,
        decided_by=nomination.decided_by,
        late_reason=nomination.late_reason,
        exception_reason=nomination.exception_reason,
        replaces_id=nomination.id,
    )


# ── what the verbs share ──


def _place_of(found: OpenCall, person: Person, now: datetime) -> tuple[Institution, QuotaRow]:
    """Return where a person works and the quota that it uses; raises AffiliationMissing and NoQuota."""
    affiliation = find_affiliation(person.id, queries.day_of(found, now))
    if affiliation is None:
        raise AffiliationMissing
    institution = get_institution(affiliation.institution_id)
    quotas = {each.institution_id: each for each in queries.list_quotas(found.id)}
    key = rules.governing(ids_on_path(institution.path), quotas)
    if key is None:
        raise NoQuota
    return institution, quotas[key]


def _quota(call_id: UUID, quota_id: UUID) -> QuotaRow:
    return next(each for each in queries.list_quotas(call_id) if each.id == quota_id)


def _check_not_enrolled(cohort: Cohort, person: Person) -> None:
    enrolment = learning_queries.find_enrolment(cohort.id, person.id)
    if enrolment and enrolment.state is EnrolmentState.ACTIVE:
        raise AlreadyEnrolled


def _check_undecided(nomination: Nomination) -> None:
    if nomination.state is NominationState.LATE:
        raise NotYetAdmitted
    if nomination.state not in rules.UNDECIDED:
        raise NominationSettled


def _check_change(
    nomination: Nomination, call: NominationCall, *, is_staff: bool, now: datetime
) -> Enrolment | None:
    """Return the enrolment that would end, if any; raises NominationSettled and TooLateToChange."""
    enrolment = None
    if nomination.state is NominationState.ACCEPTED:
        enrolment = learning_queries.find_enrolment(call.cohort_id, nomination.person_id)
    is_completed = enrolment is not None and learning_queries.find_completion(enrolment.id) is not None
    rules.check_change(nomination.state, call.window, now, is_staff=is_staff, is_completed=is_completed)
    return enrolment


def _needed(reason: str) -> str:
    if not reason.strip():
        raise ReasonNeeded
    return reason.strip()[:LONGEST_REASON]

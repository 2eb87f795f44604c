"""What can be done with cohorts and enrolments; the only writer of their tables."""

from datetime import date, datetime
from typing import NotRequired, TypedDict, Unpack
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from lms.accounts.models import Person
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.events import publish
from lms.core.folding import fold
from lms.core.ids import new_id
from lms.core.jobs.orders import enqueue
from lms.courses.models import Release, Unit
from lms.institutions.directory.models import Institution
from lms.institutions.directory.queries import find_affiliation
from lms.institutions.directory.rules import sector_of
from lms.institutions.programmes.models import Programme
from lms.institutions.programmes.queries import get_programme
from lms.learning import agreements, crediting, queries, rules
from lms.learning.errors import (
    AffiliationMissing,
    EnrolmentInactive,
    OutsideDates,
    ReleaseWithdrawn,
    UnitOutside,
)
from lms.learning.messages import (
    CohortChanged,
    CohortCreated,
    CourseStarted,
    EnrolmentCompleted,
    EnrolmentWithdrawn,
    PersonEnrolled,
    TellEnrolled,
    TrackChanged,
    UnitFinished,
)
from lms.learning.models import Cohort, Completion, Enrolment, EnrolmentState, Modality, UnitProgress
from lms.plugins.criteria import State


class CohortValues(TypedDict):
    """What an administrator says about a cohort."""

    name: str
    modality: Modality
    venue: str
    starts_on: date
    ends_on: date
    capacity: int | None
    agreement_id: NotRequired[UUID | None]
    """The agreement under which it runs; left as it is where nothing is said."""


def create_cohort(
    *, programme: Programme, release: Release, actor: Actor, now: datetime, **values: Unpack[CohortValues]
) -> Cohort:
    """Create a cohort on a release, numbered within its programme, course and year.

    Raises DatesCrossed, ReleaseWithdrawn, AgreementNeeded and what ``check_agreement`` raises.
    """
    rules.check_dates(values["starts_on"], values["ends_on"])
    agreements.check_may_begin(programme.id, values["starts_on"])
    agreements.check_agreement(values.get("agreement_id"), programme.id, values["starts_on"])
    if release.withdrawn_at is not None:
        raise ReleaseWithdrawn
    year = values["starts_on"].year
    cohort = Cohort(
        id=new_id(),
        programme_id=programme.id,
        course_id=release.course_id,
        release_id=release.id,
        year=year,
        number=rules.next_number(queries.list_numbers(programme.id, release.course_id, year)),
        search_text=fold(f"{values['name']} {release.title}"),
        **values,
    )
    db.session.add(cohort)
    db.session.flush()
    publish(CohortCreated(at=now, actor=actor, subject_id=cohort.id, name=cohort.name, release_id=release.id))
    return cohort


def change_cohort(cohort: Cohort, *, actor: Actor, now: datetime, **values: Unpack[CohortValues]) -> None:
    """Change everything but the programme and the release.

    Raises DatesCrossed, CapacityTooSmall, and what ``check_agreement`` raises of another agreement or first day.
    """
    rules.check_dates(values["starts_on"], values["ends_on"])
    rules.check_capacity(values["capacity"], queries.count_enrolled(cohort.id))
    changed = tuple(name for name, value in values.items() if getattr(cohort, name) != value)
    if {"agreement_id", "starts_on"} & set(changed):
        agreement_id = values.get("agreement_id", cohort.agreement_id)
        agreements.check_agreement(agreement_id, cohort.programme_id, values["starts_on"])
    for name in changed:
        setattr(cohort, name, values[name])  # type: ignore[literal-required]  # names come from values itself
    if changed:
        release = db.session.get_one(Release, cohort.release_id)
        cohort.search_text = fold(f"{cohort.name} {release.title}")
        publish(CohortChanged(at=now, actor=actor, subject_id=cohort.id, fields=changed))


def enrol(
    cohort: Cohort,
    person: Person,
    *,
    institution_id: UUID | None = None,
    sector: str | None = None,
    actor: Actor,
    now: datetime,
) -> Enrolment:
    """Enrol a person and tell them; asking again changes nothing, a withdrawn enrolment counts again.

    Institution and sector are those of the person's affiliation today unless given.
    Raises AffiliationMissing and CohortFull.
    """
    known = queries.find_enrolment(cohort.id, person.id)
    if known and known.state is EnrolmentState.ACTIVE:
        return known
    place, own_sector = _affiliation(cohort, person, institution_id, now)
    take_place(cohort, person)
    enrolment = known or Enrolment(id=new_id(), cohort_id=cohort.id, person_id=person.id)
    enrolment.institution_id, enrolment.sector = place, sector or own_sector
    enrolment.state, enrolment.enrolled_at = EnrolmentState.ACTIVE, now
    db.session.add(enrolment)
    db.session.flush()
    publish(
        PersonEnrolled(
            at=now, actor=actor, subject_id=enrolment.id, cohort_id=cohort.id, person_id=person.id,
            institution_id=place, sector=enrolment.sector,
        )
    )  # fmt: skip
    _credit(enrolment, cohort, actor=actor, now=now)
    if person.email:
        key = f"enrolled:{enrolment.id}:{now:%Y%m%d%H%M%S}"
        enqueue(TellEnrolled(enrolment_id=str(enrolment.id)), now=now, key=key)
    return enrolment


def _affiliation(
    cohort: Cohort, person: Person, institution_id: UUID | None, now: datetime
) -> tuple[UUID, str | None]:
    """Return for which institution and sector a person takes part; raises AffiliationMissing."""
    affiliation = find_affiliation(person.id, _today(cohort.programme_id, now))
    if affiliation and institution_id not in {None, affiliation.institution_id}:
        affiliation = None
    place = institution_id or (affiliation.institution_id if affiliation else None)
    if place is None:
        raise AffiliationMissing
    return place, sector_of(affiliation, db.session.get_one(Institution, place))


def take_place(cohort: Cohort, person: Person) -> None:
    """Refuse a full cohort; the lock makes two people for the last place wait for each other. Raises CohortFull.

    Who only tries things out takes no place.
    """
    if cohort.capacity is None or person.is_test:
        return
    db.session.execute(select(Cohort.id).where(Cohort.id == cohort.id).with_for_update())
    rules.check_place(cohort.capacity, queries.count_enrolled(cohort.id))


def withdraw(enrolment: Enrolment, *, actor: Actor, now: datetime) -> None:
    """Take a person out of a cohort; what they did stays on record. Asking again changes nothing."""
    if enrolment.state is EnrolmentState.WITHDRAWN:
        return
    enrolment.state = EnrolmentState.WITHDRAWN
    publish(
        EnrolmentWithdrawn(
            at=now, actor=actor, subject_id=enrolment.id, cohort_id=enrolment.cohort_id,
            person_id=enrolment.person_id,
        )
    )  # fmt: skip


def change_track(enrolment: Enrolment, sector: str | None, *, actor: Actor, now: datetime) -> None:
    """Change which branches of the lessons are open first; None opens all of them."""
    before = enrolment.sector
    if before == sector:
        return
    enrolment.sector = sector
    publish(TrackChanged(at=now, actor=actor, subject_id=enrolment.id, before=before, after=sector))


def is_open(enrolment: Enrolment, now: datetime) -> bool:
    """Say whether progress counts now: the enrolment is active and its cohort is running."""
    cohort = queries.get_cohort(enrolment.cohort_id)
    day = _today(cohort.programme_id, now)
    return enrolment.state is EnrolmentState.ACTIVE and rules.is_open(cohort.starts_on, cohort.ends_on, day)


def see_unit(enrolment: Enrolment, unit: Unit, now: datetime) -> None:
    """Note that a unit was opened and that the person left there; outside the dates nothing is noted."""
    _check_unit(enrolment, unit)
    if is_open(enrolment, now):
        is_first = enrolment.started_at is None
        _open_unit(enrolment, unit, now)
        if is_first:
            learner = Actor(person_id=enrolment.person_id)
            _credit(enrolment, queries.get_cohort(enrolment.cohort_id), actor=learner, now=now)


def finish_unit(enrolment: Enrolment, unit: Unit, *, actor: Actor, now: datetime) -> None:
    """Note that a lesson was read to its end, or a quiz or simulation passed; asking again changes nothing.

    Raises EnrolmentInactive and OutsideDates.
    """
    _check_unit(enrolment, unit)
    if enrolment.state is not EnrolmentState.ACTIVE:
        raise EnrolmentInactive
    if not is_open(enrolment, now):
        raise OutsideDates
    progress = _open_unit(enrolment, unit, now)
    if progress.finished_at is None:
        progress.finished_at = now
        db.session.flush()
        publish(UnitFinished(at=now, actor=actor, subject_id=enrolment.id, unit_id=unit.id))
        cohort = queries.get_cohort(enrolment.cohort_id)
        for other, theirs in crediting.list_sharing(enrolment, unit, cohort):
            _credit(other, theirs, actor=actor, now=now)


def _credit(enrolment: Enrolment, cohort: Cohort, *, actor: Actor, now: datetime) -> None:
    """Count what the person finished in other courses that share it, while progress counts here."""
    if is_open(enrolment, now) and crediting.credit_shared(enrolment, cohort, actor=actor, now=now):
        review_completion(enrolment, actor=actor, now=now)


def _check_unit(enrolment: Enrolment, unit: Unit) -> None:
    if unit.release_id != queries.get_cohort(enrolment.cohort_id).release_id:
        raise UnitOutside


def _open_unit(enrolment: Enrolment, unit: Unit, now: datetime) -> UnitProgress:
    if enrolment.started_at is None:
        enrolment.started_at = now
        learner = Actor(person_id=enrolment.person_id)
        publish(CourseStarted(at=now, actor=learner, subject_id=enrolment.id, cohort_id=enrolment.cohort_id))
    enrolment.last_unit_id = unit.id
    progress = queries.find_progress(enrolment.id, unit.id)
    if progress is None:
        progress = UnitProgress(id=new_id(), enrolment_id=enrolment.id, unit_id=unit.id, seen_at=now)
        db.session.add(progress)
        db.session.flush()
    return progress


def review_completion(enrolment: Enrolment, *, actor: Actor, now: datetime) -> Completion | None:
    """Write the completion once every criterion is met, and return it; None while something is missing.

    Call it after every change that a criterion could see. A completion is never taken back.
    """
    if known := queries.find_completion(enrolment.id):
        return known
    db.session.flush()
    if (
        enrolment.state is not EnrolmentState.ACTIVE
        or queries.outcome_of(enrolment.id).state is not State.MET
    ):
        return None
    completion = _completion(enrolment, now)
    db.session.add(completion)
    db.session.flush()
    publish(
        EnrolmentCompleted(
            at=now, actor=actor, subject_id=enrolment.id, enrolment_id=enrolment.id,
            cohort_id=enrolment.cohort_id, person_id=enrolment.person_id, completion_id=completion.id,
            completed_on=completion.completed_on,
        )
    )  # fmt: skip
    return completion


def _completion(enrolment: Enrolment, now: datetime) -> Completion:
    cohort = queries.get_cohort(enrolment.cohort_id)
    completed_on = _today(cohort.programme_id, now)
    institution_id, sector = _place_on(enrolment, cohort, completed_on)
    return Completion(
        id=new_id(),
        enrolment_id=enrolment.id,
        person_id=enrolment.person_id,
        programme_id=cohort.programme_id,
        course_id=cohort.course_id,
        release_id=cohort.release_id,
        institution_id=institution_id,
        sector=sector,
        hours=db.session.get_one(Release, cohort.release_id).hours,
        completed_at=now,
        completed_on=completed_on,
    )


def _place_on(enrolment: Enrolment, cohort: Cohort, day: date) -> tuple[UUID, str | None]:
    """Return the institution and sector of a person on a day.

    They are those of the enrolment unless the person has changed post since: somebody may take part for another
    body than the one where they work, and that choice stands until a new affiliation begins.
    """
    affiliation = find_affiliation(enrolment.person_id, day)
    if affiliation is None or affiliation.starts_on <= _today(cohort.programme_id, enrolment.enrolled_at):
        return enrolment.institution_id, enrolment.sector
    institution = db.session.get_one(Institution, affiliation.institution_id)
    return institution.id, sector_of(affiliation, institution) or enrolment.sector


def _today(programme_id: UUID, now: datetime) -> date:
    return now.astimezone(ZoneInfo(get_programme(programme_id).timezone)).date()

"""Following the facts: which person an event could have changed, so that they are counted again with it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm.util import identity_key

from lms.assessments.attempts.models import Attempt
from lms.attendance.messages import MeetingCalledOff
from lms.core.db import db, postpone
from lms.core.events import Event
from lms.core.jobs.orders import enqueue
from lms.institutions.directory.messages import InstitutionChanged
from lms.institutions.merging.messages import MergeUndone, PeopleMerged
from lms.institutions.programmes.messages import ProgrammeChanged
from lms.learning.messages import CohortMoved
from lms.learning.models import Enrolment
from lms.reports.tallies import queries
from lms.reports.tallies.messages import RecountCohort, RecountInstitution
from lms.reports.tallies.models import CountedProgramme
from lms.reports.tallies.service import recount_people


def count_enrolment(event: Event) -> None:
    """Count again, before the transaction ends, the person of the enrolment that an event is about."""
    _count_enrolled(event.subject_id, event.at)


def _count_enrolled(enrolment_id: UUID, at: datetime) -> None:
    enrolment = db.session.identity_map.get(identity_key(Enrolment, enrolment_id))
    if enrolment is not None:
        postpone(recount_people, (enrolment.person_id, at))
    else:
        postpone(_recount_enrolled, (enrolment_id, at))


def _recount_enrolled(facts: Sequence[tuple[UUID, datetime]]) -> None:
    """Count again the people of these enrolments: a roll call names forty that nobody has read."""
    people = queries.people_of({enrolment_id for enrolment_id, _at in facts})
    recount_people([(people[enrolment_id], at) for enrolment_id, at in facts if enrolment_id in people])


def count_named_enrolment(event: Any) -> None:
    """Count again, before the transaction ends, the person of an enrolment that an event names."""
    _count_enrolled(event.enrolment_id, event.at)


def count_attempt(event: Event) -> None:
    """Count again, before the transaction ends, the person of an attempt that an event is about."""
    attempt = db.session.get(Attempt, event.subject_id)
    if attempt is not None:
        _count_enrolled(attempt.enrolment_id, event.at)


def count_meeting(event: MeetingCalledOff) -> None:
    """Count again, before the transaction ends, everybody with a mark at a meeting that counts for nobody any more."""
    for person_id in queries.list_people_at(event.subject_id):
        postpone(recount_people, (person_id, event.at))


def count_holder(event: Any) -> None:
    """Count again, before the transaction ends, the person whom an event names."""
    postpone(recount_people, (event.person_id, event.at))


def count_subject(event: Event) -> None:
    """Count again, before the transaction ends, the person whom an event is about."""
    postpone(recount_people, (event.subject_id, event.at))


def count_both(event: PeopleMerged | MergeUndone) -> None:
    """Count again, before the transaction ends, two records that became one, or two again."""
    for person_id in (event.subject_id, event.gone_id):
        postpone(recount_people, (person_id, event.at))


def count_cohort(event: CohortMoved) -> None:
    """Order that everybody in a cohort is counted again: half of another release is another half."""
    enqueue(RecountCohort(cohort_id=str(event.subject_id)), now=event.at)


def count_institution(event: InstitutionChanged) -> None:
    """Order that everybody at an institution is counted again where it got another sector: many have no own one."""
    if "sector" in event.fields:
        enqueue(RecountInstitution(institution_id=str(event.subject_id)), now=event.at)


def count_programme(event: ProgrammeChanged) -> None:
    """Order that everybody is counted again where the programme got another clock: days begin at another hour."""
    if "timezone" in event.fields:
        for cohort_id in queries.list_cohorts_of(event.subject_id):
            enqueue(RecountCohort(cohort_id=str(cohort_id)), now=event.at)


def begin(event: Event) -> None:
    """Keep the figures of a new programme from its first day."""
    db.session.add(CountedProgramme(programme_id=event.subject_id))

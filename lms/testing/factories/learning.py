"""Cohorts and enrolments, for tests."""

from datetime import date, timedelta
from itertools import count

from lms.accounts.models import Person
from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.courses.models import Release, Unit
from lms.courses.queries import get_unit, list_outline
from lms.institutions.directory.models import Institution
from lms.institutions.directory.queries import find_affiliation
from lms.institutions.programmes.models import Programme
from lms.institutions.programmes.rules import ProgrammeValues, Scale
from lms.institutions.programmes.service import create_programme
from lms.learning import service
from lms.learning.models import Cohort, Enrolment, Modality
from lms.learning.queries import get_cohort
from lms.testing.factories.accounts import make_person
from lms.testing.factories.courses import make_release
from lms.testing.factories.institutions import affiliate_person, make_institution

_serial = count(1)


def make_cohort(
    *,
    programme: Programme | None = None,
    release: Release | None = None,
    name: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
    capacity: int | None = None,
) -> Cohort:
    """Create a cohort that began ten days ago and runs sixty more, unless told otherwise."""
    today = now().date()
    return service.create_cohort(
        programme=programme or _make_programme(),
        release=release or make_release(),
        name=name or f"Grupo {next(_serial):02}",
        modality=Modality.BLENDED,
        venue="",
        starts_on=starts_on or today - timedelta(days=10),
        ends_on=ends_on or today + timedelta(days=60),
        capacity=capacity,
        actor=SYSTEM,
        now=now(),
    )


def make_enrolment(
    cohort: Cohort | None = None,
    person: Person | None = None,
    *,
    institution: Institution | None = None,
    sector: str | None = None,
) -> Enrolment:
    """Enrol a person; without one, somebody new; without an institution, the one where they work or a new one."""
    learner = person or make_person()
    if institution is not None or find_affiliation(learner.id, now().date()) is None:
        affiliate_person(learner, institution or make_institution())
    return service.enrol(cohort or make_cohort(), learner, sector=sector, actor=SYSTEM, now=now())


def units_of(enrolment: Enrolment) -> list[Unit]:
    """Return the units of the release that an enrolment studies, in order, bodies included."""
    outline = list_outline(get_cohort(enrolment.cohort_id).release_id)
    return [get_unit(unit.id) for module in outline for unit in module.units]


def finish_units(enrolment: Enrolment, *, count: int | None = None) -> None:
    """Finish the first units of an enrolment, or all of them, quizzes too, and review its completion."""
    for unit in units_of(enrolment)[:count]:
        service.finish_unit(enrolment, unit, actor=SYSTEM, now=now())
    service.review_completion(enrolment, actor=SYSTEM, now=now())


def _make_programme() -> Programme:
    number = next(_serial)
    return create_programme(
        ProgrammeValues(
            code=f"P{number:03}",
            name=f"Programa {number:03}",
            issuer_name="Comisión de prueba",
            issuer_unit="",
            country="MX",
            territory="",
            timezone="America/Cancun",
            scale=Scale.TEN,
            pass_mark=0.8,
            attendance_share=0.8,
            target_share=0.8,
            starts_on=date(2026, 1, 1),
        ),
        actor=SYSTEM,
        now=now(),
    )

"""Reads about what programmes ask for their documents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import or_, select

from lms.certificates.issuing.models import Certificate, IssuingPolicy
from lms.certificates.issuing.rules import USUAL, Kind, Rule, Term
from lms.core.db import db
from lms.courses.models import Course
from lms.learning.models import Cohort
from lms.learning.queries import get_cohort, get_enrolment

DEFAULT_DESIGN = "ruta"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What holds for one kind of document in a course."""

    rule: Rule
    term: Term = field(default_factory=Term)
    design: str = DEFAULT_DESIGN
    title: str = ""
    """What the programme calls the document; empty takes the usual words."""


def terms_of(programme_id: UUID, course_id: UUID | None) -> dict[Kind, Terms]:
    """Return what holds in a course of a programme, by kind: its own row, else the programme's, else what is usual."""
    rows = db.session.scalars(
        select(IssuingPolicy).where(
            IssuingPolicy.programme_id == programme_id,
            or_(IssuingPolicy.course_id.is_(None), IssuingPolicy.course_id == course_id),
        )
    ).all()
    return _choose(rows)


def terms_of_cohort(cohort: Cohort) -> dict[Kind, Terms]:
    """Return what holds for the people of a cohort, by kind."""
    return terms_of(cohort.programme_id, cohort.course_id)


def term_of(certificate: Certificate) -> Term:
    """Return how long a document that renews this one would be valid."""
    cohort = get_cohort(get_enrolment(certificate.enrolment_id).cohort_id)
    return terms_of_cohort(cohort)[certificate.kind].term


def list_policies(programme_id: UUID) -> Sequence[IssuingPolicy]:
    """Return what a programme wrote down, what holds for all courses first."""
    return db.session.scalars(
        select(IssuingPolicy)
        .where(IssuingPolicy.programme_id == programme_id)
        .order_by(IssuingPolicy.course_id.is_not(None), IssuingPolicy.course_id, IssuingPolicy.kind)
    ).all()


def list_courses(programme_id: UUID) -> Sequence[Course]:
    """Return the courses that a programme teaches, by title."""
    taught = select(Cohort.course_id).where(Cohort.programme_id == programme_id)
    return db.session.scalars(
        select(Course).where(Course.id.in_(taught)).order_by(Course.title, Course.id)
    ).all()


def find_policy(programme_id: UUID, course_id: UUID | None, kind: Kind) -> IssuingPolicy | None:
    """Return the row for exactly this course, or for all courses."""
    is_course = (
        IssuingPolicy.course_id.is_(None) if course_id is None else IssuingPolicy.course_id == course_id
    )
    return db.session.scalar(
        select(IssuingPolicy).where(
            IssuingPolicy.programme_id == programme_id, is_course, IssuingPolicy.kind == kind
        )
    )


def _choose(rows: Sequence[IssuingPolicy]) -> dict[Kind, Terms]:
    found: dict[Kind, Terms] = {kind: Terms(rule=rule) for kind, rule in USUAL.items()}
    # A row for the course comes after the one for all courses, and takes its place.
    for row in sorted(rows, key=lambda each: each.course_id is not None):
        found[row.kind] = Terms(
            rule=row.rule,
            term=Term(
                months=row.valid_months,
                days_before=row.renew_days_before,
                days_after=row.renew_days_after,
            ),
            design=row.design or DEFAULT_DESIGN,
            title=row.title,
        )
    return found


def issued_kinds(terms: Mapping[Kind, Terms]) -> list[Kind]:
    """Return the kinds that are issued, the certificado first."""
    return [kind for kind in Kind if terms[kind].rule.is_issued]

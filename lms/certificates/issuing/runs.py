"""Reads about bulk runs: how far each is, and what became of everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from lms.accounts.models import Person
from lms.accounts.queries import is_real_person
from lms.certificates.issuing.models import Certificate, IssueEntry, IssueRun, Outcome
from lms.core.db import db
from lms.institutions.directory.models import Institution
from lms.learning.models import Enrolment


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRow:
    """One person of a bulk run in its list."""

    enrolment_id: UUID
    name: str
    institution: str
    outcome: Outcome
    detail: str
    certificate_id: UUID | None
    folio: str
    is_test: bool


def list_runs(cohort_id: UUID, limit: int = 5) -> Sequence[IssueRun]:
    """Return the bulk runs of a cohort, the latest first."""
    return db.session.scalars(
        select(IssueRun)
        .where(IssueRun.cohort_id == cohort_id)
        .order_by(IssueRun.ordered_at.desc(), IssueRun.id)
        .limit(limit)
    ).all()


def count_outcomes(run_id: UUID) -> dict[Outcome, int]:
    """Return how many people of a run who count came to each outcome; zeros left out."""
    rows = db.session.execute(
        select(IssueEntry.outcome, func.count())
        .join(Enrolment, Enrolment.id == IssueEntry.enrolment_id)
        .where(IssueEntry.run_id == run_id, is_real_person(Enrolment.person_id))
        .group_by(IssueEntry.outcome)
    ).all()
    return {row[0]: row[1] for row in rows}


def entries_of(run_id: UUID) -> Select[IssueEntry, Person, str, str]:
    """Return the select of the people of a run, those without a document first."""
    return (
        select(IssueEntry, Person, Institution.name, Certificate.folio)
        .join(Enrolment, Enrolment.id == IssueEntry.enrolment_id)
        .join(Person, Person.id == Enrolment.person_id)
        .join(Institution, Institution.id == Enrolment.institution_id)
        .outerjoin(Certificate, Certificate.id == IssueEntry.certificate_id)
        .where(IssueEntry.run_id == run_id)
        .order_by(IssueEntry.certificate_id.is_not(None), Person.search_text, Person.id)
    )


def read_entry(row: Any) -> EntryRow:
    """Return a row of ``entries_of`` as a value."""
    entry, person, institution, folio = row
    return EntryRow(
        enrolment_id=entry.enrolment_id,
        name=person.name,
        institution=institution,
        outcome=entry.outcome,
        detail=entry.detail,
        certificate_id=entry.certificate_id,
        folio=folio or "",
        is_test=person.is_test,
    )

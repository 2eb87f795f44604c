"""Reads about certificates and about who waits for one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select

from lms.accounts.models import Person
from lms.attendance.models import Meeting
from lms.certificates.issuing.models import Certificate
from lms.certificates.issuing.permissions import CertificatePermission
from lms.certificates.issuing.rules import Eligibility, eligibility
from lms.core.actors import Actor, Permission
from lms.core.db import db
from lms.core.errors import NotFound
from lms.core.folding import like, words
from lms.core.i18n import _, _l, current_language
from lms.institutions.directory.models import Institution
from lms.learning.models import Completion, Enrolment, EnrolmentState
from lms.learning.queries import enrolment_condition, outcomes_of
from lms.plugins.criteria import State, Verdict
from lms.web.formats import medium_date


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateRow:
    """A certificate in a list."""

    id: UUID
    holder: str
    institution: str
    folio: str
    code: str
    issued_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An enrolment without a standing certificate."""

    enrolment_id: UUID
    name: str
    institution: str
    eligibility: Eligibility
    cancelled: int
    """How many certificates of the enrolment were cancelled."""


def certificate_condition(actor: Actor, *permissions: Permission) -> ColumnElement[bool]:
    """Return the condition that one of these permissions reaches a certificate: it reaches its enrolment."""
    reached = or_(*(enrolment_condition(actor, permission) for permission in permissions))
    return Certificate.enrolment_id.in_(select(Enrolment.id).where(reached))


def visible_to(actor: Actor) -> Select[Certificate]:
    """Return the certificates that the actor may see: their own, and those of the people they read about."""
    condition = certificate_condition(actor, CertificatePermission.HOLD, CertificatePermission.READ)
    return select(Certificate).where(condition)


def is_reached(actor: Actor, permission: Permission, certificate: Certificate) -> bool:
    """Say whether a permission reaches a certificate that the actor already sees, to decide what they may do."""
    reached = certificate_condition(actor, permission)
    statement = select(Certificate.id).where(Certificate.id == certificate.id, reached)
    return db.session.scalar(statement) is not None


def get_certificate(certificate_id: UUID) -> Certificate:
    """Return a certificate; raises NotFound."""
    certificate = db.session.get(Certificate, certificate_id)
    if certificate is None:
        raise NotFound
    return certificate


def find_issued(enrolment_id: UUID, number: int) -> Certificate | None:
    """Return the n-th certificate of an enrolment, cancelled or not, counted from one."""
    return db.session.scalar(
        select(Certificate)
        .where(Certificate.enrolment_id == enrolment_id)
        .order_by(Certificate.issued_at, Certificate.folio)
        .offset(number - 1)
        .limit(1)
    )


def find_standing(enrolment_id: UUID) -> Certificate | None:
    """Return the valid certificate of an enrolment."""
    return db.session.scalar(
        select(Certificate).where(Certificate.enrolment_id == enrolment_id, Certificate.revoked_at.is_(None))
    )


def find_by_code(code: str) -> Certificate | None:
    """Return the certificate with this code, written as printed."""
    return db.session.scalar(select(Certificate).where(Certificate.code == code))


def find_by_folio(folio: str) -> Certificate | None:
    """Return the certificate with this folio, written as printed."""
    return db.session.scalar(select(Certificate).where(Certificate.folio == folio))


def list_held(
    person_id: UUID, *, limit: int | None = None, only_valid: bool = False
) -> Sequence[Certificate]:
    """Return a person's certificates, the newest first."""
    statement = select(Certificate).where(Certificate.person_id == person_id)
    if only_valid:
        statement = statement.where(Certificate.revoked_at.is_(None))
    order = (Certificate.issued_at.desc(), Certificate.folio)
    return db.session.scalars(statement.order_by(*order).limit(limit)).all()


def count_issued(enrolment_ids: Collection[UUID]) -> dict[UUID, int]:
    """Return how many certificates each enrolment has had, cancelled ones too; zeros left out."""
    rows = db.session.execute(
        select(Certificate.enrolment_id, func.count())
        .where(Certificate.enrolment_id.in_(enrolment_ids))
        .group_by(Certificate.enrolment_id)
    ).all()
    return {row[0]: row[1] for row in rows}


def count_meetings(cohort_id: UUID) -> int:
    """Return how many meetings of a cohort took place or will."""
    statement = select(func.count()).where(Meeting.cohort_id == cohort_id, Meeting.cancelled_at.is_(None))
    return db.session.scalar(statement) or 0


def register_of(
    actor: Actor, cohort_id: UUID, *, text: str = "", state: str = "", institution_id: UUID | None = None
) -> Select[Certificate]:
    """Return the select of a cohort's certificates by folio; ``state`` is "valid", "cancelled" or empty."""
    statement = (
        select(Certificate)
        .join(Enrolment, Enrolment.id == Certificate.enrolment_id)
        .join(Person, Person.id == Certificate.person_id)
        .where(Enrolment.cohort_id == cohort_id, enrolment_condition(actor, CertificatePermission.READ))
    )
    for word in words(text):
        pattern = like(word)
        places = (Person.search_text, func.lower(Certificate.folio), func.lower(Certificate.code))
        statement = statement.where(or_(*(place.like(pattern, escape="\\") for place in places)))
    if state:
        is_valid = Certificate.revoked_at.is_(None)
        statement = statement.where(is_valid if state == "valid" else ~is_valid)
    if institution_id:
        statement = statement.where(Certificate.institution_id == institution_id)
    return statement.order_by(Certificate.folio)


def read_row(row: Any) -> CertificateRow:
    """Return a row of ``register_of`` as a value."""
    certificate: Certificate = row[0]
    document = certificate.document
    return CertificateRow(
        id=certificate.id,
        holder=document.printed.holder_name,
        institution=document.institution,
        folio=certificate.folio,
        code=certificate.code,
        issued_at=certificate.issued_at,
        revoked_at=certificate.revoked_at,
    )


def list_institutions_of(actor: Actor, cohort_id: UUID) -> list[tuple[UUID, str]]:
    """Return the institutions of a cohort's certificates that the actor may see, by name."""
    rows = db.session.execute(
        select(Institution.id, Institution.name)
        .where(
            Institution.id.in_(
                register_of(actor, cohort_id).order_by(None).with_only_columns(Certificate.institution_id)
            )
        )
        .order_by(Institution.search_text)
    ).all()
    return [(row[0], row[1]) for row in rows]


def requirements_of(enrolments: Collection[Enrolment]) -> dict[UUID, list[Verdict | None]]:
    """Return what each enrolment must meet for its certificate, in a constant number of queries.

    A completion is a fact written once: it settles every condition of the course, also those that somebody
    changed afterwards. Without it the criteria speak, and a withdrawn enrolment cannot go on.
    """
    completed = _completions([each.id for each in enrolments])
    going = [each.id for each in enrolments if each.id not in completed]
    outcomes = outcomes_of(going) if going else {}
    return {
        each.id: [_completed(completed[each.id])]
        if each.id in completed
        else [_withdrawn(each), *outcomes[each.id].verdicts]
        for each in enrolments
    }


def _completions(enrolment_ids: Collection[UUID]) -> Mapping[UUID, Completion]:
    rows = db.session.scalars(select(Completion).where(Completion.enrolment_id.in_(enrolment_ids)))
    return {row.enrolment_id: row for row in rows}


def _completed(completion: Completion) -> Verdict:
    day = medium_date(completion.completed_on, language=current_language(), timezone=UTC)
    return Verdict(
        criterion="completion",
        state=State.MET,
        title=_l("Curso completado"),
        detail=_("Cumplió todas las condiciones el %(day)s.", day=day),
    )


def _withdrawn(enrolment: Enrolment) -> Verdict | None:
    if enrolment.state is EnrolmentState.ACTIVE:
        return None
    return Verdict(
        criterion="enrolment",
        state=State.CANNOT,
        title=_l("Inscripción vigente"),
        detail=_("La inscripción se dio de baja. Pida a quien coordina su cohorte que la reactive."),
    )


def eligibility_of(enrolment: Enrolment) -> Eligibility:
    """Return whether an enrolment gets a certificate, and what it is missing."""
    return eligibility(requirements_of([enrolment])[enrolment.id])


def list_waiting(actor: Actor, permission: Permission, cohort_id: UUID) -> list[Waiting]:
    """Return who of a cohort has no standing certificate, by name, each with THE answer about them."""
    standing = select(Certificate.enrolment_id).where(Certificate.revoked_at.is_(None))
    completed = select(Completion.enrolment_id)
    rows = db.session.execute(
        select(Enrolment, Person, Institution.name)
        .join(Person, Person.id == Enrolment.person_id)
        .join(Institution, Institution.id == Enrolment.institution_id)
        .where(Enrolment.cohort_id == cohort_id, enrolment_condition(actor, permission))
        .where(Enrolment.id.not_in(standing))
        .where(or_(Enrolment.state == EnrolmentState.ACTIVE, Enrolment.id.in_(completed)))
        .order_by(Person.search_text, Person.id)
    ).all()
    enrolments = [row[0] for row in rows]
    requirements, cancelled = requirements_of(enrolments), count_issued([each.id for each in enrolments])
    return [
        Waiting(
            enrolment_id=enrolment.id,
            name=person.name,
            institution=institution,
            eligibility=eligibility(requirements[enrolment.id]),
            cancelled=cancelled.get(enrolment.id, 0),
        )
        for enrolment, person, institution in rows
    ]

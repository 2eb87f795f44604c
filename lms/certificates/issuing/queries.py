"""Reads about certificates and about who waits for one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, func, or_, select, true

from lms.accounts.models import Person
from lms.attendance.models import Meeting
from lms.certificates.issuing.findings import judge
from lms.certificates.issuing.models import Certificate, CertificateLetter, ReplacedVersion
from lms.certificates.issuing.permissions import CertificatePermission
from lms.certificates.issuing.policies import terms_of_cohort
from lms.certificates.issuing.rules import Eligibility, Kind
from lms.core.actors import Actor, Permission
from lms.core.db import db
from lms.core.errors import NotFound
from lms.core.folding import like, words
from lms.core.jobs.models import Job
from lms.institutions.directory.models import Institution
from lms.learning.models import Cohort, Completion, Enrolment, EnrolmentState
from lms.learning.queries import enrolment_condition, get_cohort


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateRow:
    """A certificate in a list."""

    id: UUID
    kind: Kind
    holder: str
    institution: str
    folio: str
    code: str
    version: int
    issued_at: datetime
    valid_until: date | None
    renewed_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An enrolment without a standing document of a kind."""

    enrolment_id: UUID
    name: str
    institution: str
    eligibility: Eligibility
    cancelled: int
    """How many documents of this kind the enrolment had."""
    has_other: bool
    """Whether a document of the other kind stands."""
    is_test: bool


def certificate_condition(actor: Actor, *permissions: Permission) -> ColumnElement[bool]:
    """Return the condition that one of these permissions reaches a certificate: it reaches its enrolment."""
    if any(actor.reach(permission).everywhere for permission in permissions):
        return true()
    reached = or_(*(enrolment_condition(actor, permission) for permission in permissions))
    return exists().where(Enrolment.id == Certificate.enrolment_id, reached)


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


def find_issued(enrolment_id: UUID, kind: Kind, number: int) -> Certificate | None:
    """Return the n-th document of a kind of an enrolment, cancelled or not, counted from one."""
    return db.session.scalar(
        select(Certificate)
        .where(Certificate.enrolment_id == enrolment_id, Certificate.kind == kind)
        .order_by(Certificate.issued_at, Certificate.folio)
        .offset(number - 1)
        .limit(1)
    )


def issued_of(enrolment_ids: Collection[UUID], kind: Kind) -> dict[UUID, list[Certificate]]:
    """Return the documents of a kind by enrolment, in the order in which they were issued."""
    found: dict[UUID, list[Certificate]] = {}
    statement = select(Certificate).where(
        Certificate.enrolment_id.in_(enrolment_ids), Certificate.kind == kind
    )
    for each in db.session.scalars(statement.order_by(Certificate.issued_at, Certificate.folio)):
        found.setdefault(each.enrolment_id, []).append(each)
    return found


def find_standing(enrolment_id: UUID, kind: Kind = Kind.CERTIFICADO) -> Certificate | None:
    """Return the document of a kind that stands for an enrolment."""
    return db.session.scalar(
        select(Certificate).where(
            Certificate.enrolment_id == enrolment_id, Certificate.kind == kind, *_stands()
        )
    )


def _stands() -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that nobody cancelled a document and none renewed it."""
    return (Certificate.revoked_at.is_(None), Certificate.renewed_at.is_(None))


def find_successor(certificate: Certificate) -> Certificate | None:
    """Return the document that renewed this one and was not cancelled."""
    return db.session.scalar(
        select(Certificate).where(Certificate.renews_id == certificate.id, Certificate.revoked_at.is_(None))
    )


def renewable_of(
    cohort: Cohort, kind: Kind, person_ids: Collection[UUID], today: date
) -> dict[UUID, Certificate]:
    """Return, by person, the document of the same course that a new one of this day would renew."""
    rows = db.session.scalars(
        select(Certificate)
        .join(Enrolment, Enrolment.id == Certificate.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(
            Certificate.person_id.in_(person_ids),
            Certificate.programme_id == cohort.programme_id,
            Certificate.kind == kind,
            Certificate.renew_from <= today,
            Certificate.renew_until >= today,
            Cohort.course_id == cohort.course_id,
            Cohort.id != cohort.id,
            *_stands(),
        )
        .order_by(Certificate.issued_at)
    )
    return {row.person_id: row for row in rows}


def list_replaced(certificate_id: UUID) -> Sequence[ReplacedVersion]:
    """Return the versions of a document that corrections replaced, the latest first."""
    return db.session.scalars(
        select(ReplacedVersion)
        .where(ReplacedVersion.certificate_id == certificate_id)
        .order_by(ReplacedVersion.version.desc())
    ).all()


def find_replaced(certificate_id: UUID, version: int) -> ReplacedVersion | None:
    """Return one earlier version of a document."""
    return db.session.scalar(
        select(ReplacedVersion).where(
            ReplacedVersion.certificate_id == certificate_id, ReplacedVersion.version == version
        )
    )


def find_by_sha256(digest: str) -> tuple[Certificate, ReplacedVersion | None] | None:
    """Return the document whose file has this hash, and which earlier version the file is; None with the last one."""
    current = db.session.scalar(select(Certificate).where(Certificate.pdf_sha256 == digest))
    if current:
        return current, None
    old = db.session.scalar(select(ReplacedVersion).where(ReplacedVersion.pdf_sha256 == digest))
    return (get_certificate(old.certificate_id), old) if old else None


def list_letters(certificate_id: UUID) -> list[tuple[CertificateLetter, Job | None]]:
    """Return the e-mails about a document with the jobs that send them, the latest first; old jobs are forgotten."""
    rows = db.session.execute(
        select(CertificateLetter, Job)
        .outerjoin(Job, Job.id == CertificateLetter.job_id)
        .where(CertificateLetter.certificate_id == certificate_id)
        .order_by(CertificateLetter.asked_at.desc(), CertificateLetter.key)
    ).all()
    return [(row[0], row[1]) for row in rows]


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


def count_issued(enrolment_ids: Collection[UUID], kind: Kind) -> dict[UUID, int]:
    """Return how many documents of a kind each enrolment has had, cancelled ones too; zeros left out."""
    rows = db.session.execute(
        select(Certificate.enrolment_id, func.count())
        .where(Certificate.enrolment_id.in_(enrolment_ids), Certificate.kind == kind)
        .group_by(Certificate.enrolment_id)
    ).all()
    return {row[0]: row[1] for row in rows}


def count_meetings(cohort_id: UUID) -> int:
    """Return how many meetings of a cohort took place or will."""
    statement = select(func.count()).where(Meeting.cohort_id == cohort_id, Meeting.cancelled_at.is_(None))
    return db.session.scalar(statement) or 0


def register_of(
    actor: Actor,
    cohort_id: UUID,
    *,
    text: str = "",
    state: str = "",
    institution_id: UUID | None = None,
    kind: str = "",
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
    if kind:
        statement = statement.where(Certificate.kind == kind)
    return statement.order_by(Certificate.folio)


def read_row(row: Any) -> CertificateRow:
    """Return a row of ``register_of`` as a value."""
    certificate: Certificate = row[0]
    document = certificate.document
    return CertificateRow(
        id=certificate.id,
        kind=certificate.kind,
        holder=document.printed.holder_name,
        institution=document.institution,
        folio=certificate.folio,
        code=certificate.code,
        version=certificate.version,
        issued_at=certificate.issued_at,
        valid_until=certificate.valid_until,
        renewed_at=certificate.renewed_at,
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


def eligibilities_of(enrolment: Enrolment, now: datetime) -> dict[Kind, Eligibility]:
    """Return whether an enrolment gets each kind that its programme issues, and what it is missing."""
    terms = terms_of_cohort(get_cohort(enrolment.cohort_id))
    rules = [each.rule for each in terms.values() if each.rule.is_issued]
    return {rule.kind: judge([enrolment], rule, now)[enrolment.id] for rule in rules}


def list_waiting(
    actor: Actor, permission: Permission, cohort: Cohort, kind: Kind, now: datetime
) -> list[Waiting]:
    """Return who of a cohort has no standing document of a kind, by name, each with THE answer about them."""
    standing = select(Certificate.enrolment_id).where(Certificate.kind == kind, *_stands())
    completed = select(Completion.enrolment_id)
    rows = db.session.execute(
        select(Enrolment, Person, Institution.name)
        .join(Person, Person.id == Enrolment.person_id)
        .join(Institution, Institution.id == Enrolment.institution_id)
        .where(Enrolment.cohort_id == cohort.id, enrolment_condition(actor, permission))
        .where(Enrolment.id.not_in(standing))
        .where(or_(Enrolment.state == EnrolmentState.ACTIVE, Enrolment.id.in_(completed)))
        .order_by(Person.search_text, Person.id)
    ).all()
    enrolments = [row[0] for row in rows]
    answers = judge(enrolments, terms_of_cohort(cohort)[kind].rule, now)
    cancelled = count_issued([each.id for each in enrolments], kind)
    others = _with_standing([each.id for each in enrolments])
    return [
        Waiting(
            enrolment_id=enrolment.id,
            name=person.name,
            institution=institution,
            eligibility=answers[enrolment.id],
            cancelled=cancelled.get(enrolment.id, 0),
            has_other=enrolment.id in others,
            is_test=person.is_test,
        )
        for enrolment, person, institution in rows
    ]


def _with_standing(enrolment_ids: Collection[UUID]) -> set[UUID]:
    statement = select(Certificate.enrolment_id).where(
        Certificate.enrolment_id.in_(enrolment_ids), *_stands()
    )
    return set(db.session.scalars(statement))

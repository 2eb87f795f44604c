"""What can be done with certificates; the only writer of their tables."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from lms.attendance.hours.service import close as close_hours
from lms.certificates.designs.content import CertificateData
from lms.certificates.designs.folder import Design
from lms.certificates.issuing import announcing, queries, rules
from lms.certificates.issuing.drafting import draft
from lms.certificates.issuing.errors import NotEligible
from lms.certificates.issuing.messages import (
    CertificateIssued,
    CertificateRevoked,
    CertificatesOrdered,
    IssueCertificate,
)
from lms.certificates.issuing.models import Certificate, FolioCounter, RevokeReason
from lms.core.actors import Actor
from lms.core.context import current_storage
from lms.core.db import db, savepoint
from lms.core.events import publish
from lms.core.ids import in_groups, new_id, readable_code
from lms.core.jobs.orders import enqueue
from lms.institutions.programmes.queries import get_programme
from lms.learning.messages import EnrolmentCompleted
from lms.learning.models import Cohort, Completion, Enrolment
from lms.learning.service import review_completion


class Draw(Protocol):
    """Draws a PDF; only jobs and commands can afford the real one, ``designs.render.render_certificate``."""

    def __call__(self, design: Design, data: CertificateData, *, made_at: datetime) -> bytes:
        """Return the file of one certificate."""
        ...


def order_on_completion(event: EnrolmentCompleted) -> None:
    """Order the certificate of whoever completes a course, once."""
    order = IssueCertificate(enrolment_id=str(event.enrolment_id))
    enqueue(order, now=event.at, key=f"certificates.issue:{event.enrolment_id}")


def order(cohort: Cohort, enrolment_ids: Sequence[UUID], *, actor: Actor, now: datetime) -> int:
    """Order certificates for these enrolments of a cohort and return how many.

    Each becomes a job of its own, which asks again whether the person is eligible: one that fails does not
    hold back the others, and a repeated order finds its certificate issued.
    """
    issued = queries.count_issued(enrolment_ids)
    for enrolment_id in enrolment_ids:
        number = issued.get(enrolment_id, 0) + 1
        enqueue(IssueCertificate(enrolment_id=str(enrolment_id), number=number), now=now)
    if enrolment_ids:
        publish(
            CertificatesOrdered(
                at=now, actor=actor, subject_id=cohort.id, count=len(enrolment_ids),
                enrolment_ids=tuple(enrolment_ids),
            )
        )  # fmt: skip
    return len(enrolment_ids)


def issue(
    enrolment: Enrolment, *, number: int, design: Design, draw: Draw, actor: Actor, now: datetime
) -> Certificate:
    """Issue the n-th certificate of an enrolment, or return it when it exists already.

    The folio is printed in the file, so the order is: lock the counter, draw, keep the file, write the rows.
    Everything is read and decided before the lock, and a drawing takes some 150 ms, so certificates of one
    authority leave about six a second, one after the other: that is the price of folios without gaps. A
    failure anywhere gives the folio back. Raises NotEligible.
    """
    if known := queries.find_issued(enrolment.id, number):
        return known
    completion = _completion(enrolment, actor, now)
    programme = get_programme(completion.programme_id)
    issued_on = now.astimezone(ZoneInfo(programme.timezone)).date()
    counter = _lock_counter(programme.code, issued_on.year)
    # Whoever held the lock before us may have issued this very certificate.
    if known := queries.find_issued(enrolment.id, number):
        return known
    hours = close_hours(enrolment.id, actor=actor, now=now)
    folio = rules.folio_of(programme.code, issued_on.year, counter.last + 1)
    code = in_groups(readable_code(sum(rules.CODE_GROUPS)), *rules.CODE_GROUPS)
    document = draft(completion, design, hours=hours, folio=folio, code=code, issued_on=issued_on)
    pdf = draw(design, document.printed, made_at=now)
    certificate = Certificate(
        id=new_id(), folio=folio, code=code, data=document.to_json(), issued_at=now,
        enrolment_id=enrolment.id, person_id=completion.person_id, programme_id=programme.id,
        institution_id=completion.institution_id, design=design.name,
        design_version=design.metadata.version, design_digest=design.digest,
        pdf_sha256=current_storage().put(pdf), pdf_size=len(pdf),
    )  # fmt: skip
    counter.last += 1
    _record(certificate, actor, now)
    return certificate


def _completion(enrolment: Enrolment, actor: Actor, now: datetime) -> Completion:
    """Return the fact that a certificate states; raises NotEligible while a requirement is missing."""
    if not queries.eligibility_of(enrolment).is_eligible:
        raise NotEligible
    completion = review_completion(enrolment, actor=actor, now=now)
    if completion is None:
        raise NotEligible
    return completion


def _lock_counter(authority: str, year: int) -> FolioCounter:
    """Return the counter of an authority and year, locked until the transaction ends.

    SQLite has no row locks and needs none: its writing transactions come one after the other.
    """
    statement = (
        select(FolioCounter)
        .where(FolioCounter.authority == authority, FolioCounter.year == year)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if counter := db.session.scalar(statement):
        return counter
    with suppress(IntegrityError), savepoint():  # somebody else may begin the year in the same instant
        db.session.add(FolioCounter(authority=authority, year=year, last=0))
    return db.session.scalars(statement).one()


def _record(certificate: Certificate, actor: Actor, now: datetime) -> None:
    db.session.add(certificate)
    db.session.flush()
    publish(
        CertificateIssued(
            at=now, actor=actor, subject_id=certificate.id, folio=certificate.folio,
            enrolment_id=certificate.enrolment_id, person_id=certificate.person_id,
        )
    )  # fmt: skip
    announcing.tell_issued(certificate, now=now)


def revoke(certificate: Certificate, *, reason: RevokeReason, actor: Actor, now: datetime) -> None:
    """Cancel a certificate and tell its holder; it keeps its folio and its page. Asking again changes nothing."""
    if not certificate.is_valid:
        return
    certificate.revoked_at, certificate.revoke_reason = now, reason
    db.session.flush()
    publish(
        CertificateRevoked(
            at=now, actor=actor, subject_id=certificate.id, folio=certificate.folio,
            enrolment_id=certificate.enrolment_id, person_id=certificate.person_id, reason=reason.value,
        )
    )  # fmt: skip
    announcing.tell_revoked(certificate, now=now)

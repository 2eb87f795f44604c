"""What can be done with documents; with ``making``, ``bulk`` and ``archives`` the only writer of their tables."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from lms.accounts.queries import test_people_among
from lms.attendance.hours.queries import hours_of
from lms.certificates.designs.folder import Design
from lms.certificates.issuing import announcing, queries
from lms.certificates.issuing.document import Document
from lms.certificates.issuing.drafting import Frame, Stamp, draft, edition_words, frame_of
from lms.certificates.issuing.errors import (
    AlreadyRenewed,
    CertificateCancelled,
    NotEligible,
    NothingToRectify,
    NotRenewable,
)
from lms.certificates.issuing.findings import completions_of, judge
from lms.certificates.issuing.making import Answer, Making, Press, holders_of, lock_counter, press_version
from lms.certificates.issuing.messages import (
    CertificateRectified,
    CertificateRenewed,
    CertificateRevoked,
    CertificateShared,
    IssueCertificate,
)
from lms.certificates.issuing.models import (
    Certificate,
    LetterPurpose,
    RectifyReason,
    ReplacedVersion,
    RevokeReason,
)
from lms.certificates.issuing.policies import terms_of_cohort
from lms.certificates.issuing.rules import Kind
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.events import publish
from lms.core.i18n import speaking
from lms.core.ids import new_id
from lms.core.jobs.orders import enqueue
from lms.learning.messages import EnrolmentCompleted
from lms.learning.models import Cohort, Enrolment
from lms.learning.queries import get_cohort, get_enrolment


def order_on_completion(event: EnrolmentCompleted) -> None:
    """Order the certificado of whoever completes a course, once, where the programme issues it."""
    order = IssueCertificate(enrolment_id=str(event.enrolment_id))
    enqueue(order, now=event.at, key=f"certificates.issue:{event.enrolment_id}")


@dataclass(frozen=True, kw_only=True)
class Wish:
    """The n-th document of a kind for somebody."""

    enrolment: Enrolment
    number: int = 1


def issue(
    enrolment: Enrolment,
    *,
    kind: Kind = Kind.CERTIFICADO,
    number: int = 1,
    press: Press,
    actor: Actor,
    now: datetime,
) -> Certificate:
    """Issue the n-th document of a kind of an enrolment, or return it when it exists already.

    Raises NotEligible, and PdfError when it cannot be drawn.
    """
    if known := queries.find_issued(enrolment.id, kind, number):
        return known
    cohort, wish = get_cohort(enrolment.cohort_id), Wish(enrolment=enrolment, number=number)
    answer = issue_many(cohort, [wish], kind=kind, press=press, actor=actor, now=now)[0]
    if answer.problem:
        raise answer.problem
    if answer.certificate is None:
        raise NotEligible
    return answer.certificate


def issue_many(
    cohort: Cohort, wishes: Sequence[Wish], *, kind: Kind, press: Press, actor: Actor, now: datetime
) -> list[Answer]:
    """Issue documents of one kind to people of a cohort, in their order, and say what became of each.

    The folio is printed in the file, so the order is: lock the counter, then decide, draw, keep the files and write
    the rows. Whoever comes second waits, and finds what the first has issued. A failure of the whole gives all
    folios back; a document that cannot be drawn takes none.
    """
    terms = terms_of_cohort(cohort)[kind]
    design = press.design(terms.design)
    frame = frame_of(cohort, kind, terms, design)
    issued_on = now.astimezone(frame.zone).date()
    counter = lock_counter(frame.programme.code, issued_on.year)
    known = queries.issued_of([wish.enrolment.id for wish in wishes], kind)
    fresh = [each.enrolment for each in wishes if _nth(known, each) is None]
    eligible = [key for key, each in judge(fresh, terms.rule, now).items() if each.is_eligible]
    session = Making(frame=frame, press=press, counter=counter, issued_on=issued_on, actor=actor, now=now)
    session.load([each for each in fresh if each.id in set(eligible)])
    return [
        Answer(certificate=each) if (each := _nth(known, wish)) else session.issue(wish.enrolment)
        for wish in wishes
    ]


def _nth(known: Mapping[UUID, Sequence[Certificate]], wish: Wish) -> Certificate | None:
    """Return the document that a wish asks for, if it exists."""
    found = known.get(wish.enrolment.id, ())
    return found[wish.number - 1] if len(found) >= wish.number else None


REDONE = {
    RectifyReason.NAME: ("holder_name",),
    RectifyReason.HOURS: ("hours", "credited", "hours_lines", "hours_total"),
    RectifyReason.COURSE: ("course_title", "dates", "conditions", "modules"),
    RectifyReason.ISSUER: (
        "issuer_name", "issuer_unit", "issuers", "signatories", "document_title", "legal_note",
    ),
}  # fmt: skip
"""Which words a correction writes anew; all others stay as they were."""
FACTS = {
    RectifyReason.NAME: ("public_name",),
    RectifyReason.HOURS: ("credited_minutes", "meeting_minutes", "online_minutes"),
}


def rectify(
    certificate: Certificate, *, reason: RectifyReason, press: Press, actor: Actor, now: datetime
) -> Certificate:
    """Make the next version of a document with what is true now; its folio, code and dates stay.

    The version that it replaces is kept with its hash, so that an old copy can be told from the new one. Raises
    CertificateCancelled, NothingToRectify when the words would stay the same, and PdfError.
    """
    _lock(certificate)
    if not certificate.is_valid:
        raise CertificateCancelled
    frame, fresh = redraft(certificate, press.design, now)
    document = corrections_of(certificate, frame, fresh).get(reason)
    if document is None:
        raise NothingToRectify
    with speaking(frame.release.language):
        edition = edition_words(certificate.version + 1, _day_of(certificate.made_at, frame))
    document = replace(document, printed=replace(document.printed, edition=edition))
    _put_aside(certificate, now)
    certificate.version += 1
    certificate.made_because = reason
    press_version(certificate, document, frame, press, actor=actor, now=now)
    db.session.flush()
    publish(
        CertificateRectified(
            at=now, actor=actor, subject_id=certificate.id, folio=certificate.folio,
            version=certificate.version, reason=reason.value,
        )
    )  # fmt: skip
    announcing.tell(certificate, LetterPurpose.RECTIFIED, now=now)
    return certificate


def redraft(
    certificate: Certificate, design: Callable[[str], Design], now: datetime
) -> tuple[Frame, Document]:
    """Return what a document would say if it were issued now under the folio and days that it has."""
    enrolment = get_enrolment(certificate.enrolment_id)
    cohort = get_cohort(enrolment.cohort_id)
    terms = terms_of_cohort(cohort)[certificate.kind]
    frame = frame_of(cohort, certificate.kind, terms, design(terms.design))
    hours = hours_of([enrolment.id], now)
    (holder,) = holders_of([enrolment], completions_of([enrolment.id]), hours)
    said = certificate.document
    stamp = Stamp(
        folio=certificate.folio, code=certificate.code, issued_on=said.issued_on,
        validity=certificate.validity,
    )  # fmt: skip
    return frame, draft(frame, holder, stamp)


def corrections_of(certificate: Certificate, frame: Frame, fresh: Document) -> dict[RectifyReason, Document]:
    """Return what a document would say after each correction that would change it; another design changes it too."""
    said, other_design = certificate.document, frame.design.digest != certificate.design_digest
    found = {reason: _corrected(said, fresh, reason) for reason in RectifyReason}
    return {
        reason: document
        for reason, document in found.items()
        if document != said or (reason is RectifyReason.ISSUER and other_design)
    }


def _corrected(said: Document, fresh: Document, reason: RectifyReason) -> Document:
    words = {name: getattr(fresh.printed, name) for name in REDONE[reason]}
    facts = {name: getattr(fresh, name) for name in FACTS.get(reason, ())}
    fixed = fresh.words if reason is RectifyReason.ISSUER else said.words
    return replace(said, printed=replace(said.printed, **words), words=fixed, **facts)


def _day_of(moment: datetime, frame: Frame) -> date:
    return moment.astimezone(frame.zone).date()


def _put_aside(certificate: Certificate, now: datetime) -> None:
    """Keep the present version of a document as one that was replaced."""
    frozen = (
        "data", "design", "design_version", "design_digest", "pdf_sha256", "pdf_size", "credential", "version",
        "made_at", "made_by", "made_because",
    )  # fmt: skip
    kept = {name: getattr(certificate, name) for name in frozen}
    db.session.add(ReplacedVersion(id=new_id(), certificate_id=certificate.id, replaced_at=now, **kept))
    db.session.flush()


def _lock(certificate: Certificate) -> None:
    """Read a document again and hold it, so that two who change it come one after the other."""
    statement = select(Certificate.id).where(Certificate.id == certificate.id).with_for_update()
    db.session.execute(statement)
    db.session.refresh(certificate)


def renew(certificate: Certificate, *, press: Press, actor: Actor, now: datetime) -> Certificate:
    """Issue the document that follows one about to end: its own folio, linked to the old, which stays verifiable.

    Asked again it returns the one that exists. Raises NotRenewable outside of the window, CertificateCancelled,
    NotEligible of a test person, and PdfError.
    """
    if known := queries.find_successor(certificate):
        return known
    enrolment = get_enrolment(certificate.enrolment_id)
    cohort = get_cohort(enrolment.cohort_id)
    terms = terms_of_cohort(cohort)[certificate.kind]
    frame = frame_of(cohort, certificate.kind, terms, press.design(terms.design))
    today = _day_of(now, frame)
    counter = lock_counter(frame.programme.code, today.year)
    if known := queries.find_successor(certificate):  # whoever held the lock before us has renewed it
        return known
    _lock(certificate)
    _check_renewable(certificate, today)
    session = Making(frame=frame, press=press, counter=counter, issued_on=today, actor=actor, now=now)
    hours = hours_of([enrolment.id], now)
    (holder,) = holders_of([enrolment], completions_of([enrolment.id]), hours)
    made = session.make(holder, renews=certificate)
    publish(
        CertificateRenewed(
            at=now, actor=actor, subject_id=made.id, folio=made.folio, renews=certificate.folio,
        )
    )  # fmt: skip
    return made


def _check_renewable(certificate: Certificate, today: date) -> None:
    if test_people_among([certificate.person_id]):
        raise NotEligible
    if not certificate.is_valid:
        raise CertificateCancelled
    if certificate.renewed_at is not None:
        raise AlreadyRenewed
    if not certificate.validity.is_renewable(today):
        raise NotRenewable


def revoke(certificate: Certificate, *, reason: RevokeReason, actor: Actor, now: datetime) -> None:
    """Cancel a document and tell its holder; it keeps its folio and its page. Asking again changes nothing.

    The document that it had renewed stands again, unless that one was cancelled too.
    """
    _lock(certificate)
    if not certificate.is_valid:
        return
    certificate.revoked_at, certificate.revoke_reason = now, reason
    db.session.flush()
    if certificate.renews_id:
        queries.get_certificate(certificate.renews_id).renewed_at = None
        db.session.flush()
    publish(
        CertificateRevoked(
            at=now, actor=actor, subject_id=certificate.id, folio=certificate.folio,
            enrolment_id=certificate.enrolment_id, person_id=certificate.person_id, reason=reason.value,
        )
    )  # fmt: skip
    announcing.tell(certificate, LetterPurpose.REVOKED, now=now)


def share(certificate: Certificate, *, is_shared: bool, actor: Actor, now: datetime) -> None:
    """Open or close the public page of a document, as its holder wants. Asking again changes nothing."""
    if certificate.is_shared is is_shared:
        return
    certificate.is_shared = is_shared
    publish(
        CertificateShared(
            at=now, actor=actor, subject_id=certificate.id, folio=certificate.folio, is_shared=is_shared
        )
    )


def send_again(certificate: Certificate, *, actor: Actor, now: datetime) -> bool:
    """Write to the holder once more; say whether there is an address to write to."""
    return announcing.tell_again(certificate, actor=actor, now=now)

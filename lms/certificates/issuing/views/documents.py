"""Documents that somebody holds, one by one, and what is missing for another."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from flask import abort, url_for
from flask.typing import ResponseReturnValue

from lms.accounts.queries import get_person
from lms.certificates.designs.stations import group_modules
from lms.certificates.issuing import access, files, queries, service
from lms.certificates.issuing.errors import CertificateCancelled
from lms.certificates.issuing.models import Certificate
from lms.certificates.issuing.permissions import CertificatePermission
from lms.certificates.issuing.policies import DEFAULT_DESIGN, terms_of_cohort
from lms.certificates.issuing.rules import Kind
from lms.certificates.issuing.views.blueprint import bp
from lms.certificates.issuing.views.sending import attachment
from lms.certificates.issuing.words import (
    ASKED,
    KINDS,
    LETTERS,
    NOTHING_KNOWN,
    NOUNS,
    RECTIFIED,
    REVOKED,
    STATES,
)
from lms.core.actors import Actor
from lms.core.auth import current_actor
from lms.core.calendar import today
from lms.core.clock import now
from lms.core.i18n import _
from lms.core.policy import requires, requires_sign_in
from lms.courses.queries import get_release
from lms.learning.models import Cohort
from lms.learning.queries import get_cohort, get_enrolment, list_my_enrolments
from lms.web.kit import go, render, say


@bp.get("/")
@requires(CertificatePermission.HOLD)
def mine() -> ResponseReturnValue:
    """List the documents that a person holds, and their courses that lead to another."""
    person_id = current_actor().person_id
    held = queries.list_held(person_id) if person_id else ()
    studies = list_my_enrolments(person_id) if person_id else []
    ahead = [
        study
        for study in studies
        if _leads_on(
            study.cohort, {each.kind for each in held if each.enrolment_id == study.id and each.is_valid}
        )
    ]
    return render(
        "certificates/mine.html",
        held=[(each, each.document) for each in held],
        ahead=ahead,
        KINDS=KINDS,
        today=today(),
    )


def _leads_on(cohort: Cohort, kinds: Collection[Kind]) -> bool:
    """Say whether a course still leads to a document: a constancia is none of having passed, where that is issued."""
    if Kind.CERTIFICADO in kinds:
        return False
    return not kinds or terms_of_cohort(cohort)[Kind.CERTIFICADO].rule.is_issued


@bp.get("/<uuid:certificate_id>")
@requires_sign_in
def certificate(certificate_id: UUID) -> ResponseReturnValue:
    """Show a document as it was printed, with its file, its public address, its versions and its letters."""
    actor = current_actor()
    found = access.access_certificate(actor, certificate_id)
    document = found.document
    return render(
        "certificates/certificate.html",
        certificate=found,
        document=document,
        # Of another design the page says the words, without a picture.
        is_drawn=found.design == DEFAULT_DESIGN,
        cohort=get_cohort(get_enrolment(found.enrolment_id).cohort_id),
        groups=group_modules(document.printed.modules),
        is_own=found.person_id == actor.person_id,
        reason=REVOKED[found.revoke_reason] if found.revoke_reason else "",
        noun=NOUNS[found.kind],
        states=STATES[found.kind],
        standing=found.standing(today()),
        predecessor=queries.get_certificate(found.renews_id) if found.renews_id else None,
        successor=queries.find_successor(found) if found.renewed_at else None,
        replaced=queries.list_replaced(found.id),
        RECTIFIED=RECTIFIED,
        LETTERS=LETTERS,
        **_staff(actor, found),
    )


def _staff(actor: Actor, found: Certificate) -> dict[str, Any]:
    """Return what the staff in reach may do with a document, and what the holder was told."""
    can = {each: queries.is_reached(actor, each, found) for each in CertificatePermission}
    is_open = found.is_valid and found.renewed_at is None
    reads = can[CertificatePermission.READ]
    return {
        "can_revoke": found.is_valid and can[CertificatePermission.REVOKE],
        "can_rectify": found.is_valid and can[CertificatePermission.RECTIFY],
        "can_renew": is_open and can[CertificatePermission.ISSUE] and found.validity.is_renewable(today()),
        "can_resend": found.is_valid and can[CertificatePermission.ISSUE],
        "letters": queries.list_letters(found.id) if reads else [],
    }


@bp.get("/<uuid:certificate_id>/pdf")
@requires_sign_in
def download(certificate_id: UUID) -> ResponseReturnValue:
    """Send the bytes of the last version; of a cancelled document only to those who may cancel."""
    actor = current_actor()
    found = access.access_certificate(actor, certificate_id)
    if not found.is_valid and not queries.is_reached(actor, CertificatePermission.REVOKE, found):
        raise CertificateCancelled
    return attachment(files.open_pdf(found), "application/pdf", files.file_name(found))


@bp.get("/<uuid:certificate_id>/versions/<int:number>/pdf")
@requires(CertificatePermission.RECTIFY)
def download_version(certificate_id: UUID, number: int) -> ResponseReturnValue:
    """Send the bytes of a version that was replaced, to those who may correct."""
    found = access.access_certificate_to(current_actor(), CertificatePermission.RECTIFY, certificate_id)
    old = queries.find_replaced(found.id, number)
    if old is None:
        abort(404)
    return attachment(files.open_pdf(old), "application/pdf", files.name_of_version(found, number))


@bp.post("/<uuid:certificate_id>/share")
@requires(CertificatePermission.HOLD)
def share(certificate_id: UUID) -> ResponseReturnValue:
    """Open or close the public page of one's own document."""
    actor = current_actor()
    found = access.access_own(actor, certificate_id)
    service.share(found, is_shared=not found.is_shared, actor=actor, now=now())
    if found.is_shared:
        say(_("Quien tenga el enlace o el código QR ve su página pública."))
    else:
        say(_("Su página pública ya no muestra sus datos: dice que usted no la comparte."))
    return go(url_for("certificates.certificate", certificate_id=found.id))


@bp.get("/enrolments/<uuid:enrolment_id>/why-not-yet")
@requires_sign_in
def why_not_yet(enrolment_id: UUID) -> ResponseReturnValue:
    """Explain to a person, or to staff in reach, what is missing for the documents of an enrolment."""
    actor = current_actor()
    enrolment = access.access_enrolment(actor, enrolment_id)
    cohort = get_cohort(enrolment.cohort_id)
    return render(
        "certificates/why_not_yet.html",
        answers=queries.eligibilities_of(enrolment, now()),
        standing={kind: queries.find_standing(enrolment.id, kind) for kind in Kind},
        cohort=cohort,
        course=get_release(cohort.release_id).title,
        person=get_person(enrolment.person_id),
        is_own=enrolment.person_id == actor.person_id,
        KINDS=KINDS,
        STATES=STATES,
        ASKED=ASKED,
        NOTHING_KNOWN=NOTHING_KNOWN,
    )

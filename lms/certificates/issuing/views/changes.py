"""What staff does to one document: correct it, renew it, cancel it, write to its holder again."""

from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from lms.accounts.queries import get_person
from lms.certificates.issuing import access, service
from lms.certificates.issuing.design import design_named
from lms.certificates.issuing.forms import ConfirmForm, RectifyForm, RevokeForm
from lms.certificates.issuing.models import Certificate, RectifyReason, RevokeReason
from lms.certificates.issuing.permissions import CertificatePermission
from lms.certificates.issuing.policies import term_of
from lms.certificates.issuing.press import real_press
from lms.certificates.issuing.rules import validity_of
from lms.certificates.issuing.views.blueprint import bp
from lms.certificates.issuing.words import NOUNS
from lms.core.auth import current_actor
from lms.core.calendar import today
from lms.core.clock import now
from lms.core.i18n import _
from lms.core.pdf_assets import PdfError
from lms.core.policy import requires
from lms.web.kit import go, render, say


@bp.route("/<uuid:certificate_id>/rectify", methods=["GET", "POST"])
@requires(CertificatePermission.RECTIFY)
def rectify(certificate_id: UUID) -> ResponseReturnValue:
    """Show what would be said otherwise, then make the next version."""
    actor = current_actor()
    found = access.access_certificate_to(actor, CertificatePermission.RECTIFY, certificate_id)
    frame, fresh = service.redraft(found, design_named, now())
    corrections = service.corrections_of(found, frame, fresh) if found.is_valid else {}
    form = RectifyForm()
    form.fill(list(corrections))
    if form.validate_on_submit():
        reason = RectifyReason(form.reason.data)
        try:
            service.rectify(found, reason=reason, press=real_press(), actor=actor, now=now())
        except PdfError as error:
            form.refuse("reason", str(error))
        else:
            say(_("Corregido: ya está la versión %(version)s, con el mismo folio.", version=found.version))
            return _back(found)
    return render(
        "certificates/rectify.html",
        certificate=found,
        document=found.document,
        corrections=corrections,
        person=get_person(found.person_id),
        noun=NOUNS[found.kind],
        form=form,
        status=422 if form.errors else 200,
    )


@bp.route("/<uuid:certificate_id>/renew", methods=["GET", "POST"])
@requires(CertificatePermission.ISSUE)
def renew(certificate_id: UUID) -> ResponseReturnValue:
    """Ask once, then issue the document that follows one about to end."""
    actor = current_actor()
    found = access.access_certificate_to(actor, CertificatePermission.ISSUE, certificate_id)
    form = ConfirmForm()
    if form.validate_on_submit():
        made = service.renew(found, press=real_press(), actor=actor, now=now())
        say(_("Renovado: el documento nuevo tiene el folio %(folio)s.", folio=made.folio))
        return _back(made)
    return render(
        "certificates/renew.html",
        certificate=found,
        document=found.document,
        until=validity_of(term_of(found), today(), renews=found.validity).until,
        is_renewable=found.is_valid and found.renewed_at is None and found.validity.is_renewable(today()),
        noun=NOUNS[found.kind],
        form=form,
    )


@bp.route("/<uuid:certificate_id>/revoke", methods=["GET", "POST"])
@requires(CertificatePermission.REVOKE)
def revoke(certificate_id: UUID) -> ResponseReturnValue:
    """Ask for the reason once, then cancel a document."""
    actor = current_actor()
    found = access.access_certificate_to(actor, CertificatePermission.REVOKE, certificate_id)
    form = RevokeForm()
    form.fill()
    if form.validate_on_submit():
        service.revoke(found, reason=RevokeReason(form.reason.data), actor=actor, now=now())
        say(_("Documento cancelado. Su página pública ya lo dice."))
        return _back(found)
    return render(
        "certificates/revoke.html",
        certificate=found,
        document=found.document,
        noun=NOUNS[found.kind],
        form=form,
        status=422 if form.errors else 200,
    )


@bp.post("/<uuid:certificate_id>/resend")
@requires(CertificatePermission.ISSUE)
def resend(certificate_id: UUID) -> ResponseReturnValue:
    """Write to the holder once more."""
    actor = current_actor()
    found = access.access_certificate_to(actor, CertificatePermission.ISSUE, certificate_id)
    if service.send_again(found, actor=actor, now=now()):
        say(_("El correo con el documento va en camino."))
    else:
        say(_("La persona no tiene una dirección de correo."), "caution")
    return _back(found)


def _back(found: Certificate) -> ResponseReturnValue:
    return go(url_for("certificates.certificate", certificate_id=found.id))

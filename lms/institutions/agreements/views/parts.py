"""What hangs from an agreement: one page to add each thing, one to ask before it is taken out."""

from typing import Any
from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue

from lms.core.auth import current_actor
from lms.core.calendar import today
from lms.core.clock import now
from lms.core.context import registry
from lms.core.i18n import _
from lms.core.policy import requires
from lms.core.private_files import FileNotPaper, PaperTooLarge
from lms.core.text import Text
from lms.institutions.agreements import parts, queries, service
from lms.institutions.agreements.access import access_agreement, access_part
from lms.institutions.agreements.errors import AgreementRefused, MonthsNeeded, PartyKnown
from lms.institutions.agreements.forms import (
    AmendmentForm,
    CommitmentForm,
    DutyForm,
    PaperForm,
    PartyForm,
    StepForm,
)
from lms.institutions.agreements.models import Agreement, AgreementParty
from lms.institutions.agreements.permissions import AgreementPermission
from lms.institutions.agreements.views.blueprint import add_page, back, bp, managed
from lms.institutions.directory.access import access_institution
from lms.institutions.directory.permissions import DirectoryPermission
from lms.web.attachments import attachment
from lms.web.kit import render, say


@bp.route("/<uuid:agreement_id>/parties/new", methods=["GET", "POST"])
@requires(AgreementPermission.MANAGE)
def add_party(agreement_id: UUID) -> ResponseReturnValue:
    """Add an institution or an outside body."""
    agreement, actor, form = managed(agreement_id), current_actor(), PartyForm()
    form.fill(actor)
    if form.validate_on_submit():
        body = (
            access_institution(actor, DirectoryPermission.READ, UUID(str(form.institution.data)))
            if form.institution.data
            else str(form.name.data)
        )
        try:
            parts.add_party(
                agreement, body, form.wanted_role, signed_by=form.signed_by.data or "", actor=actor, now=now()
            )
        except PartyKnown as refusal:
            form.refuse("institution" if form.institution.data else "name", refusal.message)
        else:
            say(_("Parte agregada."))
            return back(agreement, "parties")
    return add_page(agreement, form, _("Agregar una parte"))


@bp.route("/<uuid:agreement_id>/parties/<uuid:party_id>/remove", methods=["GET", "POST"])
@requires(AgreementPermission.MANAGE)
def remove_party(agreement_id: UUID, party_id: UUID) -> ResponseReturnValue:
    """Ask, then take a party out."""
    agreement = managed(agreement_id)
    party = access_part(queries.find_party(agreement, party_id))
    if request.method == "GET":
        name = next(each.name for each in queries.parties_of(agreement) if each.id == party.id)
        return _ask(agreement, _("¿Quitar a %(name)s del convenio?", name=name))
    parts.remove_party(agreement, party, actor=current_actor(), now=now())
    say(_("Parte quitada."))
    return back(agreement, "parties")


@bp.route("/<uuid:agreement_id>/duties/new", methods=["GET", "POST"])
@requires(AgreementPermission.MANAGE)
def add_duty(agreement_id: UUID) -> ResponseReturnValue:
    """Add an obligation or a product."""
    agreement, form = managed(agreement_id), DutyForm(kind=request.args.get("kind"))
    form.fill(queries.parties_of(agreement))
    if form.validate_on_submit():
        parts.add_duty(
            agreement,
            form.wanted_kind,
            str(form.text.data),
            party=_party(agreement, form.party.data),
            due_on=form.due_on.data,
            actor=current_actor(),
            now=now(),
        )
        say(_("Agregado al convenio."))
        return back(agreement, "duties")
    return add_page(agreement, form, _("Agregar una obligación o un producto"))


@bp.route("/<uuid:agreement_id>/duties/<uuid:duty_id>/advance", methods=["GET", "POST"])
@requires(AgreementPermission.MANAGE)
def advance_duty(agreement_id: UUID, duty_id: UUID) -> ResponseReturnValue:
    """Note how far an obligation or a product came."""
    agreement = managed(agreement_id)
    duty = access_part(queries.find_duty(agreement, duty_id))
    form = StepForm(happened_on=today())
    form.fill(duty)
    if form.validate_on_submit():
        try:
            parts.advance_duty(duty, form.values(), actor=current_actor(), now=now())
        except AgreementRefused as refusal:
            form.refuse("happened_on", refusal.message)
        else:
            say(_("Avance registrado."))
            return back(agreement, "duties")
    return add_page(agreement, form, _("Registrar un avance"), lead=duty.text)


@bp.route("/<uuid:agreement_id>/duties/<uuid:duty_id>/remove", methods=["GET", "POST"])
@requires(AgreementPermission.MANAGE)
def remove_duty(agreement_id: UUID, duty_id: UUID) -> ResponseReturnValue:
    """Ask, then take out what has not begun."""
    agreement = managed(agreement_id)
    duty = access_part(queries.find_duty(agreement, duty_id))
    if request.method == "GET":
        return _ask(agreement, _("¿Quitar «%(text)s»?", text=duty.text))
    parts.remove_duty(duty, actor=current_actor(), now=now())
    say(_("Quitado del convenio."))
    return back(agreement, "duties")


@bp.route("/<uuid:agreement_id>/commitments/new", methods=["GET", "POST"])
@requires(AgreementPermission.MANAGE)
def add_commitment(agreement_id: UUID) -> ResponseReturnValue:
    """Add a number that fills itself."""
    agreement, form = managed(agreement_id), CommitmentForm()
    form.fill(queries.parties_of(agreement))
    if form.validate_on_submit():
        try:
            parts.add_commitment(
                agreement,
                registry("commitment_counters")[str(form.counter.data)],
                int(form.wanted.data or 0),
                sector=form.sector.data or "",
                party=_party(agreement, form.party.data),
                actor=current_actor(),
                now=now(),
            )
        except AgreementRefused as refusal:
            form.refuse("party", refusal.message)
        else:
            say(_("Compromiso agregado. La cifra se llena sola."))
            return back(agreement, "commitments")
    return add_page(agreement, form, _("Agregar un compromiso"))


@bp.route("/<uuid:agreement_id>/commitments/<uuid:commitment_id>/remove", methods=["GET", "POST"])
@requires(AgreementPermission.MANAGE)
def remove_commitment(agreement_id: UUID, commitment_id: UUID) -> ResponseReturnValue:
    """Ask, then take a number out."""
    agreement = managed(agreement_id)
    commitment = access_part(queries.find_commitment(agreement, commitment_id))
    if request.method == "GET":
        return _ask(agreement, _("¿Quitar el compromiso de %(wanted)s?", wanted=commitment.wanted))
    parts.remove_commitment(commitment, actor=current_actor(), now=now())
    say(_("Compromiso quitado."))
    return back(agreement, "commitments")


@bp.route("/<uuid:agreement_id>/papers/new", methods=["GET", "POST"])
@requires(AgreementPermission.MANAGE)
def add_paper(agreement_id: UUID) -> ResponseReturnValue:
    """Keep a paper with the agreement."""
    agreement, form = managed(agreement_id), PaperForm()
    if form.validate_on_submit():
        try:
            parts.add_paper(
                agreement, str(form.title.data), form.paper.data.read(), actor=current_actor(), now=now()
            )
        except (FileNotPaper, PaperTooLarge) as refusal:
            form.refuse("paper", refusal.message)
        else:
            say(_("Documento guardado."))
            return back(agreement, "papers")
    return add_page(agreement, form, _("Agregar un documento"), has_file=True)


@bp.get("/<uuid:agreement_id>/papers/<uuid:paper_id>")
@requires(AgreementPermission.READ)
def paper(agreement_id: UUID, paper_id: UUID) -> ResponseReturnValue:
    """Send a paper of the agreement."""
    agreement = access_agreement(current_actor(), AgreementPermission.READ, agreement_id)
    found = access_part(queries.find_file(agreement, paper_id))
    name = f"{agreement.code}-{found.added_at:%Y%m%d}.{found.format}".replace("/", "-")
    return attachment(parts.read_paper(found), kind=found.format, name=name)


@bp.route("/<uuid:agreement_id>/papers/<uuid:paper_id>/remove", methods=["GET", "POST"])
@requires(AgreementPermission.MANAGE)
def remove_paper(agreement_id: UUID, paper_id: UUID) -> ResponseReturnValue:
    """Ask, then erase a paper."""
    agreement = managed(agreement_id)
    found = access_part(queries.find_file(agreement, paper_id))
    if request.method == "GET":
        return _ask(agreement, _("¿Borrar el documento «%(title)s»?", title=found.title))
    parts.remove_paper(found, actor=current_actor(), now=now())
    say(_("Documento borrado."))
    return back(agreement, "papers")


@bp.route("/<uuid:agreement_id>/amend", methods=["GET", "POST"])
@requires(AgreementPermission.MANAGE)
def amend(agreement_id: UUID) -> ResponseReturnValue:
    """Note an extension, an addendum or an early end."""
    agreement, form = managed(agreement_id), AmendmentForm(signed_on=today())
    form.fill()
    if form.validate_on_submit():
        try:
            service.amend(agreement, form.values(), actor=current_actor(), now=now())
        except AgreementRefused as refusal:
            form.refuse("months" if isinstance(refusal, MonthsNeeded) else "kind", refusal.message)
        else:
            say(_("Modificación registrada."))
            return back(agreement, "amendments")
    return add_page(agreement, form, _("Registrar una prórroga, adenda o terminación"))


def _party(agreement: Agreement, party_id: Any) -> AgreementParty | None:
    return access_part(queries.find_party(agreement, UUID(str(party_id)))) if party_id else None


def _ask(agreement: Agreement, title: Text) -> ResponseReturnValue:
    return render("agreements/remove.html", agreement=agreement, title=title)

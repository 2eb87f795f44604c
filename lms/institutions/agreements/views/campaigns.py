"""Campaigns of an agreement: one page to add one, one for its reach, one for each piece of evidence."""

from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue

from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.i18n import _
from lms.core.policy import requires
from lms.core.private_files import FileNotPaper, PaperTooLarge
from lms.institutions.agreements import campaigns, evidence, parts, queries
from lms.institutions.agreements.access import access_part
from lms.institutions.agreements.errors import CampaignDatesCrossed
from lms.institutions.agreements.forms import CampaignForm, PaperForm, ReachForm
from lms.institutions.agreements.models import Agreement, AgreementDuty, Campaign
from lms.institutions.agreements.permissions import AgreementPermission
from lms.institutions.agreements.views.blueprint import add_page, back, bp, managed
from lms.web.kit import say

CAMPAIGN = "/<uuid:agreement_id>/campaigns/<uuid:campaign_id>"


@bp.route("/<uuid:agreement_id>/campaigns/new", methods=["GET", "POST"])
@requires(AgreementPermission.MANAGE)
def add_campaign(agreement_id: UUID) -> ResponseReturnValue:
    """Add a campaign."""
    agreement, form = managed(agreement_id), CampaignForm()
    form.fill(queries.parties_of(agreement))
    if form.validate_on_submit():
        chosen = form.party.data
        party = access_part(queries.find_party(agreement, UUID(str(chosen)))) if chosen else None
        try:
            campaigns.add_campaign(agreement, form.values(), party=party, actor=current_actor(), now=now())
        except CampaignDatesCrossed as refusal:
            form.refuse("ends_on", refusal.message)
        else:
            say(_("Campaña agregada al convenio."))
            return back(agreement, "campaigns")
    return add_page(agreement, form, _("Agregar una campaña"))


@bp.route(f"{CAMPAIGN}/reach", methods=["GET", "POST"])
@requires(AgreementPermission.MANAGE)
def note_reach(agreement_id: UUID, campaign_id: UUID) -> ResponseReturnValue:
    """Note how many people a campaign reached."""
    agreement, duty, campaign = _campaign(agreement_id, campaign_id)
    form = ReachForm()
    if request.method == "GET":
        form.reach.data, form.method.data = campaign.reach, campaign.reach_method
    if form.validate_on_submit():
        reach, method = int(form.reach.data or 0), str(form.method.data)
        campaigns.note_reach(duty, campaign, reach, method, actor=current_actor(), now=now())
        say(_("Alcance registrado."))
        return back(agreement, "campaigns")
    return add_page(agreement, form, _("Registrar el alcance"), lead=duty.text)


@bp.route(f"{CAMPAIGN}/evidence/new", methods=["GET", "POST"])
@requires(AgreementPermission.MANAGE)
def add_evidence(agreement_id: UUID, campaign_id: UUID) -> ResponseReturnValue:
    """Keep a file as evidence of a campaign."""
    agreement, duty, _row = _campaign(agreement_id, campaign_id)
    form = PaperForm()
    if form.validate_on_submit():
        title, content = str(form.title.data), form.paper.data.read()
        try:
            parts.add_paper(agreement, title, content, duty=duty, actor=current_actor(), now=now())
        except (FileNotPaper, PaperTooLarge) as refusal:
            form.refuse("paper", refusal.message)
        else:
            say(_("Evidencia guardada."))
            return back(agreement, "campaigns")
    return add_page(agreement, form, _("Agregar una evidencia"), lead=duty.text, has_file=True)


def _campaign(agreement_id: UUID, campaign_id: UUID) -> tuple[Agreement, AgreementDuty, Campaign]:
    agreement = managed(agreement_id)
    duty = access_part(queries.find_duty(agreement, campaign_id))
    return agreement, duty, access_part(evidence.find_campaign(duty))

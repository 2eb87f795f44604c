"""Proposals, their votes, and what was agreed at a session."""

from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue

from lms.core.auth import current_actor
from lms.core.calendar import today
from lms.core.clock import now
from lms.core.i18n import _
from lms.core.policy import requires
from lms.institutions.programmes.queries import get_programme
from lms.institutions.sessions import deciding, papers, queries
from lms.institutions.sessions.access import access_part
from lms.institutions.sessions.errors import SittingRefused
from lms.institutions.sessions.forms import FollowForm, OutcomeForm, PaperForm, ProposalForm, TaskForm
from lms.institutions.sessions.models import Accord, Proposal, Sitting
from lms.institutions.sessions.views.blueprint import MANAGE, back, bp, form_page, managed
from lms.web.kit import say

PROPOSAL = "/<uuid:sitting_id>/proposals/<uuid:proposal_id>"
ACCORD = "/<uuid:sitting_id>/accords/<uuid:accord_id>"


@bp.route("/<uuid:sitting_id>/proposals/new", methods=["GET", "POST"])
@requires(MANAGE)
def add_proposal(sitting_id: UUID) -> ResponseReturnValue:
    """Put something to the vote."""
    sitting, form = managed(sitting_id), ProposalForm()
    if form.validate_on_submit():
        deciding.propose(sitting, str(form.text.data), actor=current_actor(), now=now())
        say(_("Propuesta agregada. Escriba las tareas que tendrá si se aprueba."))
        return back(sitting, "proposals")
    return form_page(sitting, form, _("Agregar una propuesta"))


@bp.route(f"{PROPOSAL}/tasks/new", methods=["GET", "POST"])
@requires(MANAGE)
def add_task(sitting_id: UUID, proposal_id: UUID) -> ResponseReturnValue:
    """Write into a proposal what is to be done once it is approved."""
    sitting, proposal = _proposal(sitting_id, proposal_id)
    form = _task_form(sitting)
    if form.validate_on_submit():
        deciding.add_task(sitting, proposal, form.values())
        say(_("Tarea agregada a la propuesta."))
        return back(sitting, "proposals")
    return form_page(sitting, form, _("Agregar una tarea"), lead=proposal.text)


@bp.route(f"{PROPOSAL}/outcome", methods=["GET", "POST"])
@requires(MANAGE)
def note_outcome(sitting_id: UUID, proposal_id: UUID) -> ResponseReturnValue:
    """Note the result of a vote."""
    sitting, proposal = _proposal(sitting_id, proposal_id)
    form = OutcomeForm()
    form.fill()
    if request.method == "GET":
        form.show(proposal)
    if form.validate_on_submit():
        try:
            deciding.note_outcome(sitting, proposal, form.values(), actor=current_actor(), now=now())
        except SittingRefused as refusal:
            form.refuse("in_favour", refusal.message)
        else:
            say(_("Resultado registrado."))
            return back(sitting, "proposals")
    return form_page(sitting, form, _("Registrar la votación"), lead=proposal.text)


@bp.route("/<uuid:sitting_id>/accords/new", methods=["GET", "POST"])
@requires(MANAGE)
def add_accord(sitting_id: UUID) -> ResponseReturnValue:
    """Write down something agreed without a vote."""
    sitting = managed(sitting_id)
    form = _task_form(sitting)
    if form.validate_on_submit():
        deciding.agree(sitting, form.values(), actor=current_actor(), now=now())
        say(_("Acuerdo agregado."))
        return back(sitting, "accords")
    return form_page(sitting, form, _("Agregar un acuerdo"))


@bp.route(f"{ACCORD}/follow", methods=["GET", "POST"])
@requires(MANAGE)
def follow(sitting_id: UUID, accord_id: UUID) -> ResponseReturnValue:
    """Note how far something agreed came."""
    sitting, accord = _accord(sitting_id, accord_id)
    form = FollowForm(happened_on=today())
    form.fill()
    if form.validate_on_submit():
        try:
            deciding.follow(sitting, accord, form.values(), actor=current_actor(), now=now())
        except SittingRefused as refusal:
            form.refuse("happened_on", refusal.message)
        else:
            say(_("Seguimiento registrado."))
            return back(sitting, "accords")
    return form_page(sitting, form, _("Registrar el seguimiento"), lead=accord.text)


@bp.route(f"{ACCORD}/papers/new", methods=["GET", "POST"])
@requires(MANAGE)
def attach(sitting_id: UUID, accord_id: UUID) -> ResponseReturnValue:
    """Attach an issued report, or a table as it stands today."""
    sitting, accord = _accord(sitting_id, accord_id)
    programme, form = get_programme(sitting.programme_id), PaperForm()
    form.fill(papers.list_offered(programme.id, now()))
    if form.validate_on_submit():
        choice = str(form.paper.data)
        try:
            papers.attach(sitting, accord, programme, choice, actor=current_actor(), now=now())
        except SittingRefused as refusal:
            form.refuse("paper", refusal.message)
        else:
            say(_("Documento adjunto al acuerdo."))
            return back(sitting, "accords")
    return form_page(sitting, form, _("Adjuntar un documento"), lead=accord.text)


def _proposal(sitting_id: UUID, proposal_id: UUID) -> tuple[Sitting, Proposal]:
    sitting = managed(sitting_id)
    return sitting, access_part(queries.find_part(Proposal, sitting, proposal_id))


def _accord(sitting_id: UUID, accord_id: UUID) -> tuple[Sitting, Accord]:
    sitting = managed(sitting_id)
    return sitting, access_part(queries.find_part(Accord, sitting, accord_id))


def _task_form(sitting: Sitting) -> TaskForm:
    form = TaskForm()
    form.fill((each.seat.institution_id, each.seat.institution) for each in queries.list_attending(sitting))
    return form

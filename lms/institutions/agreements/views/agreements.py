"""The list of agreements, one of them, and its data."""

from typing import Any
from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select

from lms.core.auth import current_actor
from lms.core.calendar import today
from lms.core.clock import now
from lms.core.db import db
from lms.core.i18n import _
from lms.core.policy import requires
from lms.institutions.agreements import evidence, figures, listing, queries, service, words
from lms.institutions.agreements.access import access_agreement
from lms.institutions.agreements.errors import AgreementRefused, CodeTaken, StartNeeded
from lms.institutions.agreements.forms import AgreementFilter, AgreementForm
from lms.institutions.agreements.models import Agreement
from lms.institutions.agreements.permissions import AgreementPermission
from lms.institutions.agreements.rules import DutyKind, is_overdue
from lms.institutions.agreements.views.blueprint import back, bp, managed
from lms.institutions.programmes.queries import find_programme, list_programmes_for
from lms.web.kit import go, page_number, render, say
from lms.web.paging import Page, paginate
from lms.web.table_files import table_file


@bp.get("/")
@requires(AgreementPermission.READ)
def index() -> ResponseReturnValue:
    """List the agreements that the actor may see, those that end first before."""
    form, statement = _listed()
    found = paginate(statement, page_number())
    rows = listing.read_rows(found.rows, today())
    return render(
        "agreements/index.html",
        form=form,
        sort=request.args.get("sort", ""),
        page=Page(rows=rows, number=found.number, total=found.total, per_page=found.per_page),
        is_filtered=bool(form.query),
        can_manage=current_actor().can(AgreementPermission.MANAGE),
        words=words,
    )


@bp.get("/agreements.<ending>")
@requires(AgreementPermission.READ)
def index_file(ending: str) -> ResponseReturnValue:
    """Send the agreements as the page lists them, all pages, with the same filters and order."""
    _form, statement = _listed()
    rows = listing.read_rows(db.session.execute(statement), today())
    return table_file(listing.table_of(rows), title=_("Convenios"), name="convenios", ending=ending)


@bp.get("/<uuid:agreement_id>")
@requires(AgreementPermission.READ)
def agreement_page(agreement_id: UUID) -> ResponseReturnValue:
    """Show an agreement: how long it lasts, who takes part, what is owed, promised and kept with it."""
    actor, day = current_actor(), today()
    agreement = access_agreement(actor, AgreementPermission.READ, agreement_id)
    parties = queries.parties_of(agreement)
    is_open = queries.sees_figures(actor, AgreementPermission.READ, agreement)
    commitments = queries.commitments_of(agreement) if is_open else ()
    duties, papers = queries.duties_of(agreement, parties), queries.files_of(agreement)
    can_manage = queries.reaches(actor, AgreementPermission.MANAGE, agreement)
    return render(
        "agreements/agreement.html",
        agreement=agreement,
        parties=parties,
        duties=[each for each in duties if each.row.kind is not DutyKind.CAMPAIGN],
        campaigns=evidence.campaigns_of(duties, papers),
        is_overdue=lambda duty: is_overdue(duty.row.due_on, duty.row.state, day),
        progress=figures.list_progress(agreement, commitments, parties, day, tells_people=can_manage),
        sees_figures=is_open,
        papers=[each for each in papers if each.duty_id is None],
        amendments=queries.amendments_of(agreement),
        programme=find_programme(agreement.programme_id),
        standing=agreement.standing(day),
        days_left=agreement.days_left(day),
        can_manage=can_manage,
        words=words,
        **_chain(agreement),
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(AgreementPermission.MANAGE)
def new_agreement() -> ResponseReturnValue:
    """Register an agreement, or the one that carries an earlier one on."""
    earlier, form = _renewed(), _form()
    if request.method == "GET" and earlier:
        form.show(earlier)
        form.code.data, form.starts_on.data = "", None
    if form.validate_on_submit():
        try:
            agreement = service.create_agreement(
                form.values(), renews=earlier, actor=current_actor(), now=now()
            )
        except CodeTaken as refusal:
            form.refuse("code", refusal.message)
        else:
            say(_("Convenio registrado. Agregue sus partes y lo que cada una hará."))
            return back(agreement)
    return _edit_page(form, None, earlier)


@bp.route("/<uuid:agreement_id>/edit", methods=["GET", "POST"])
@requires(AgreementPermission.MANAGE)
def edit_agreement(agreement_id: UUID) -> ResponseReturnValue:
    """Change the data of an agreement."""
    agreement, form = managed(agreement_id), _form()
    if request.method == "GET":
        form.show(agreement)
    if form.validate_on_submit():
        try:
            service.change_agreement(agreement, form.values(), actor=current_actor(), now=now())
        except (CodeTaken, StartNeeded) as refusal:
            form.refuse(_field_of(refusal), refusal.message)
        else:
            say(_("Convenio guardado."))
            return back(agreement)
    return _edit_page(form, agreement, None)


@bp.route("/<uuid:agreement_id>/discard", methods=["GET", "POST"])
@requires(AgreementPermission.MANAGE)
def discard(agreement_id: UUID) -> ResponseReturnValue:
    """Ask once, then throw a draft away."""
    agreement = managed(agreement_id)
    if request.method == "POST":
        service.discard_draft(agreement, actor=current_actor(), now=now())
        say(_("Borrador descartado."))
        return go(url_for("agreements.index"))
    return render("agreements/discard.html", agreement=agreement)


def _listed() -> tuple[AgreementFilter, Select[Any]]:
    actor, form = current_actor(), AgreementFilter(request.args)
    form.fill(list_programmes_for(actor, AgreementPermission.READ))
    mine = queries.visible_to(actor, AgreementPermission.READ)
    return form, queries.narrow(mine, form.asked(request.args.get("sort", "")), today())


def _form() -> AgreementForm:
    actor, form = current_actor(), AgreementForm()
    may_have_none = actor.reach(AgreementPermission.MANAGE).everywhere
    form.fill(list_programmes_for(actor, AgreementPermission.MANAGE), may_have_none=may_have_none)
    return form


def _renewed() -> Agreement | None:
    """Return the agreement that a new one carries on, if the address names one."""
    written = request.args.get("renews", "")
    try:
        return managed(UUID(written)) if written else None
    except ValueError:
        return None


def _field_of(refusal: AgreementRefused) -> str:
    return "code" if isinstance(refusal, CodeTaken) else "starts_on"


def _edit_page(
    form: AgreementForm, agreement: Agreement | None, earlier: Agreement | None
) -> ResponseReturnValue:
    status = 422 if form.errors else 200
    return render("agreements/edit.html", form=form, agreement=agreement, earlier=earlier, status=status)


def _chain(agreement: Agreement) -> dict[str, Any]:
    """Return what this agreement carries on and what carries it on, as far as the actor sees them."""
    actor = current_actor()
    earlier = db.session.get(Agreement, agreement.renews_id) if agreement.renews_id else None
    later = queries.find_renewal(agreement)
    return {
        name: each if each and queries.reaches(actor, AgreementPermission.READ, each) else None
        for name, each in (("earlier", earlier), ("later", later))
    }

"""The targets of a programme: how many people, of whom, until when, and where that is written."""

from typing import Any
from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select

from lms.core.auth import current_actor
from lms.core.calendar import today
from lms.core.clock import now
from lms.core.db import db
from lms.core.errors import NotFound
from lms.core.i18n import _, n_
from lms.core.policy import requires
from lms.core.tabular import FileUnreadable, read_csv
from lms.institutions.agreements.access import access_agreement
from lms.institutions.agreements.permissions import AgreementPermission
from lms.institutions.agreements.queries import list_agreements_for
from lms.institutions.directory.access import access_institution
from lms.institutions.directory.as_of import members_on
from lms.institutions.directory.permissions import DirectoryPermission
from lms.institutions.directory.queries import institution_options
from lms.institutions.intake.errors import ColumnsMissing
from lms.institutions.programmes.access import access_programme
from lms.institutions.programmes.models import Programme
from lms.institutions.programmes.permissions import ProgrammePermission
from lms.institutions.targets import queries, service, words
from lms.institutions.targets.errors import (
    PeriodUnknown,
    TargetAboveWorkforce,
    TargetRefused,
    WorkforceMissing,
)
from lms.institutions.targets.forms import TargetFileForm, TargetFilter, TargetForm
from lms.institutions.targets.intake import TargetPlan, plan_targets
from lms.institutions.targets.models import TrainingTarget
from lms.web.kit import go, page_number, render, say
from lms.web.paging import Page, paginate
from lms.web.table_files import table_file

bp = Blueprint("targets", __name__, url_prefix="/programmes", template_folder="templates")
FIELDS = {PeriodUnknown: "period", WorkforceMissing: "workforce", TargetAboveWorkforce: "people"}
"""Beside which field each refusal is said; the others are about the agreement."""


@bp.get("/<uuid:programme_id>/targets")
@requires(ProgrammePermission.READ)
def index(programme_id: UUID) -> ResponseReturnValue:
    """List the targets of a programme that the actor may see."""
    programme = _readable(programme_id)
    form, statement = _listed(programme)
    found = paginate(statement, page_number())
    rows = queries.read_rows(found.rows)
    return render(
        "targets/index.html",
        programme=programme,
        form=form,
        sort=request.args.get("sort", ""),
        page=Page(
            rows=rows,
            number=found.number,
            total=found.total,
            per_page=found.per_page,
        ),
        is_filtered=bool(form.query),
        members=members_on({row.target.institution_id for row in rows}, today(), is_past=False),
        can_manage=_can_manage(programme),
        words=words,
    )


@bp.get("/<uuid:programme_id>/targets.<ending>")
@requires(ProgrammePermission.READ)
def index_file(programme_id: UUID, ending: str) -> ResponseReturnValue:
    """Send the targets as the page lists them, all pages."""
    programme = _readable(programme_id)
    _form, statement = _listed(programme)
    rows = queries.read_rows(db.session.execute(statement))
    return table_file(words.table_of(rows), title=_("Metas"), name=f"metas-{programme.code}", ending=ending)


@bp.route("/<uuid:programme_id>/targets/new", methods=["GET", "POST"])
@requires(ProgrammePermission.MANAGE)
def new_target(programme_id: UUID) -> ResponseReturnValue:
    """Set a target."""
    return _edit(_managed(programme_id), None)


@bp.route("/<uuid:programme_id>/targets/<uuid:target_id>/edit", methods=["GET", "POST"])
@requires(ProgrammePermission.MANAGE)
def edit_target(programme_id: UUID, target_id: UUID) -> ResponseReturnValue:
    """Change a target."""
    programme = _managed(programme_id)
    return _edit(programme, _target(programme, target_id))


@bp.route("/<uuid:programme_id>/targets/<uuid:target_id>/remove", methods=["GET", "POST"])
@requires(ProgrammePermission.MANAGE)
def remove_target(programme_id: UUID, target_id: UUID) -> ResponseReturnValue:
    """Ask, then take a target back."""
    programme = _managed(programme_id)
    target = _target(programme, target_id)
    if request.method == "GET":
        return render("targets/remove.html", programme=programme, target=target)
    service.remove_target(target, actor=current_actor(), now=now())
    say(_("Meta quitada."))
    return _back(programme)


@bp.route("/<uuid:programme_id>/targets/upload", methods=["GET", "POST"])
@requires(ProgrammePermission.MANAGE)
def upload(programme_id: UUID) -> ResponseReturnValue:
    """Take a file of targets: everything in it, or nothing while one row is wrong."""
    programme, form = _managed(programme_id), TargetFileForm()
    plans: list[TargetPlan] = []
    if form.validate_on_submit():
        try:
            plans = plan_targets(read_csv(form.file.data.read()), programme, actor=current_actor())
        except (FileUnreadable, ColumnsMissing) as refusal:
            form.refuse("file", refusal.message)
        else:
            if not form.only_look.data and not any(plan.problem for plan in plans):
                _save(programme, plans)
                say(n_("Se guardó una meta.", "Se guardaron %(num)s metas.", len(plans)))
                return _back(programme)
    problems = [plan for plan in plans if plan.problem]
    status = 422 if form.errors or problems else 200
    return render(
        "targets/upload.html", programme=programme, form=form, plans=plans, problems=problems, status=status
    )


def _save(programme: Programme, plans: list[TargetPlan]) -> None:
    for plan in plans:
        if plan.institution and plan.values:
            service.set_target(
                programme,
                plan.institution,
                plan.values,
                agreement=plan.agreement,
                actor=current_actor(),
                now=now(),
            )


def _edit(programme: Programme, target: TrainingTarget | None) -> ResponseReturnValue:
    form = _form(programme)
    if request.method == "GET" and target:
        form.show(target)
    if form.validate_on_submit():
        try:
            saved = _set(programme, form)
        except TargetRefused as refusal:
            form.refuse(FIELDS.get(type(refusal), "agreement"), refusal.message)
        else:
            if target and target.id != saved.id:
                service.remove_target(target, actor=current_actor(), now=now())
            say(_("Meta guardada."))
            return _back(programme)
    status = 422 if form.errors else 200
    return render("targets/edit.html", programme=programme, form=form, target=target, status=status)


def _set(programme: Programme, form: TargetForm) -> TrainingTarget:
    actor = current_actor()
    written = form.agreement.data
    return service.set_target(
        programme,
        access_institution(actor, DirectoryPermission.READ, UUID(str(form.institution.data))),
        form.values(),
        agreement=access_agreement(actor, AgreementPermission.READ, UUID(str(written))) if written else None,
        actor=actor,
        now=now(),
    )


def _form(programme: Programme) -> TargetForm:
    actor, form = current_actor(), TargetForm()
    options = institution_options(actor, DirectoryPermission.READ)
    agreements = list_agreements_for(actor, AgreementPermission.READ, programme_id=programme.id)
    form.fill([(str(each), label) for each, label in options], agreements)
    return form


def _listed(programme: Programme) -> tuple[TargetFilter, Select[Any]]:
    form = TargetFilter(request.args)
    form.fill(queries.list_periods(programme.id))
    mine = queries.visible_targets(programme, current_actor())
    return form, queries.narrow(mine, form.asked(request.args.get("sort", "")))


def _readable(programme_id: UUID) -> Programme:
    return access_programme(current_actor(), ProgrammePermission.READ, programme_id)


def _managed(programme_id: UUID) -> Programme:
    return access_programme(current_actor(), ProgrammePermission.MANAGE, programme_id)


def _target(programme: Programme, target_id: UUID) -> TrainingTarget:
    target = queries.find_target(programme, target_id)
    if target is None:
        raise NotFound
    return target


def _can_manage(programme: Programme) -> bool:
    reach = current_actor().reach(ProgrammePermission.MANAGE)
    return reach.everywhere or programme.id in reach.programmes


def _back(programme: Programme) -> ResponseReturnValue:
    return go(url_for("targets.index", programme_id=programme.id))

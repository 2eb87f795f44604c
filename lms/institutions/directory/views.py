"""Pages about institutions: the tree, one institution with its people, adding, changing and closing."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import not_

from lms.accounts.queries import search_people
from lms.core.auth import current_actor
from lms.core.calendar import today
from lms.core.clock import now
from lms.core.context import registry
from lms.core.db import savepoint
from lms.core.i18n import _
from lms.core.policy import requires
from lms.institutions.directory import as_of, changes, files, queries, service
from lms.institutions.directory.access import access_institution
from lms.institutions.directory.errors import (
    ChangeBeforeAnother,
    ChangeInFuture,
    GroupHasPeople,
    InstitutionClosed,
    InstitutionExists,
    MoveRefused,
    TooDeep,
)
from lms.institutions.directory.forms import InstitutionFilter, InstitutionForm, PeopleFilter, RenameForm
from lms.institutions.directory.models import Institution
from lms.institutions.directory.permissions import DirectoryPermission
from lms.institutions.directory.rules import Details, Placed
from lms.institutions.territories.queries import find_territory
from lms.plugins.institutions import InstitutionPanel
from lms.web.kit import go, page_number, render, say
from lms.web.paging import page_of
from lms.web.table_files import table_file

bp = Blueprint("directory", __name__, url_prefix="/institutions", template_folder="templates")


@bp.get("/")
@requires(DirectoryPermission.READ)
def index() -> ResponseReturnValue:
    """List the institutions that the actor may see, as a tree."""
    actor = current_actor()
    form, day, tree = _listed()
    is_past = day < today()
    page = page_of(tree, page_number(), per_page=50)
    shown = [each.node for each in page.rows]
    return render(
        "directory/index.html",
        form=form,
        page=page,
        day=day,
        is_past=is_past,
        people=queries.count_people([each.id for each in shown], day),
        parents=as_of.labels_on(
            {each.parent_id for each in shown if each.parent_id}, day if is_past else None
        ),
        is_filtered=bool(form.query),
        can_manage=actor.can(DirectoryPermission.MANAGE_INSTITUTIONS),
    )


@bp.get("/institutions.<ending>")
@requires(DirectoryPermission.READ)
def index_file(ending: str) -> ResponseReturnValue:
    """Send the institutions as the page lists them, all pages, with the same filters and of the same day."""
    _form, day, tree = _listed()
    table = files.table_of([placed.node for placed in tree], day, is_past=day < today())
    name = f"instituciones-{day}"
    return table_file(table, title=_("Instituciones"), name=name, ending=ending)


def _listed() -> tuple[InstitutionFilter, date, list[Placed[as_of.InstitutionOn]]]:
    """Return the filters, the day that they ask for and the institutions of that day, in the order of the tree."""
    visible = queries.visible_to(current_actor(), DirectoryPermission.READ)
    form = InstitutionFilter(request.args)
    form.fill(queries.territory_options(visible))
    day = form.on.data or today()
    statement = queries.search_institutions(visible, form.q.data or "")
    if form.sector.data:
        statement = statement.where(Institution.sector == form.sector.data)
    if form.territory_id:
        statement = queries.in_territory(statement, form.territory_id)
    if form.state.data != "all":
        existed = as_of.existed_on(day)
        statement = statement.where(not_(existed) if form.state.data == "closed" else existed)
    # No change is written before its day, so the present needs no former names.
    return form, day, as_of.list_tree_on(statement, day, is_past=day < today())


@bp.get("/<uuid:institution_id>")
@requires(DirectoryPermission.READ)
def institution_page(institution_id: UUID) -> ResponseReturnValue:
    """Show an institution: where it hangs, who answers for it, its units and its people."""
    actor = current_actor()
    institution = access_institution(actor, DirectoryPermission.READ, institution_id)
    form = PeopleFilter(request.args)
    people = search_people(queries.people_of(institution, today()), form.q.data or "")
    units = queries.list_children(institution.id)
    return render(
        "directory/institution.html",
        institution=institution,
        located=find_territory(institution.territory_id),
        breadcrumbs=_trail(institution),
        focal_points=queries.list_focal_points(institution),
        history=as_of.list_history(institution),
        units=units,
        counts=queries.count_people([institution.id, *(unit.id for unit in units)], today()),
        form=form,
        page=queries.paginate_people(people, today(), page_number()),
        row_of=queries.person_row,
        panels=_panels(institution),
        can_manage=queries.is_visible(actor, DirectoryPermission.MANAGE_INSTITUTIONS, institution.id),
        can_manage_people=queries.is_visible(actor, DirectoryPermission.MANAGE_PEOPLE, institution.id),
    )


def _panels(institution: Institution) -> list[tuple[str, Mapping[str, Any]]]:
    """Return what upper slices add to an institution's page, as (template, variables)."""
    known: list[InstitutionPanel] = sorted(
        registry("institution_panels").values(), key=lambda each: each.order
    )
    made = ((each.template, each.context(institution.id, current_actor(), now())) for each in known)
    return [(template, context) for template, context in made if context is not None]


@bp.route("/new", methods=["GET", "POST"])
@requires(DirectoryPermission.MANAGE_INSTITUTIONS)
def new_institution() -> ResponseReturnValue:
    """Add an institution."""
    actor, form = current_actor(), InstitutionForm(parent=request.args.get("parent", ""))
    form.fill(actor)
    del form.moved_on
    if form.validate_on_submit():
        try:
            institution = service.create_institution(
                name=str(form.name.data),
                short_name=form.short_name.data or "",
                sector=form.sector.data,
                territory=form.territory.data or "",
                details=Details(opened_on=form.opened_on.data, is_group=bool(form.is_group.data)),
                parent=_parent(form.parent_id),
                actor=actor,
                now=now(),
            )
        except (InstitutionExists, TooDeep) as refusal:
            form.refuse("name" if isinstance(refusal, InstitutionExists) else "parent", refusal.message)
        else:
            say(_("Institución agregada."))
            return go(url_for("directory.institution_page", institution_id=institution.id))
    return render("directory/edit.html", form=form, institution=None, status=422 if form.errors else 200)


@bp.route("/<uuid:institution_id>/edit", methods=["GET", "POST"])
@requires(DirectoryPermission.MANAGE_INSTITUTIONS)
def edit_institution(institution_id: UUID) -> ResponseReturnValue:
    """Correct an institution's data, or hang it from another body."""
    institution = access_institution(current_actor(), DirectoryPermission.MANAGE_INSTITUTIONS, institution_id)
    form = InstitutionForm(obj=institution, parent=str(institution.parent_id or ""))
    form.fill(current_actor(), institution)
    if form.validate_on_submit() and _change(institution, form):
        say(_("Cambios guardados."))
        return go(url_for("directory.institution_page", institution_id=institution.id))
    status = 422 if form.errors else 200
    return render("directory/edit.html", form=form, institution=institution, status=status)


@bp.route("/<uuid:institution_id>/rename", methods=["GET", "POST"])
@requires(DirectoryPermission.MANAGE_INSTITUTIONS)
def rename_institution(institution_id: UUID) -> ResponseReturnValue:
    """Give an institution another name from a day on."""
    institution = access_institution(current_actor(), DirectoryPermission.MANAGE_INSTITUTIONS, institution_id)
    form = RenameForm(obj=institution)
    if form.validate_on_submit() and form.starts_on.data:
        try:
            service.rename_institution(
                institution,
                name=str(form.name.data),
                short_name=form.short_name.data or "",
                starts_on=form.starts_on.data,
                actor=current_actor(),
                now=now(),
            )
        except (InstitutionExists, ChangeInFuture, ChangeBeforeAnother) as refusal:
            form.refuse("name" if isinstance(refusal, InstitutionExists) else "starts_on", refusal.message)
        else:
            say(_("Nombre nuevo anotado. El anterior se conserva para lo de antes."))
            return go(url_for("directory.institution_page", institution_id=institution.id))
    status = 422 if form.errors else 200
    return render("directory/rename.html", form=form, institution=institution, status=status)


@bp.route("/<uuid:institution_id>/rename/undo", methods=["GET", "POST"])
@requires(DirectoryPermission.MANAGE_INSTITUTIONS)
def undo_rename(institution_id: UUID) -> ResponseReturnValue:
    """Ask, then give an institution its former name back."""
    institution = access_institution(current_actor(), DirectoryPermission.MANAGE_INSTITUTIONS, institution_id)
    if request.method == "GET":
        former = queries.list_former_names([institution.id])[institution.id]
        return render(
            "directory/undo_rename.html", institution=institution, former=former[0] if former else None
        )
    changes.undo_rename(institution, actor=current_actor(), now=now())
    say(_("Cambio de nombre deshecho."))
    return go(url_for("directory.institution_page", institution_id=institution.id))


@bp.route("/<uuid:institution_id>/close", methods=["GET", "POST"])
@requires(DirectoryPermission.MANAGE_INSTITUTIONS)
def close_institution(institution_id: UUID) -> ResponseReturnValue:
    """Ask, and then close an institution for new people."""
    actor = current_actor()
    institution = access_institution(actor, DirectoryPermission.MANAGE_INSTITUTIONS, institution_id)
    if request.method == "POST":
        service.deactivate_institution(institution, actor=actor, now=now())
        say(_("Institución dada de baja."))
        return go(url_for("directory.institution_page", institution_id=institution.id))
    count = queries.count_people([institution.id], today()).get(institution.id, 0)
    return render("directory/close.html", institution=institution, count=count)


@bp.post("/<uuid:institution_id>/reopen")
@requires(DirectoryPermission.MANAGE_INSTITUTIONS)
def reopen_institution(institution_id: UUID) -> ResponseReturnValue:
    """Open a closed institution again."""
    actor = current_actor()
    institution = access_institution(actor, DirectoryPermission.MANAGE_INSTITUTIONS, institution_id)
    service.activate_institution(institution, actor=actor, now=now())
    say(_("Institución reactivada."))
    return go(url_for("directory.institution_page", institution_id=institution.id))


def _change(institution: Institution, form: InstitutionForm) -> bool:
    actor, moment = current_actor(), now()
    try:
        with savepoint():  # a refused move undoes the other changes too
            service.change_institution(
                institution,
                name=str(form.name.data),
                short_name=form.short_name.data or "",
                sector=form.sector.data,
                territory=form.territory.data or "",
                details=Details(opened_on=form.opened_on.data, is_group=bool(form.is_group.data)),
                actor=actor,
                now=moment,
            )
            if form.parent_id != institution.parent_id:  # the present one may be out of the actor's reach
                parent, since = _parent(form.parent_id), form.moved_on.data
                service.move_institution(institution, parent, since=since, actor=actor, now=moment)
    except InstitutionExists as refusal:
        form.refuse("name", refusal.message)
    except (MoveRefused, TooDeep, InstitutionClosed) as refusal:
        form.refuse("parent", refusal.message)
    except (ChangeInFuture, ChangeBeforeAnother) as refusal:
        form.refuse("moved_on", refusal.message)
    except GroupHasPeople as refusal:
        form.refuse("is_group", refusal.message)
    return not form.errors


def _parent(parent_id: UUID | None) -> Institution | None:
    if parent_id is None:
        return None
    return access_institution(current_actor(), DirectoryPermission.MANAGE_INSTITUTIONS, parent_id)


def _trail(institution: Institution) -> list[tuple[str, str | None]]:
    """Return the way down to an institution; a focal point's way begins at their own."""
    above = queries.list_ancestors(institution)
    if above and not current_actor().reach(DirectoryPermission.READ).everywhere:
        statement = queries.visible_to(current_actor(), DirectoryPermission.READ)
        seen = queries.list_ids(statement.where(Institution.id.in_([each.id for each in above])))
        above = [each for each in above if each.id in seen]
    way = [(each.label, url_for("directory.institution_page", institution_id=each.id)) for each in above]
    return [(_("Instituciones"), url_for("directory.index")), *way, (institution.label, None)]

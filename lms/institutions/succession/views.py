"""Pages on which an institution becomes part of others: the choice, what it comes to, the word, and the way back."""

from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.db import savepoint
from lms.core.errors import DomainError
from lms.core.i18n import _
from lms.core.policy import requires
from lms.institutions.directory.access import access_institution
from lms.institutions.directory.errors import ChangeBeforeAnother, ChangeInFuture
from lms.institutions.directory.models import Institution
from lms.institutions.directory.permissions import DirectoryPermission
from lms.institutions.directory.queries import institution_options, list_children, list_focal_points
from lms.institutions.succession import queries, service
from lms.institutions.succession.errors import SuccessionRefused, UndoRefused
from lms.institutions.succession.forms import SuccessionForm
from lms.institutions.succession.rules import Division
from lms.web.kit import go, render, say

bp = Blueprint("succession", __name__, url_prefix="/institutions", template_folder="templates")
MANAGE = DirectoryPermission.MANAGE_INSTITUTIONS
MOST_NAMED = 100
"""People who can be sent to one of several heirs by hand; more go to the first one, or move with a file."""


@bp.route("/<uuid:institution_id>/succeed", methods=["GET", "POST"])
@requires(MANAGE)
def succeed(institution_id: UUID) -> ResponseReturnValue:
    """Ask what an institution becomes part of, show what that comes to, and do it."""
    actor = current_actor()
    institution = access_institution(actor, MANAGE, institution_id)
    form = SuccessionForm(request.values)
    form.fill(institution_options(actor, MANAGE, outside=institution))
    if "starts_on" not in request.values or not form.validate():
        status = 422 if form.errors and "starts_on" in request.values else 200
        return render("succession/choose.html", form=form, institution=institution, status=status)
    heirs = [access_institution(actor, MANAGE, each) for each in form.heir_ids]
    division = _division(institution, form)
    try:
        service.check(institution, division, heirs)
        if request.method == "GET":
            return _preview(institution, division, heirs, form)
        with savepoint():
            service.succeed(institution, division, heirs, actor=actor, now=now())
    except (SuccessionRefused, ChangeInFuture, ChangeBeforeAnother) as refusal:
        is_day = isinstance(refusal, ChangeInFuture | ChangeBeforeAnother)
        form.refuse("starts_on" if is_day else "heir", refusal.message)
        return render("succession/choose.html", form=form, institution=institution, status=422)
    say(_("Hecho. Lo de antes se queda en ella; sus personas y áreas siguen donde indicó."))
    return go(url_for("directory.institution_page", institution_id=institution.id))


@bp.route("/<uuid:institution_id>/succeed/undo", methods=["GET", "POST"])
@requires(MANAGE)
def undo(institution_id: UUID) -> ResponseReturnValue:
    """Ask, then take a merger or division back."""
    actor = current_actor()
    institution = access_institution(actor, MANAGE, institution_id)
    page = url_for("directory.institution_page", institution_id=institution.id)
    if request.method == "GET":
        standing = [each for each in queries.list_standing(institution.id) if each.institution is institution]
        return render("succession/undo.html", institution=institution, standing=standing)
    try:
        with savepoint():
            service.undo(institution, actor=actor, now=now())
    except UndoRefused as refusal:
        say(_refusal(refusal), "error")
        return go(page)
    say(_("Integración deshecha: sus personas, áreas y pendientes están donde estaban."))
    return go(page)


def _preview(
    institution: Institution, division: Division, heirs: list[Institution], form: SuccessionForm
) -> ResponseReturnValue:
    people = queries.list_affiliations_since(institution.id, division.starts_on)
    return render(
        "succession/preview.html",
        institution=institution,
        division=division,
        heirs=heirs,
        tasks_heir=next(heir for heir in heirs if heir.id == division.by_tasks[0]),
        form=form,
        people=people,
        units=list_children(institution.id),
        focal_points=list_focal_points(institution),
        going_on=queries.list_going_on(institution.id, division.by_tasks, now()),
        ties=queries.list_ties(institution.id, now()),
        is_named=len(heirs) > 1 and len(people) <= MOST_NAMED,
    )


def _division(institution: Institution, form: SuccessionForm) -> Division:
    """Return what was asked; what names no heir goes to the first one."""
    chosen = {name: value for name, value in request.form.items() if "-" in name}
    by_hex = {each.hex: each for each in form.heir_ids}

    def heirs_of(kind: str, ids: list[UUID]) -> dict[UUID, UUID]:
        asked = {each: by_hex.get(chosen.get(f"{kind}-{each.hex}", "")) for each in ids}
        return {each: heir for each, heir in asked.items() if heir is not None}

    starts_on = form.starts_on.data
    if starts_on is None:
        raise SuccessionRefused
    units = [each.id for each in list_children(institution.id)] if chosen else []
    people = (
        [person.id for _post, person in queries.list_affiliations_since(institution.id, starts_on)]
        if chosen
        else []
    )
    return Division(
        starts_on=starts_on,
        heirs=form.heir_ids,
        tasks=form.tasks_id,
        units=heirs_of("unit", units),
        people=heirs_of("person", people),
    )


def _refusal(refusal: DomainError) -> str:
    reason = str(refusal.message)
    return str(_("No se puede deshacer. %(reason)s", reason=reason))

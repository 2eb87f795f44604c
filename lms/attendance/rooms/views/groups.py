"""Dividing a cohort into groups, and changing one."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from lms.attendance.access import access_cohort_as_keeper
from lms.attendance.permissions import AttendancePermission
from lms.attendance.rooms import access, queries, rules, service
from lms.attendance.rooms.errors import GroupInUse, GroupNameTaken, NobodyToDivide
from lms.attendance.rooms.forms import LONGEST, DivideForm, GroupForm
from lms.attendance.rooms.models import CohortGroup
from lms.attendance.rooms.rules import Division
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.i18n import _, n_
from lms.core.policy import requires
from lms.learning.models import Cohort
from lms.learning.queries import RosterEntry, get_cohort, list_roster
from lms.learning.tabs import tabs_of
from lms.web.kit import go, render, say
from lms.web.sectors import SECTORS

bp = Blueprint("groups", __name__, url_prefix="/attendance", template_folder="../templates")
KEEP = AttendancePermission.KEEP_REGISTER


@bp.get("/cohorts/<uuid:cohort_id>/groups")
@requires(KEEP)
def index(cohort_id: UUID) -> ResponseReturnValue:
    """List the groups of a cohort, and how to divide it."""
    form = _form()
    form.how.data = Division.PARTS.value
    return _index(access_cohort_as_keeper(current_actor(), cohort_id), form)


@bp.post("/cohorts/<uuid:cohort_id>/groups")
@requires(KEEP)
def divide(cohort_id: UUID) -> ResponseReturnValue:
    """Divide the people of a cohort into groups."""
    actor = current_actor()
    cohort, form = access_cohort_as_keeper(actor, cohort_id), _form()
    if not form.validate_on_submit():
        return _index(cohort, form)
    how, roster = Division(form.how.data), list_roster(cohort.id)
    if how is Division.HAND and queries.find_group(cohort.id, form.name.data or ""):
        form.refuse("name", GroupNameTaken.message)
        return _index(cohort, form)
    groups = _divided(how, roster, parts=form.parts.data or 0, name=form.name.data or "")
    try:
        made = service.make_groups(cohort, groups, actor=actor, now=now())
    except NobodyToDivide as refusal:
        form.refuse("how", refusal.message)
        return _index(cohort, form)
    if how is Division.HAND:
        return go(url_for(".edit", group_id=made[0].id))
    say(n_("Quedó un grupo.", "Quedaron %(num)s grupos.", len(made)))
    return go(url_for(".index", cohort_id=cohort.id))


@bp.route("/groups/<uuid:group_id>", methods=["GET", "POST"])
@requires(KEEP)
def edit(group_id: UUID) -> ResponseReturnValue:
    """Change the name and the people of a group."""
    actor = current_actor()
    group, form = access.access_group_as_keeper(actor, group_id), GroupForm()
    form.fill(list_roster(group.cohort_id))
    if request.method == "GET":
        form.name.data, form.people.data = group.name, [str(key) for key in queries.members_of(group.id)]
    if form.validate_on_submit():
        try:
            service.change_group(group, name=form.name.data or "", people=form.chosen, actor=actor, now=now())
        except GroupNameTaken as refusal:
            form.refuse("name", refusal.message)
        else:
            say(_("Grupo guardado."))
            return go(url_for(".index", cohort_id=group.cohort_id))
    return _edit(group, form)


@bp.post("/groups/<uuid:group_id>/remove")
@requires(KEEP)
def remove(group_id: UUID) -> ResponseReturnValue:
    """Remove a group that no room is of."""
    actor = current_actor()
    group = access.access_group_as_keeper(actor, group_id)
    try:
        service.remove_group(group, actor=actor, now=now())
    except GroupInUse as refusal:
        say(refusal.message, "caution")
    else:
        say(_("Grupo quitado. Sus personas siguen en la cohorte."))
    return go(url_for(".index", cohort_id=group.cohort_id))


def _divided(
    how: Division, roster: Sequence[RosterEntry], *, parts: int, name: str
) -> Sequence[tuple[str, Sequence[UUID]]]:
    """Return names and people of the groups that a division makes."""
    keys = [each.enrolment_id for each in roster]
    match how:
        case Division.HAND:
            return [(name, ())]
        case Division.PARTS:
            made = rules.parts_of(keys, parts) if keys else []
            return [(_("Grupo %(number)s", number=at), part) for at, part in enumerate(made, start=1)]
        case Division.SECTOR:
            found = rules.by_label([(each.enrolment_id, _sector(each)) for each in roster])
        case _:
            found = rules.by_label([(each.enrolment_id, each.institution[:LONGEST]) for each in roster])
    return sorted(found.items())


def _sector(each: RosterEntry) -> str:
    return str(SECTORS[each.sector].label) if each.sector in SECTORS else str(_("Sin sector"))


def _form() -> DivideForm:
    form = DivideForm()
    form.fill()
    return form


def _index(cohort: Cohort, form: DivideForm) -> ResponseReturnValue:
    return render(
        "rooms/groups.html",
        status=422 if form.errors else 200,
        cohort=cohort,
        tabs=tabs_of(cohort.id, current_actor()),
        groups=queries.list_groups(cohort.id),
        form=form,
    )


def _edit(group: CohortGroup, form: GroupForm) -> ResponseReturnValue:
    return render(
        "rooms/group.html",
        status=422 if form.errors else 200,
        group=group,
        cohort=get_cohort(group.cohort_id),
        form=form,
    )

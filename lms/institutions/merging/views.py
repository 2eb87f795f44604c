"""Pages about records that may be one person's: candidates, preview, merging, the merges and undoing them."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from lms.accounts.models import Person
from lms.accounts.queries import get_person, list_addresses, search_people
from lms.core.auth import current_actor
from lms.core.calendar import today
from lms.core.clock import now
from lms.core.i18n import _, _l
from lms.core.policy import requires
from lms.institutions.directory import queries as directory
from lms.institutions.directory.permissions import DirectoryPermission
from lms.institutions.merging import queries, rules, service
from lms.institutions.merging.access import access_merge, access_record
from lms.institutions.merging.declared import declarations
from lms.institutions.merging.errors import LoginOutOfReach, MergeChangedSince
from lms.institutions.merging.forms import MergeForm, OtherForm
from lms.institutions.merging.login import account_of
from lms.institutions.merging.models import PersonMerge
from lms.institutions.merging.planning import Line, Plan, plan_merge
from lms.institutions.merging.service import Pair
from lms.web.kit import go, page_number, render, say
from lms.web.paging import Page, paginate

bp = Blueprint("merging", __name__, url_prefix="/people", template_folder="templates")
MERGE = DirectoryPermission.MERGE_PEOPLE
WHY = {
    "national-id": _l("Misma identificación"),
    "address": _l("Mismo correo"),
    "name": _l("Mismo nombre e institución"),
}


@bp.get("/duplicates")
@requires(MERGE)
def duplicates() -> ResponseReturnValue:
    """List pairs of records that may be one person's."""
    page = paginate(queries.candidates(current_actor(), today()), page_number())
    found = [queries.candidate(row) for row in page.rows]
    rows = Page(rows=found, number=page.number, total=page.total, per_page=page.per_page)
    places = _places([person.id for each in found for person in (each.one, each.other)])
    return render("merging/duplicates.html", page=rows, places=places, why=WHY)


@bp.post("/<uuid:person_id>/apart/<uuid:other_id>")
@requires(MERGE)
def tell_apart(person_id: UUID, other_id: UUID) -> ResponseReturnValue:
    """Keep that two records which are alike are two people."""
    actor = current_actor()
    one, other = access_record(actor, person_id), access_record(actor, other_id)
    service.tell_apart(one, other, actor=actor, now=now())
    say(_("Anotado: no son la misma persona."))
    return go(url_for(".duplicates"))


@bp.get("/<uuid:person_id>/merge")
@requires(MERGE)
def choose_other(person_id: UUID) -> ResponseReturnValue:
    """Find the other record of a person."""
    actor = current_actor()
    person, form = access_record(actor, person_id), OtherForm(request.args)
    found = directory.people_visible_to(actor, MERGE, today()).where(Person.id != person.id)
    people = search_people(found, form.q.data or "")
    page = directory.paginate_people(people, today(), page_number(), per_page=15) if form.q.data else None
    rows = [directory.person_row(row) for row in page.rows] if page else []
    return render("merging/choose.html", person=person, form=form, page=page, rows=rows)


@bp.route("/<uuid:person_id>/merge/<uuid:other_id>", methods=["GET", "POST"])
@requires(MERGE)
def merge(person_id: UUID, other_id: UUID) -> ResponseReturnValue:
    """Show what making one record of two would do, and do it once the word is typed."""
    actor = current_actor()
    pair = Pair(kept=access_record(actor, person_id), gone=access_record(actor, other_id))
    service.check_pair(pair, actor=actor)
    default = rules.default_login(account_of(pair.kept), account_of(pair.gone))
    form = MergeForm(address=default.address.value, password=default.password.value)
    form.fill(pair.kept, pair.gone)
    if form.validate_on_submit():
        try:
            made = service.merge_people(pair, form.login(default), actor=actor, now=now())
        except LoginOutOfReach as refusal:
            form.refuse("word", refusal.message)
        else:
            say(_("Los dos registros son uno. Puede deshacerlo durante 30 días."))
            return go(url_for(".merge_page", merge_id=made.id))
    return _preview(pair, form)


@bp.get("/merges")
@requires(MERGE)
def merges() -> ResponseReturnValue:
    """List the merges, latest first."""
    page = paginate(queries.merges_visible_to(current_actor(), today()), page_number())
    return render("merging/merges.html", page=page, can_undo=_can_undo)


@bp.get("/merges/<uuid:merge_id>")
@requires(MERGE)
def merge_page(merge_id: UUID) -> ResponseReturnValue:
    """Show what a merge did."""
    made = access_merge(current_actor(), merge_id)
    labels = {rows.name: rows.label for rows in declarations()}
    kept = get_person(made.kept_id)
    return render(
        "merging/merge.html",
        merge=made,
        kept=kept,
        addresses=list_addresses(kept),
        by=get_person(made.merged_by_id).name if made.merged_by_id else "",
        tally=[(labels.get(each["name"], each["name"]), each) for each in made.tally],
        can_undo=_can_undo(made),
        until=made.merged_at + rules.UNDO_FOR,
    )


@bp.route("/merges/<uuid:merge_id>/undo", methods=["GET", "POST"])
@requires(MERGE)
def undo(merge_id: UUID) -> ResponseReturnValue:
    """Ask, then make two records of one again."""
    made = access_merge(current_actor(), merge_id)
    if request.method == "GET":
        return render("merging/undo.html", merge=made, kept=get_person(made.kept_id))
    try:
        service.undo_merge(made, actor=current_actor(), now=now())
    except MergeChangedSince as refusal:
        say(refusal.message, "error")
    else:
        say(_("Fusión deshecha: los dos registros están como antes."))
    return go(url_for(".merge_page", merge_id=made.id))


def _preview(pair: Pair, form: MergeForm) -> ResponseReturnValue:
    plan = plan_merge(pair.kept.id, pair.gone.id, actor=current_actor(), now=now())
    return render(
        "merging/preview.html",
        kept=pair.kept,
        gone=pair.gone,
        form=form,
        lines=_told(plan),
        places=_places([pair.kept.id, pair.gone.id]),
        until=now() + timedelta(days=30),
        status=422 if form.errors else 200,
    )


def _told(plan: Plan) -> list[Line]:
    """Return the lines worth reading: of a table with two columns, the second only where something stays."""
    shown: list[Line] = []
    tables: set[str] = set()
    for line in plan.lines:
        is_new = line.rows.table not in tables
        if (line.kept or line.gone) and (is_new or line.stayed or line.filled):
            shown.append(line)
            tables.add(line.rows.table)
    return shown


def _places(person_ids: list[UUID]) -> dict[UUID, Any]:
    """Return where each of these people works now, as their row in a list says it."""
    rows = directory.people_rows_of(person_ids, today())
    return {row.id: row for row in rows}


def _can_undo(made: PersonMerge) -> bool:
    return rules.can_undo(made.merged_at, made.undone_at, now())

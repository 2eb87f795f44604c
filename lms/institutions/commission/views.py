"""The commission of a programme on any day, what changed since another, and who holds each seat."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from lms.accounts.models import Person
from lms.core.auth import current_actor
from lms.core.calendar import today
from lms.core.clock import now
from lms.core.db import db
from lms.core.errors import NotFound
from lms.core.i18n import _, n_
from lms.core.policy import requires
from lms.core.tabular import FileUnreadable, read_csv
from lms.institutions.commission import queries, service, words
from lms.institutions.commission.errors import HolderOutside, SeatDatesCrossed, SeatOverlaps
from lms.institutions.commission.forms import DayForm, HolderForm, SeatFileForm, SeatForm
from lms.institutions.commission.intake import SeatOutcome, bring_in
from lms.institutions.commission.rules import SeatOn, differ
from lms.institutions.directory.as_of import members_on
from lms.institutions.directory.permissions import DirectoryPermission
from lms.institutions.directory.queries import get_institution, people_of, people_visible_to
from lms.institutions.intake.errors import ColumnsMissing
from lms.institutions.programmes.access import access_membership, access_programme
from lms.institutions.programmes.models import Membership, Programme
from lms.institutions.programmes.permissions import ProgrammePermission
from lms.web.kit import go, render, say
from lms.web.table_files import table_file

bp = Blueprint("commission", __name__, url_prefix="/programmes", template_folder="templates")
SEAT = "/<uuid:programme_id>/commission/<uuid:membership_id>"


@bp.get("/<uuid:programme_id>/commission")
@requires(ProgrammePermission.READ)
def commission(programme_id: UUID) -> ResponseReturnValue:
    """Show the seats of a day, and what changed since another."""
    programme, form = _readable(programme_id), DayForm(request.args)
    day = form.day(today())
    seats = queries.list_seats(programme.id, day)
    against = form.against.data
    return render(
        "commission/commission.html",
        programme=programme,
        form=form,
        day=day,
        seats=seats,
        members=_members(seats, day),
        against=against,
        difference=differ(queries.list_seats(programme.id, against), seats) if against else None,
        focal_points=_focal_points(programme, [seat.institution_id for seat in seats]),
        dates=queries.list_dates(programme.id)[:12],
        can_manage=_can_manage(programme),
        words=words,
    )


@bp.get("/<uuid:programme_id>/commission.<ending>")
@requires(ProgrammePermission.READ)
def commission_file(programme_id: UUID, ending: str) -> ResponseReturnValue:
    """Send the seats of a day as the page shows them."""
    programme, form = _readable(programme_id), DayForm(request.args)
    day = form.day(today())
    seats = queries.list_seats(programme.id, day)
    table = words.table_of(seats, _members(seats, day))
    return table_file(table, title=_("Comisión"), name=f"comision-{programme.code}-{day}", ending=ending)


def _members(seats: Sequence[SeatOn], day: date) -> dict[UUID, list[str]]:
    """Return which institutions the groups among the seats consisted of on a day."""
    found = members_on([seat.institution_id for seat in seats], day, is_past=day < today())
    return {group: [each.name for each in members] for group, members in found.items()}


@bp.route("/<uuid:programme_id>/commission/upload", methods=["GET", "POST"])
@requires(ProgrammePermission.MANAGE)
def upload(programme_id: UUID) -> ResponseReturnValue:
    """Take a file of seats: everything in it, or nothing while one row is wrong."""
    programme = access_programme(current_actor(), ProgrammePermission.MANAGE, programme_id)
    form, outcomes = SeatFileForm(), list[SeatOutcome]()
    if form.validate_on_submit():
        saves = not form.only_look.data
        try:
            sheet = read_csv(form.file.data.read())
            outcomes = bring_in(sheet, programme, saves=saves, actor=current_actor(), now=now())
        except (FileUnreadable, ColumnsMissing) as refusal:
            form.refuse("file", refusal.message)
        else:
            if saves and not any(each.problem for each in outcomes):
                say(n_("Se guardó un asiento.", "Se guardaron %(num)s asientos.", len(outcomes)))
                return go(url_for("commission.commission", programme_id=programme.id))
    problems = [each for each in outcomes if each.problem]
    status = 422 if form.errors or problems else 200
    return render(
        "commission/upload.html",
        programme=programme,
        form=form,
        outcomes=outcomes,
        problems=problems,
        status=status,
    )


@bp.get(SEAT)
@requires(ProgrammePermission.READ)
def seat(programme_id: UUID, membership_id: UUID) -> ResponseReturnValue:
    """Show a seat with everybody who held it."""
    programme = _readable(programme_id)
    membership = access_membership(programme, membership_id)
    return render(
        "commission/seat.html",
        programme=programme,
        membership=membership,
        institution=get_institution(membership.institution_id),
        holders=queries.list_holders(membership.id),
        day=today(),
        can_manage=_can_manage(programme),
        words=words,
    )


@bp.route(f"{SEAT}/edit", methods=["GET", "POST"])
@requires(ProgrammePermission.MANAGE)
def edit_seat(programme_id: UUID, membership_id: UUID) -> ResponseReturnValue:
    """Change the days, the kind and the resolution of a seat."""
    programme, membership = _managed(programme_id, membership_id)
    form = SeatForm()
    form.fill()
    if request.method == "GET":
        form.show(membership)
    if form.validate_on_submit():
        try:
            service.change_seat(membership, form.values(), actor=current_actor(), now=now())
        except (SeatDatesCrossed, SeatOverlaps) as refusal:
            form.refuse("ends_on", refusal.message)
        else:
            say(_("Asiento guardado."))
            return _back(membership)
    return _form_page(programme, membership, form, _("Cambiar el asiento"))


@bp.route(f"{SEAT}/holders/new", methods=["GET", "POST"])
@requires(ProgrammePermission.MANAGE)
def name_holder(programme_id: UUID, membership_id: UUID) -> ResponseReturnValue:
    """Name a titular or an alternate."""
    programme, membership = _managed(programme_id, membership_id)
    form = HolderForm(starts_on=today())
    form.fill(_people(membership))
    if form.validate_on_submit():
        try:
            service.name_holder(membership, form.values(), actor=current_actor(), now=now())
        except HolderOutside as refusal:
            form.refuse("starts_on", refusal.message)
        else:
            say(_("Nombramiento registrado."))
            return _back(membership)
    return _form_page(programme, membership, form, _("Registrar un nombramiento"))


@bp.route(f"{SEAT}/holders/<uuid:seat_holder_id>/end", methods=["GET", "POST"])
@requires(ProgrammePermission.MANAGE)
def end_holder(programme_id: UUID, membership_id: UUID, seat_holder_id: UUID) -> ResponseReturnValue:
    """Ask, then note that somebody left a seat today."""
    programme, membership = _managed(programme_id, membership_id)
    holder = queries.find_holder(membership, seat_holder_id)
    if holder is None:
        raise NotFound
    if request.method == "GET":
        return render("commission/end_holder.html", programme=programme, membership=membership, holder=holder)
    service.end_holder(membership, holder, ends_on=today(), actor=current_actor(), now=now())
    say(_("Dejó el asiento hoy. Su nombramiento queda en la historia."))
    return _back(membership)


def _readable(programme_id: UUID) -> Programme:
    return access_programme(current_actor(), ProgrammePermission.READ, programme_id)


def _managed(programme_id: UUID, membership_id: UUID) -> tuple[Programme, Membership]:
    programme = access_programme(current_actor(), ProgrammePermission.MANAGE, programme_id)
    return programme, access_membership(programme, membership_id)


def _focal_points(programme: Programme, institution_ids: list[UUID]) -> dict[UUID, list[str]] | None:
    """Return who answers for each institution; None for whoever sees only their own of them."""
    reach = current_actor().reach(ProgrammePermission.READ)
    is_whole = reach.everywhere or programme.id in reach.programmes
    return queries.list_focal_names(institution_ids) if is_whole else None


def _can_manage(programme: Programme) -> bool:
    reach = current_actor().reach(ProgrammePermission.MANAGE)
    return reach.everywhere or programme.id in reach.programmes


def _back(membership: Membership) -> ResponseReturnValue:
    return go(url_for("commission.seat", programme_id=membership.programme_id, membership_id=membership.id))


def _people(membership: Membership) -> Iterable[tuple[UUID, str]]:
    """Return the people of the seat's institution whom the actor may see, by name."""
    there = people_of(get_institution(membership.institution_id), today()).with_only_columns(Person.id)
    mine = people_visible_to(current_actor(), DirectoryPermission.READ, today())
    people = db.session.scalars(mine.where(Person.id.in_(there)).order_by(Person.search_text)).all()
    return [(person.id, person.name) for person in people]


def _form_page(
    programme: Programme, membership: Membership, form: SeatForm | HolderForm, title: str
) -> ResponseReturnValue:
    return render(
        "commission/edit.html",
        programme=programme,
        membership=membership,
        institution=get_institution(membership.institution_id),
        form=form,
        title=title,
        status=422 if form.errors else 200,
    )

"""Pages on which roles are given and taken."""

from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.actors import Role
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.errors import NotFound
from lms.core.i18n import _
from lms.core.policy import requires
from lms.institutions.directory.permissions import DirectoryPermission
from lms.institutions.people import queries, service
from lms.institutions.people.access import access_person, access_role
from lms.institutions.people.forms import PlaceForm
from lms.institutions.people.labels import ROLE_NAMES, ROLE_PURPOSES
from lms.institutions.people.rules import ROLE_SCOPES
from lms.web.kit import go, render, say

bp = Blueprint("roles", __name__, url_prefix="/people/<uuid:person_id>/roles", template_folder="../templates")
MANAGE = DirectoryPermission.MANAGE_ROLES


@bp.get("/new")
@requires(MANAGE)
def choose_role(person_id: UUID) -> ResponseReturnValue:
    """Offer the roles that the actor can give somewhere."""
    actor = current_actor()
    person = access_person(actor, person_id, MANAGE)
    offered = [role for role in ROLE_SCOPES if queries.list_places(actor, role)]
    return render(
        "people/choose_role.html", person=person, offered=offered, names=ROLE_NAMES, purposes=ROLE_PURPOSES
    )


@bp.route("/new/<role>", methods=["GET", "POST"])
@requires(MANAGE)
def give_role(person_id: UUID, role: str) -> ResponseReturnValue:
    """Ask where the role holds, and give it."""
    actor, wanted = current_actor(), _role(role)
    person = access_person(actor, person_id, MANAGE)
    places = queries.list_places(actor, wanted)
    form = PlaceForm()
    form.fill(places)
    if form.validate_on_submit():
        chosen = next(place for place in places if place.key == form.place.data)
        service.give_role(person, chosen.assignment, actor=actor, now=now())
        say(_("Papel asignado: %(role)s.", role=ROLE_NAMES[wanted]))
        return go(url_for("people.person_page", person_id=person.id))
    return render(
        "people/give_role.html",
        person=person,
        form=form,
        role=wanted,
        name=ROLE_NAMES[wanted],
        purpose=ROLE_PURPOSES[wanted],
        status=422 if form.errors else 200,
    )


@bp.route("/<uuid:role_id>/take", methods=["GET", "POST"])
@requires(MANAGE)
def take_role(person_id: UUID, role_id: UUID) -> ResponseReturnValue:
    """Ask, and then take a role away."""
    actor = current_actor()
    person = access_person(actor, person_id, MANAGE)
    held = access_role(person, role_id)
    if request.method == "POST":
        service.take_role(person, held, actor=actor, now=now())
        say(_("Papel retirado: %(role)s.", role=ROLE_NAMES[held.role]))
        return go(url_for("people.person_page", person_id=person.id))
    place = queries.name_of_place(held.kind, held.scope_id)
    return render("people/take_role.html", person=person, held=held, name=ROLE_NAMES[held.role], place=place)


def _role(text: str) -> Role:
    known = {role.value: role for role in ROLE_SCOPES}
    if text not in known:
        raise NotFound
    return known[text]

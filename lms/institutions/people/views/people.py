"""Pages about people: the list, one person, their data, where they work, their invitation."""

from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from lms.accounts.errors import EmailTaken
from lms.accounts.models import Person
from lms.accounts.queries import search_people
from lms.core.auth import current_actor
from lms.core.calendar import today
from lms.core.clock import now
from lms.core.errors import DomainError, NotFound
from lms.core.i18n import _
from lms.core.policy import requires
from lms.institutions.directory import queries as directory
from lms.institutions.directory.access import access_institution
from lms.institutions.directory.errors import (
    AffiliationOverlaps,
    EndsBeforeStart,
    InstitutionClosed,
    InstitutionIsGroup,
)
from lms.institutions.directory.permissions import DirectoryPermission
from lms.institutions.directory.service import end_affiliation as end
from lms.institutions.people import queries, service
from lms.institutions.people.access import access_person
from lms.institutions.people.errors import BelongsElsewhere, EmailOfAnother, PersonKnown
from lms.institutions.people.forms import EndForm, NewPersonForm, PeopleFilter, PersonForm, WorkForm
from lms.institutions.people.labels import ROLE_NAMES
from lms.institutions.people.rules import ALL_FIELDS
from lms.institutions.people.service import PersonValues, Work
from lms.web.kit import go, page_number, render, say

bp = Blueprint("people", __name__, url_prefix="/people", template_folder="../templates")
MANAGE = DirectoryPermission.MANAGE_PEOPLE
FIELD_OF: dict[type[DomainError], str] = {
    EmailOfAnother: "email",
    BelongsElsewhere: "email",
    EmailTaken: "email",
    PersonKnown: "first_surname",
    InstitutionClosed: "institution",
    InstitutionIsGroup: "institution",
    AffiliationOverlaps: "starts_on",
    EndsBeforeStart: "ends_on",
}
"""Beside which field each refusal is said."""


@bp.get("/")
@requires(MANAGE)
def index() -> ResponseReturnValue:
    """List the people whom the actor administers."""
    actor, form = current_actor(), PeopleFilter(request.args)
    form.fill(actor)
    people = search_people(directory.people_visible_to(actor, MANAGE, today()), form.q.data or "")
    people = queries.in_state(people, form.state.data or "")
    if form.institution_id:
        people = queries.in_institution(people, form.institution_id)
    return render(
        "people/index.html",
        form=form,
        page=directory.paginate_people(people, today(), page_number()),
        row_of=directory.person_row,
        is_filtered=bool(form.q.data or form.institution_id or form.state.data),
        may_merge=actor.can(DirectoryPermission.MERGE_PEOPLE),
    )


@bp.get("/<uuid:person_id>")
@requires(MANAGE)
def person_page(person_id: UUID) -> ResponseReturnValue:
    """Show a person: their data, where they have worked, the roles they hold."""
    actor = current_actor()
    person = access_person(actor, person_id)
    history = directory.list_affiliations(person.id)
    is_open = bool(history) and history[0][0].ends_on is None
    return render(
        "people/person.html",
        person=person,
        history=history,
        works_now=is_open,
        may_change=bool(service.open_fields(person, actor)),
        roles=queries.list_held_roles(person, actor),
        role_names=ROLE_NAMES,
        may_merge=actor.can(DirectoryPermission.MERGE_PEOPLE),
        may_give=actor.can(DirectoryPermission.MANAGE_ROLES),
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(MANAGE)
def new_person() -> ResponseReturnValue:
    """Register a person where they work."""
    actor = current_actor()
    form = NewPersonForm(institution=request.args.get("institution", ""), starts_on=today())
    form.fill(actor)
    if form.validate_on_submit():
        try:
            person, is_new = service.register_at(_values(form), _work(form), actor=actor, now=now())
        except (
            EmailOfAnother,
            BelongsElsewhere,
            PersonKnown,
            InstitutionClosed,
            AffiliationOverlaps,
        ) as refusal:
            form.refuse(FIELD_OF[type(refusal)], refusal.message)
        else:
            _welcome(person, is_new=is_new, invite=bool(form.wants_invitation.data))
            return go(url_for("people.person_page", person_id=person.id))
    return render("people/new.html", form=form, status=422 if form.errors else 200)


@bp.route("/<uuid:person_id>/edit", methods=["GET", "POST"])
@requires(MANAGE)
def edit_person(person_id: UUID) -> ResponseReturnValue:
    """Correct a person's data, those that the actor may change."""
    actor = current_actor()
    person = access_person(actor, person_id)
    form = PersonForm(obj=person)
    for name in ALL_FIELDS - service.open_fields(person, actor):
        del form[name]
    if form.validate_on_submit():
        values = {field.name: field.data for field in form if field.name in ALL_FIELDS}
        try:
            service.change_data(person, values=values, actor=actor, now=now())
        except EmailTaken as refusal:
            form.refuse("email", refusal.message)
        else:
            say(_("Cambios guardados."))
            return go(url_for("people.person_page", person_id=person.id))
    return render("people/edit.html", form=form, person=person, status=422 if form.errors else 200)


@bp.route("/<uuid:person_id>/work", methods=["GET", "POST"])
@requires(MANAGE)
def change_work(person_id: UUID) -> ResponseReturnValue:
    """Say where a person works from a day on."""
    actor = current_actor()
    person = access_person(actor, person_id)
    service.check_reach(person, actor=actor)
    latest = directory.find_latest_affiliation(person.id)
    form = WorkForm(obj=latest, institution=str(latest.institution_id) if latest else "", starts_on=today())
    form.fill(actor)
    if form.validate_on_submit():
        try:
            service.affiliate(person, _work(form), actor=actor, now=now())
        except (InstitutionClosed, AffiliationOverlaps) as refusal:
            form.refuse(FIELD_OF[type(refusal)], refusal.message)
        else:
            say(_("Adscripción registrada."))
            return go(url_for("people.person_page", person_id=person.id))
    return render("people/work.html", form=form, person=person, status=422 if form.errors else 200)


@bp.route("/<uuid:person_id>/work/end", methods=["GET", "POST"])
@requires(MANAGE)
def end_work(person_id: UUID) -> ResponseReturnValue:
    """Ask for the last day, and then end a person's present affiliation."""
    actor = current_actor()
    person = access_person(actor, person_id)
    service.check_reach(person, actor=actor)
    latest = directory.find_latest_affiliation(person.id)
    if latest is None or latest.ends_on is not None:
        raise NotFound
    form = EndForm(ends_on=today())
    if form.validate_on_submit():
        try:
            end(latest, ends_on=form.last_day, actor=actor, now=now())
        except EndsBeforeStart as refusal:
            form.refuse("ends_on", refusal.message)
        else:
            say(_("Adscripción terminada."))
            return go(url_for("people.index"))
    institution = directory.get_institution(latest.institution_id)
    status = 422 if form.errors else 200
    return render("people/end_work.html", form=form, person=person, institution=institution, status=status)


@bp.post("/<uuid:person_id>/invite")
@requires(MANAGE)
def invite(person_id: UUID) -> ResponseReturnValue:
    """Send a person their invitation again."""
    person = access_person(current_actor(), person_id)
    if not person.email or person.has_accepted:
        raise NotFound
    service.invite(person, now=now())
    say(_("La invitación sale hoy hacia %(email)s.", email=person.email))
    return go(url_for("people.person_page", person_id=person.id))


def _values(form: NewPersonForm) -> PersonValues:
    return PersonValues(
        given_names=str(form.given_names.data),
        first_surname=str(form.first_surname.data),
        second_surname=form.second_surname.data or "",
        email=form.email.data or "",
        national_id=form.national_id.data or "",
    )


def _work(form: WorkForm) -> Work:
    return Work(
        institution=access_institution(current_actor(), MANAGE, form.institution_id),
        post=form.post.data or "",
        sector=form.sector.data or None,
        starts_on=form.first_day,
    )


def _welcome(person: Person, *, is_new: bool, invite: bool) -> None:
    if invite:
        service.invite(person, now=now())
    say(_("Persona registrada.") if is_new else _("Ya tenía cuenta; se registró su adscripción."))

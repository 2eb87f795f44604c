"""The directory for those who keep it: search, add, correct, confirm, sign, retire, take away as a file."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select

from lms.accounts.queries import get_person
from lms.contacts import queries, service
from lms.contacts.access import access_contact
from lms.contacts.errors import ContactInvalid, ContactMoved, KeyFrozen, KeyTaken
from lms.contacts.files import table_of
from lms.contacts.forms import ContactFilter, ContactForm, SignContactForm, VerifyForm
from lms.contacts.models import Contact
from lms.contacts.permissions import ContactPermission
from lms.contacts.rules import changed_fields, is_due, standing
from lms.contacts.views.blueprint import bp
from lms.core.actors import Actor
from lms.core.auth import current_actor
from lms.core.calendar import today
from lms.core.clock import now
from lms.core.db import db, savepoint
from lms.core.i18n import _, current_language
from lms.core.places import place_name
from lms.core.policy import requires
from lms.core.tabular import to_csv
from lms.institutions.directory.queries import find_affiliation, get_institution
from lms.web.kit import go, page_number, render, say
from lms.web.paging import paginate


@bp.get("/contacts/manage")
@requires(ContactPermission.VERIFY)
def manage() -> ResponseReturnValue:
    """List the contacts that the actor keeps, with their states."""
    actor, form = current_actor(), ContactFilter(request.args)
    mine = queries.visible_to(actor, ContactPermission.VERIFY)
    form.fill(list(queries.list_places(mine)), current_language())
    due, held = queries.count_waiting(mine, today())
    return render(
        "contacts/manage.html",
        form=form,
        page=paginate(_narrowed(mine, form), page_number()),
        due=due,
        held=held,
        is_filtered=bool(form.q.data or form.place.data or form.state.data),
        can_manage=actor.can(ContactPermission.MANAGE),
        query=request.args.to_dict(),
        **_words(),
    )


@bp.get("/contacts/manage.csv")
@requires(ContactPermission.VERIFY)
def manage_csv() -> ResponseReturnValue:
    """Send the list as the page narrows it, as CSV."""
    actor, form = current_actor(), ContactFilter(request.args)
    mine = queries.visible_to(actor, ContactPermission.VERIFY)
    form.fill(list(queries.list_places(mine)), current_language())
    contacts = db.session.scalars(_narrowed(mine, form)).all()
    response = Response(to_csv(table_of(contacts, today())), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="directorio-{today()}.csv"'
    return response


@bp.route("/contacts/new", methods=["GET", "POST"])
@requires(ContactPermission.MANAGE)
def new_contact() -> ResponseReturnValue:
    """Add a contact."""
    form = ContactForm(key=request.args.get("key", ""))
    form.fill()
    if form.validate_on_submit() and (made := _add(form, current_actor())):
        say(_("Contacto agregado. Falta que alguien lo compruebe."))
        return go(url_for("contacts.contact_page", contact_id=made.id))
    status = 422 if form.errors else 200
    return render("contacts/edit.html", form=form, contact=None, differences=[], status=status)


@bp.get("/contacts/<uuid:contact_id>")
@requires(ContactPermission.VERIFY)
def contact_page(contact_id: UUID) -> ResponseReturnValue:
    """Show a contact with its state and its history."""
    contact = access_contact(current_actor(), ContactPermission.VERIFY, contact_id)
    return _contact_page(contact, _proposed(contact))


@bp.route("/contacts/<uuid:contact_id>/edit", methods=["GET", "POST"])
@requires(ContactPermission.MANAGE)
def edit_contact(contact_id: UUID) -> ResponseReturnValue:
    """Correct a contact; another number waits to be confirmed."""
    contact = access_contact(current_actor(), ContactPermission.MANAGE, contact_id)
    form, moved = ContactForm(), False
    form.fill()
    if request.method == "GET":
        form.show(contact)
    if form.validate_on_submit():
        try:
            if _change(form, contact, current_actor()):
                say(_("Contacto guardado."))
                return go(url_for("contacts.contact_page", contact_id=contact.id))
        except ContactMoved:
            moved = True
    status = 409 if moved else 422 if form.errors else 200
    differences = _differences(form, contact) if moved else []
    return render("contacts/edit.html", form=form, contact=contact, differences=differences, status=status)


@bp.post("/contacts/<uuid:contact_id>/verify")
@requires(ContactPermission.VERIFY)
def verify_contact(contact_id: UUID) -> ResponseReturnValue:
    """Note that the number was checked."""
    contact = access_contact(current_actor(), ContactPermission.VERIFY, contact_id)
    form = VerifyForm()
    if form.validate_on_submit():
        try:
            service.verify_contact(
                contact,
                verified_on=form.verified_on.data or today(),
                verified_by=str(form.verified_by.data),
                today=today(),
                actor=current_actor(),
                now=now(),
                read=form.read.data or "",
            )
        except ContactInvalid as refusal:
            form.refuse(refusal.field, refusal.sentence)
        except ContactMoved as refusal:
            # What the page shows from here on is what the number to compare is now.
            form.read.data = contact.values.fingerprint
            form.refuse("verified_on", refusal.message)
            return _contact_page(contact, form, status=refusal.status)
        else:
            say(_("Confirmado. Las lecciones y las rutas ya muestran el número con esta fecha."))
            return go(url_for("contacts.contact_page", contact_id=contact.id))
    return _contact_page(contact, form, status=422)


@bp.post("/contacts/<uuid:contact_id>/sign")
@requires(ContactPermission.SIGN)
def sign_contact(contact_id: UUID) -> ResponseReturnValue:
    """Sign what a contact says, with one's own name."""
    contact = access_contact(current_actor(), ContactPermission.SIGN, contact_id)
    form = SignContactForm()
    if not form.validate_on_submit():
        return _contact_page(contact, _proposed(contact), signing=form, status=422)
    service.sign_contact(
        contact,
        fingerprint=form.fingerprint.data or "",
        post=str(form.post.data),
        today=today(),
        actor=current_actor(),
        now=now(),
    )
    say(_("Firmado. Desde ahora el contacto se muestra, mientras no cambie lo que dice."))
    return go(url_for("contacts.contact_page", contact_id=contact.id))


@bp.route("/contacts/<uuid:contact_id>/retire", methods=["GET", "POST"])
@requires(ContactPermission.MANAGE)
def retire_contact(contact_id: UUID) -> ResponseReturnValue:
    """Ask once, then offer the number to nobody any more."""
    contact = access_contact(current_actor(), ContactPermission.MANAGE, contact_id)
    if request.method == "GET":
        return render("contacts/retire.html", contact=contact)
    service.retire_contact(contact, actor=current_actor(), now=now())
    say(_("El contacto ya no se muestra. Su historia se conserva."))
    return go(url_for("contacts.contact_page", contact_id=contact.id))


@bp.post("/contacts/<uuid:contact_id>/restore")
@requires(ContactPermission.MANAGE)
def restore_contact(contact_id: UUID) -> ResponseReturnValue:
    """Put a retired contact in the directory again."""
    contact = access_contact(current_actor(), ContactPermission.MANAGE, contact_id)
    service.restore_contact(contact, actor=current_actor(), now=now())
    say(_("El contacto está otra vez en el directorio."))
    return go(url_for("contacts.contact_page", contact_id=contact.id))


def _narrowed(statement: Select[Any], form: ContactFilter) -> Select[Any]:
    return queries.search(
        statement,
        text=form.q.data or "",
        place=form.place.data or "",
        state=form.state.data or "",
        today=today(),
    )


def _add(form: ContactForm, actor: Actor) -> Contact | None:
    values = form.values()
    try:
        _check_place(actor, values.place)
        with savepoint():
            return service.add_contact(values, actor=actor, now=now())
    except ContactInvalid as refusal:
        form.refuse(refusal.field, refusal.sentence)
    except KeyTaken as refusal:
        form.refuse("key", str(refusal))
    return None


def _change(form: ContactForm, contact: Contact, actor: Actor) -> bool:
    values = form.values()
    try:
        _check_place(actor, values.place)
        with savepoint():
            service.change_contact(contact, values, actor=actor, now=now(), read=form.read.data or "")
    except ContactInvalid as refusal:
        form.refuse(refusal.field, refusal.sentence)
    except KeyFrozen as refusal:
        form.refuse("key", str(refusal))
    else:
        return True
    return False


def _differences(form: ContactForm, contact: Contact) -> list[tuple[str, str, str]]:
    """Return what the contact says by now beside what was typed, and let the next press decide between them."""
    present, stored = ContactForm(formdata=None), contact.values
    present.fill()
    present.show(contact)
    form.read.data = stored.fingerprint
    names = changed_fields(stored, form.values())
    return [(str(form[name].label.text), present.words(name), form.words(name)) for name in names]


def _check_place(actor: Actor, place: str) -> None:
    if not queries.reaches_place(actor, ContactPermission.MANAGE, place):
        raise ContactInvalid("place", _("Su papel no alcanza ese lugar. Use el país de su programa."))


def _proposed(contact: Contact) -> VerifyForm:
    form = VerifyForm(formdata=None)
    form.propose(
        verified_by=_own_post(current_actor(), today()), verified_on=today(), read=contact.values.fingerprint
    )
    return form


def _own_post(actor: Actor, day: date) -> str:
    """Return the post in which the actor works, with its institution; empty when nobody wrote it down."""
    held = find_affiliation(actor.person_id, day) if actor.person_id else None
    if held is None:
        return ""
    place = get_institution(held.institution_id).label
    return f"{held.post}, {place}" if held.post else place


def _contact_page(
    contact: Contact, form: VerifyForm, *, signing: SignContactForm | None = None, status: int = 200
) -> ResponseReturnValue:
    actor = current_actor()
    if signing is None:
        signing = SignContactForm(formdata=None)
        signing.propose(post=_own_post(actor, today()), fingerprint=contact.values.fingerprint)
    (entry,) = queries.entries_of([contact], today())
    can_manage = queries.reaches_place(actor, ContactPermission.MANAGE, contact.place)
    return render(
        "contacts/contact.html",
        contact=contact,
        entry=entry,
        form=form,
        signing=signing,
        can_sign=actor.can(ContactPermission.SIGN),
        signer=get_person(contact.signed_by_id).name if contact.signed_by_id else "",
        history=queries.list_history(contact.id),
        can_manage=can_manage and actor.can(ContactPermission.MANAGE),
        status=status,
        **_words(),
    )


def _words() -> dict[str, Any]:
    day = today()
    return {
        "day": day,
        "name_of": lambda place: place_name(place, current_language()),
        "standing_of": lambda contact: standing(contact.verified_on, day, is_held=contact.is_held),
        "is_due": lambda contact: contact.retired_at is None and is_due(contact.verified_on, day),
    }

"""What can be done with contacts; the only writer of their table."""

from datetime import date, datetime

from lms.contacts import queries, rules
from lms.contacts.errors import (
    ContactInvalid,
    ContactMoved,
    ContactNotRead,
    ContactRetired,
    KeyFrozen,
    KeyTaken,
)
from lms.contacts.messages import (
    ContactAdded,
    ContactChanged,
    ContactNumberChanged,
    ContactRestored,
    ContactSignatureLost,
    ContactSigned,
    ContactVerified,
)
from lms.contacts.messages import ContactRetired as Retired
from lms.contacts.models import Contact
from lms.contacts.rules import ContactValues
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.errors import Forbidden
from lms.core.events import publish
from lms.core.folding import fold
from lms.core.i18n import _
from lms.core.ids import new_id
from lms.core.places import place_name


def add_contact(values: ContactValues, *, actor: Actor, now: datetime) -> Contact:
    """Add a contact that nobody has confirmed yet; raises ContactInvalid and KeyTaken."""
    rules.check_values(values)
    if queries.find_by_key(values.key):
        raise KeyTaken
    contact = Contact(id=new_id(), verified_on=None, verified_by="", retired_at=None)
    _write(contact, values)
    db.session.add(contact)
    db.session.flush()
    event = ContactAdded(
        at=now,
        actor=actor,
        subject_id=contact.id,
        name=contact.name,
        place=contact.place,
        number=contact.number,
    )
    publish(event)
    return contact


def change_contact(
    contact: Contact, values: ContactValues, *, actor: Actor, now: datetime, read: str | None = None
) -> None:
    """Correct a contact; another number loses its confirmation, and any other word its signature.

    ``read`` is the fingerprint of what whoever corrects it had before them; None where nobody read it, as with a
    file. Raises ContactInvalid, also when its mark to be verified would go, KeyFrozen, and ContactMoved when it says
    something else by now.
    """
    rules.check_values(values)
    if values.key != contact.key:
        raise KeyFrozen
    _hold(contact)
    before = contact.values
    changed = rules.changed_fields(before, values)
    if not changed:
        return
    if read not in {None, before.fingerprint}:
        raise ContactMoved
    rules.check_mark(before, values)
    _write(contact, values)
    if "number" in changed:
        contact.verified_on, contact.verified_by = None, ""
        moved = ContactNumberChanged(
            at=now,
            actor=actor,
            subject_id=contact.id,
            name=contact.name,
            before=before.number,
            after=contact.number,
        )
        publish(moved)
    db.session.flush()
    rest = tuple(field for field in changed if field != "number")
    if rest:
        publish(ContactChanged(at=now, actor=actor, subject_id=contact.id, name=contact.name, fields=rest))
    _lose_signature(contact, actor=actor, now=now)


def verify_contact(
    contact: Contact,
    *,
    verified_on: date,
    verified_by: str,
    today: date,
    actor: Actor,
    now: datetime,
    read: str | None = None,
) -> None:
    """Note that somebody of this post checked the number; the same again changes nothing.

    ``read`` as in ``change_contact``. Raises ContactRetired, ContactMoved, and ContactInvalid for a day to come or
    without a post.
    """
    _hold(contact)
    if contact.retired_at is not None:
        raise ContactRetired
    if verified_on > today:
        raise ContactInvalid("verified_on", _("Elija un día que ya pasó, o el de hoy."))
    if not verified_by:
        raise ContactInvalid("verified_by", _("Escriba el cargo de quien lo comprobó."))
    if read not in {None, contact.values.fingerprint}:
        raise ContactMoved
    if (contact.verified_on, contact.verified_by) == (verified_on, verified_by):
        return
    contact.verified_on, contact.verified_by = verified_on, verified_by
    db.session.flush()
    event = ContactVerified(
        at=now,
        actor=actor,
        subject_id=contact.id,
        name=contact.name,
        number=contact.number,
        verified_on=verified_on,
        verified_by=verified_by,
    )
    publish(event)


def sign_contact(
    contact: Contact, *, fingerprint: str, post: str, today: date, actor: Actor, now: datetime
) -> None:
    """Let people read a contact that waited: this person, of this post, answers for what was read.

    Signing what is signed changes nothing. Raises Forbidden for whoever is no person, ContactInvalid without a
    post, ContactRetired, and ContactNotRead when it says something else by now or asks for no signature.
    """
    if actor.person_id is None:
        raise Forbidden
    _hold(contact)
    if contact.retired_at is not None:
        raise ContactRetired
    if not post:
        raise ContactInvalid("post", _("Escriba su cargo."))
    if not contact.to_verify or fingerprint != contact.values.fingerprint:
        raise ContactNotRead
    if not contact.is_held:
        return
    contact.signed_by_id, contact.signed_post, contact.signed_on = actor.person_id, post, today
    db.session.flush()
    event = ContactSigned(
        at=now,
        actor=actor,
        subject_id=contact.id,
        name=contact.name,
        number=contact.number,
        post=post,
        to_verify=contact.to_verify,
        fingerprint=fingerprint,
    )
    publish(event)


def retire_contact(contact: Contact, *, actor: Actor, now: datetime) -> None:
    """Offer a number to nobody any more; its history stays. Asking again changes nothing."""
    if contact.retired_at is None:
        contact.retired_at = now
        db.session.flush()
        publish(Retired(at=now, actor=actor, subject_id=contact.id, name=contact.name))


def restore_contact(contact: Contact, *, actor: Actor, now: datetime) -> None:
    """Put a retired contact in the directory again. Asking again changes nothing."""
    if contact.retired_at is not None:
        contact.retired_at = None
        db.session.flush()
        publish(ContactRestored(at=now, actor=actor, subject_id=contact.id, name=contact.name))


def _hold(contact: Contact) -> None:
    """Wait for whoever is writing the same contact: what is read from here on is what they left."""
    db.session.refresh(contact, with_for_update=True)


def _lose_signature(contact: Contact, *, actor: Actor, now: datetime) -> None:
    if contact.signed_on is None:
        return
    contact.signed_by_id, contact.signed_post, contact.signed_on = None, "", None
    db.session.flush()
    publish(ContactSignatureLost(at=now, actor=actor, subject_id=contact.id, name=contact.name))


def _write(contact: Contact, values: ContactValues) -> None:
    for name in rules.FIELDS:
        setattr(contact, name, getattr(values, name))
    contact.sectors = list(values.sectors)
    words = (values.name, values.key, values.number, place_name(values.place), values.place, values.note)
    contact.search_text = fold(" ".join(words))[:500]

"""The directory of contacts joins the application."""

from lms.contacts.cli import contacts
from lms.contacts.jobs import remind
from lms.contacts.merges import PERSON_ROWS
from lms.contacts.messages import (
    ContactAdded,
    ContactChanged,
    ContactNumberChanged,
    ContactRestored,
    ContactRetired,
    ContactSignatureLost,
    ContactSigned,
    ContactVerified,
    RemindOfContacts,
)
from lms.contacts.permissions import ContactPermission
from lms.contacts.privacy import SIGNATURES
from lms.contacts.views import public, staff
from lms.contacts.views.blueprint import bp
from lms.core.actors import Role
from lms.core.i18n import _l
from lms.core.jobs.orders import Schedule
from lms.plugins.hooks import hookimpl
from lms.plugins.people import PersonRows
from lms.plugins.slices import NavItem, Slice

WEEK = 7 * 24 * 60 * 60
PAGES = (public, staff)
"""Their import adds their routes to the blueprint."""


@hookimpl
def register_slice() -> Slice:
    """Declare the directory, its pages, its file and the weekly reminder."""
    return Slice(
        name="contacts",
        blueprints=(bp,),
        permissions=ContactPermission,
        grants={
            Role.ADMINISTRATOR: frozenset(ContactPermission),
            Role.REVIEWER: frozenset({ContactPermission.VERIFY, ContactPermission.SIGN}),
        },
        nav=tuple(_destination(audience) for audience in (Role.ADMINISTRATOR, Role.REVIEWER)),
        commands=(contacts,),
        personal_data=(SIGNATURES,),
        events=(
            ContactAdded, ContactChanged, ContactNumberChanged, ContactVerified, ContactSigned,
            ContactSignatureLost, ContactRetired, ContactRestored,
        ),
        jobs={RemindOfContacts: remind},
        schedules=(Schedule(order=RemindOfContacts(), every_seconds=WEEK),),
    )  # fmt: skip


def _destination(audience: Role) -> NavItem:
    return NavItem(
        label=_l("Directorio de contactos"),
        endpoint="contacts.manage",
        icon="phone-call",
        permission=ContactPermission.VERIFY,
        audience=audience,
        order=60,
    )


@hookimpl
def register_person_merges() -> list[PersonRows]:
    """Say how signatures follow."""
    return PERSON_ROWS

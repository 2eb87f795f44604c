"""From an id and an actor to a version, a programme, a letter, or nothing."""

from uuid import UUID

from lms.core.actors import Actor, Permission
from lms.core.db import db
from lms.core.errors import NotFound
from lms.institutions.programmes.models import Programme
from lms.institutions.programmes.queries import find_programme_by_code
from lms.reports.frozen import queries
from lms.reports.frozen.models import ReportDelivery, ReportRecipient, ReportVersion
from lms.reports.frozen.permissions import FrozenPermission


def access_version(actor: Actor, permission: Permission, version_id: UUID) -> ReportVersion:
    """Return a version if the permission reaches it; a stranger cannot tell that it exists."""
    statement = queries.visible_to(actor, permission).where(ReportVersion.id == version_id)
    version: ReportVersion | None = db.session.scalar(statement)
    if version is None:
        raise NotFound
    return version


def access_programme_whole(actor: Actor, permission: Permission, programme_id: UUID) -> Programme:
    """Return a programme if the permission reaches all of it."""
    found = (each for each in queries.list_programmes_in(actor, permission) if each.id == programme_id)
    programme = next(found, None)
    if programme is None:
        raise NotFound
    return programme


def access_delivery(actor: Actor, delivery_id: UUID) -> tuple[ReportDelivery, ReportVersion]:
    """Return a letter with its version if the actor prepares the reports of its programme."""
    delivery = db.session.get(ReportDelivery, delivery_id)
    if delivery is None:
        raise NotFound
    return delivery, access_version(actor, FrozenPermission.PREPARE, delivery.version_id)


def access_recipient(programme: Programme, recipient_id: UUID) -> ReportRecipient:
    """Return a recipient of a programme already loaded."""
    recipient = db.session.get(ReportRecipient, recipient_id)
    if recipient is None or recipient.programme_id != programme.id:
        raise NotFound
    return recipient


def access_open_figures(code: str) -> tuple[Programme, ReportVersion]:
    """Return a programme whose figures are public and its latest report; raises NotFound for any other."""
    programme = find_programme_by_code(code)
    settings = queries.find_settings(programme.id) if programme else None
    version = queries.latest_of(programme.id) if programme and settings and settings.is_open else None
    if programme is None or version is None:
        raise NotFound
    return programme, version

"""The address with which a recipient opens one report without an account: signed, and good for nothing else."""

from uuid import UUID

from itsdangerous import BadSignature, URLSafeSerializer

from lms.core.context import current_settings
from lms.core.db import db
from lms.core.errors import NotFound
from lms.reports.frozen.models import ReportDelivery, ReportRecipient, ReportVersion, VersionState


def sign_delivery(delivery_id: UUID) -> str:
    """Return the token of a letter."""
    return _serializer().dumps(delivery_id.hex)


def version_of_link(token: str) -> ReportVersion:
    """Return the version that a letter brought; raises NotFound for a changed token or whoever was taken out."""
    try:
        delivery = db.session.get(ReportDelivery, UUID(_serializer().loads(token)))
    except (BadSignature, ValueError, TypeError, AttributeError) as error:
        raise NotFound from error
    recipient = db.session.get(ReportRecipient, delivery.recipient_id) if delivery else None
    version = db.session.get(ReportVersion, delivery.version_id) if delivery else None
    if recipient is None or not recipient.is_active or version is None:
        raise NotFound
    if version.state is not VersionState.ISSUED:
        raise NotFound
    return version


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_settings().secret_key), salt="frozen.delivery")

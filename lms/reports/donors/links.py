"""The address with which a donor reads totals without an account: signed, and good for nothing else."""

from datetime import date
from uuid import UUID

from itsdangerous import BadSignature, URLSafeSerializer

from lms.core.context import current_settings
from lms.core.db import db
from lms.core.errors import NotFound
from lms.reports.donors.models import DonorLink


def sign_link(link_id: UUID) -> str:
    """Return the token of a link."""
    return _serializer().dumps(link_id.hex)


def is_open(link: DonorLink, today: date) -> bool:
    """Say whether a link opens on a day."""
    return link.revoked_at is None and link.last_day >= today


def link_of_token(token: str, today: date) -> DonorLink:
    """Return the link of a token; raises NotFound for a changed one, and for a link that is over or closed."""
    try:
        link = db.session.get(DonorLink, UUID(_serializer().loads(token)))
    except (BadSignature, ValueError, TypeError, AttributeError) as error:
        raise NotFound from error
    if link is None or not is_open(link, today):
        raise NotFound
    return link


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_settings().secret_key), salt="donors.link")

"""The address with which a person stops notices without signing in: signed, and good for nothing else."""

from uuid import UUID

from itsdangerous import BadSignature, URLSafeSerializer

from lms.accounts.models import Person
from lms.accounts.queries import get_person
from lms.core.context import current_settings
from lms.core.errors import NotFound


def sign_stop(person_id: UUID) -> str:
    """Return the token of the person's address."""
    return _serializer().dumps(person_id.hex)


def person_of_stop(token: str) -> Person:
    """Return whose notices an address stops; raises NotFound for a changed one."""
    try:
        return get_person(UUID(_serializer().loads(token)))
    except (BadSignature, ValueError, TypeError, AttributeError) as error:
        raise NotFound from error


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_settings().secret_key), salt="attendance.notices")

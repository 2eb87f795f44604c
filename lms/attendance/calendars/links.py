"""The address of a person's calendar: whoever has it reads their meetings, so it is signed and can be changed."""

from uuid import UUID

from itsdangerous import BadSignature, URLSafeSerializer

from lms.accounts.models import Person
from lms.accounts.queries import get_person
from lms.attendance.calendars.queries import revision_of
from lms.core.context import current_settings
from lms.core.errors import NotFound


def sign_feed(person_id: UUID) -> str:
    """Return the token of the person's calendar as it is valid now."""
    return _serializer().dumps([person_id.hex, revision_of(person_id)])


def person_of_feed(token: str) -> Person:
    """Return whose calendar a token opens; raises NotFound for a changed address or a closed account."""
    try:
        key, revision = _serializer().loads(token)
        person = get_person(UUID(key))
    except (BadSignature, ValueError, TypeError) as error:
        raise NotFound from error
    if not person.is_active or revision != revision_of(person.id):
        raise NotFound
    return person


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_settings().secret_key), salt="attendance.calendar")

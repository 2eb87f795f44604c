"""A file of questions between its sending and its coming in: kept under its hash, reached by a link of one draft."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from itsdangerous import BadSignature, URLSafeSerializer

from lms.authoring import sweeping
from lms.authoring.models import Draft
from lms.core.context import current_settings, current_storage
from lms.core.errors import NotFound

LONGEST_NAME: Final = 80


@dataclass(frozen=True, slots=True)
class Held:
    """A file that was sent."""

    name: str
    content: bytes


def hold_file(draft: Draft, content: bytes, *, name: str, now: datetime) -> str:
    """Keep a file until the drafts are swept and return the token of its link, which works in this draft only."""
    digest = current_storage().put(content)
    sweeping.leave(digest, now=now)
    return _serializer().dumps([digest, str(draft.id), name[:LONGEST_NAME]])


def held_file(draft: Draft, token: str) -> Held:
    """Return the file of a link; raises NotFound for that of another draft, or one that was swept."""
    try:
        digest, draft_id, name = _serializer().loads(token)
    except (BadSignature, ValueError) as error:
        raise NotFound from error
    if draft_id != str(draft.id):
        raise NotFound
    try:
        return Held(name, current_storage().get(digest))
    except KeyError as error:
        raise NotFound from error


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_settings().secret_key), salt="transfers.questions")

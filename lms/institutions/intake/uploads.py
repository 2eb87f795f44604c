"""Files between their sending and their saving: kept under their hash, reached by a link of one person."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from itsdangerous import BadSignature, URLSafeSerializer

from lms.core.actors import Actor
from lms.core.context import current_settings, current_storage
from lms.core.errors import NotFound
from lms.core.jobs.orders import enqueue
from lms.institutions.intake.errors import UploadGone
from lms.institutions.intake.messages import ForgetUpload

KEPT_FOR: Final = timedelta(days=7)
LONGEST_NAME: Final = 80


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent."""

    name: str
    content: bytes


def keep_upload(content: bytes, *, name: str, kind: str, actor: Actor, now: datetime) -> str:
    """Keep a file for some days and return the token of its link, which works for this person only."""
    digest = current_storage().put(content)
    enqueue(ForgetUpload(digest=digest), now=now, key=f"upload:{digest}:{now:%Y%m%d}", run_at=now + KEPT_FOR)
    return _serializer(kind).dumps([digest, str(actor.person_id), name[:LONGEST_NAME]])


def open_upload(token: str, *, kind: str, actor: Actor) -> Upload:
    """Return the file of a link; raises NotFound for other people, UploadGone when it is no longer kept."""
    try:
        digest, person_id, name = _serializer(kind).loads(token)
    except (BadSignature, ValueError) as error:
        raise NotFound from error
    if person_id != str(actor.person_id):
        raise NotFound
    try:
        return Upload(name, current_storage().get(digest))
    except KeyError as error:
        raise UploadGone from error


def _serializer(kind: str) -> URLSafeSerializer:
    return URLSafeSerializer(str(current_settings().secret_key), salt=f"intake.{kind}")

"""Keys of badges, for tests."""

from lms.certificates.credentials import queries, service
from lms.certificates.credentials.did import did_of
from lms.certificates.credentials.models import BadgeKey
from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.core.context import current_settings


def make_badge_key() -> BadgeKey:
    """Return the key that signs badges, made now if there was none: what is issued from then on has its badge."""
    did = did_of(current_settings().host)
    return queries.find_signing_key(did) or service.new_key(did, actor=SYSTEM, now=now())

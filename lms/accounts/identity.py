"""Answers who a session key belongs to, with what their roles let them do."""

from lms.accounts import queries
from lms.core.actors import actor_for
from lms.core.auth import SignedIn
from lms.core.clock import now
from lms.core.context import role_grants
from lms.core.ids import token_digest


def identify(session_key: str) -> SignedIn | None:
    """Return the signed-in person of a cookie's key; None when the session is unknown, expired or revoked."""
    found = queries.find_session(token_digest(session_key), now())
    if found is None:
        return None
    _session, person = found
    return SignedIn(
        actor=actor_for(person.id, person.name, queries.list_assignments(person.id), role_grants()),
        session_key=session_key,
        email=person.email or "",
        language=person.language,
        appearance=person.appearance,
    )

"""Identifiers: internal ids, secret tokens, and codes that people read aloud."""

import hashlib
import secrets
from uuid import UUID, uuid4

READABLE = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Letters and digits nobody confuses: no I, L, O, 0, 1 (design system, section 10)."""


def new_id() -> UUID:
    """Return a fresh internal id."""
    return uuid4()


def new_token() -> str:
    """Return a secret of 256 bits for a link that is sent once."""
    return secrets.token_urlsafe(32)


def token_digest(token: str) -> str:
    """Return what the database keeps of a token, so that a stolen copy opens nothing."""
    return hashlib.sha256(token.encode()).hexdigest()


def readable_code(length: int) -> str:
    """Return a random code of this length in the readable alphabet."""
    return "".join(secrets.choice(READABLE) for _ in range(length))


def normalise_code(typed: str) -> str:
    """Return a typed code without spaces and hyphens, in capitals."""
    return "".join(typed.split()).replace("-", "").upper()


def in_groups(code: str, *sizes: int) -> str:
    """Return the code cut in hyphenated groups: ``in_groups("RT7K4M2Q9D", 4, 4, 2)`` → ``RT7K-4M2Q-9D``."""
    parts, start = [], 0
    for size in sizes:
        parts.append(code[start : start + size])
        start += size
    return "-".join(part for part in parts if part)

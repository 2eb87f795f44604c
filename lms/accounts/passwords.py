"""Password hashes: argon2id with the cost that OWASP recommends (19 MiB, 2 passes)."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
_DECOY = _hasher.hash("decoy")


def hash_password(password: str) -> str:
    """Return the hash to keep."""
    return _hasher.hash(password)


def matches(known_hash: str | None, password: str) -> bool:
    """Say whether a password is the one; an unknown account costs the same time as a known one."""
    try:
        return _hasher.verify(known_hash or _DECOY, password) and known_hash is not None
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(known_hash: str) -> bool:
    """Say whether the hash was made with another cost and should be made again."""
    return _hasher.check_needs_rehash(known_hash)

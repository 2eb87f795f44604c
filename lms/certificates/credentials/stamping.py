"""Signs a file, with a time stamp if its service answers; one that does not is left in peace for a while."""

from datetime import datetime, timedelta
from importlib import import_module
from types import ModuleType
from typing import Final

from lms.certificates.credentials.errors import TimeStampMissing
from lms.certificates.credentials.identity import SigningIdentity

PAUSE: Final = timedelta(minutes=5)
"""For so long a service that failed is not asked again: a run of many documents waits for it once, not for each."""
_failed_at: dict[str, datetime] = {}
"""When each service failed, in this process."""


def sign(pdf: bytes, identity: SigningIdentity, *, tsa_url: str, at: datetime) -> tuple[bytes, bool]:
    """Return the signed file, and whether it lacks the time stamp that it should have."""
    # The library that signs is optional and slow to import: only whoever signs pays for it.
    pades = import_module("lms.certificates.credentials.pades")
    stamped = _stamped(pades, pdf, identity, tsa_url, at) if tsa_url else None
    return stamped or pades.sign(pdf, identity, tsa_url="", at=at), bool(tsa_url) and stamped is None


def _stamped(
    pades: ModuleType, pdf: bytes, identity: SigningIdentity, tsa_url: str, at: datetime
) -> bytes | None:
    if tsa_url in _failed_at and abs(at - _failed_at[tsa_url]) < PAUSE:
        return None
    try:
        signed: bytes = pades.sign(pdf, identity, tsa_url=tsa_url, at=at)
    except TimeStampMissing:
        _failed_at[tsa_url] = at
        return None
    _failed_at.pop(tsa_url, None)
    return signed

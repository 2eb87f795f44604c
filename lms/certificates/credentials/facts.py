"""What a badge says, as plain values that whoever issues a document has at hand."""

import unicodedata
from dataclasses import dataclass, fields
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class BadgeFacts:
    """One document that was given to one person."""

    code: str
    """The public code of the document; the badge's address ends with it."""
    version: int = 1
    """Which version of the document: each has a place of its own in the list of what is revoked."""
    kind: str = "certificado"
    """``certificado`` for who passed, ``constancia`` for who took part."""
    achievement: str
    """What tells this achievement from others, the same for everybody who gets it: course, release and kind."""
    title: str
    """Name of the course."""
    description: str
    """What the document certifies, in one sentence."""
    criteria: str
    """What had to be fulfilled."""
    issuer_name: str
    holder_name: str
    """Written into the badge only as a salted hash."""
    holder_email: str = ""
    """Written only as a salted hash; empty leaves it out."""
    issued_at: datetime
    valid_until: datetime | None = None
    """The first instant at which it no longer holds; None never ends."""

    def __post_init__(self) -> None:
        """Keep texts composed, on one line and without control characters: every program then reads them alike."""
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, str):
                object.__setattr__(self, field.name, _plain(value))


def _plain(text: str) -> str:
    spaced = " ".join(unicodedata.normalize("NFC", text).split())
    return "".join(sign for sign in spaced if unicodedata.category(sign) != "Cc")

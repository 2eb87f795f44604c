"""What a stranger typed, and what a stranger may see. Pure."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from lms.certificates.issuing.rules import CODE_GROUPS, folio_of
from lms.core.ids import READABLE, in_groups, normalise_code

LONGEST: Final = 80
_CODE: Final = re.compile(rf"[{READABLE}]{{{sum(CODE_GROUPS)}}}")
_FOLIO: Final = re.compile(r"(?:([A-Z]{2,12}) ?|([A-Z][A-Z0-9]{0,11}) )(\d{4}) ?(\d{1,9})")
"""Authority, year and number; without separators only an authority of letters can be told from the year."""
_SEPARATORS: Final = re.compile(r"[\s\-‐‑–—_./·]+")


class State(StrEnum):
    """What the public page says of a certificate."""

    VALID = "valid"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicRecord:
    """Everything that the public page and its JSON show; there is no grade and no address among it."""

    state: State
    name: str
    course: str
    hours: float
    modules: int
    institution: str
    issuer: str
    folio: str
    code: str
    enrolled_on: date
    completed_on: date
    issued_on: date
    cancelled_at: datetime | None
    sha256: str
    """Of the PDF, to compare with the file in hand."""


def read_code(typed: str) -> str | None:
    """Return a typed code as printed, whatever its case, spaces and hyphens; None when it is no code."""
    plain = _plain(typed)
    return in_groups(plain, *CODE_GROUPS) if _CODE.fullmatch(plain) else None


def read_folio(typed: str) -> str | None:
    """Return a typed folio as printed: "qroo 2026 41" is QROO-2026-000041; None when it is no folio."""
    found = _FOLIO.fullmatch(_SEPARATORS.sub(" ", typed[: LONGEST + 1]).strip().upper())
    if found is None or len(typed) > LONGEST:
        return None
    return folio_of(found[1] or found[2], int(found[3]), int(found[4]))


def _plain(typed: str) -> str:
    """Return what was typed without separators, in capitals; nothing when it is too long to be a code."""
    return normalise_code(_SEPARATORS.sub("", typed)) if len(typed) <= LONGEST else ""

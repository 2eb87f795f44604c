"""What a stranger typed or dropped, and what a stranger may see. Pure."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from lms.certificates.issuing.rules import CODE_GROUPS, Kind, Standing, folio_of
from lms.core.ids import READABLE, in_groups, normalise_code

LONGEST: Final = 80
_CODE: Final = re.compile(rf"[{READABLE}]{{{sum(CODE_GROUPS)}}}")
_FOLIO: Final = re.compile(r"(?:([A-Z]{2,12}) ?|([A-Z][A-Z0-9]{0,11}) )(\d{4}) ?(\d{1,9})")
"""Authority, year and number; without separators only an authority of letters can be told from the year."""
_SEPARATORS: Final = re.compile(r"[\s\-‐‑–—_./·]+")
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


class State(StrEnum):
    """What the public page says of a document; of a code that nobody gave out there is no record at all."""

    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"
    REPLACED = "replaced"
    """Another document renewed it."""
    UNSHARED = "unshared"
    """Its holder closed the page."""


def state_of(standing: Standing, *, is_renewed: bool, is_shared: bool) -> State:
    """Return what strangers are told: a cancellation always, then nothing more of what its holder does not share."""
    if standing is Standing.REVOKED:
        return State.REVOKED
    if not is_shared:
        return State.UNSHARED
    return State.REPLACED if is_renewed else State(standing.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is said of the holder; there is no grade and no address among it."""

    name: str
    course: str
    hours: float
    modules: int
    institution: str
    enrolled_on: date
    completed_on: date | None
    """Null for whoever took part: that says nothing of having completed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicRecord:
    """Everything that the public page and its JSON show."""

    state: State
    kind: Kind
    facts: Facts | None
    """Null where the holder does not share the document."""
    issuers: tuple[str, ...]
    """Who issued it, in the order of the paper; at least one."""
    folio: str
    code: str
    issued_on: date
    valid_until: date | None
    version: int
    corrected_at: datetime | None
    """When the version that holds was made; null for the first."""
    revoked_at: datetime | None
    renewed_at: datetime | None
    renewed_by: str
    """Code of the document that renewed it; empty without one, and where its holder does not share that."""
    sha256: str
    """Of the PDF, to compare with the file in hand."""

    @property
    def is_open(self) -> bool:
        """Say whether strangers see more than that it exists."""
        return self.state is not State.UNSHARED


class FileState(StrEnum):
    """What the bytes of a file are."""

    ISSUED = "issued"
    """Those of the version that holds."""
    REPLACED_VERSION = "replaced-version"
    """Those of a version that a correction replaced."""
    UNKNOWN = "unknown"
    """No file of ours: altered, saved anew by another program, or of somebody else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileAnswer:
    """What is said of a file by the hash of its bytes."""

    state: FileState
    sha256: str
    record: PublicRecord | None
    """The document as it stands today; null for a file of nobody's."""
    version: int | None
    """Which version the file is."""
    replaced_at: datetime | None
    """When a correction replaced that version."""


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


def read_digest(typed: str) -> str | None:
    """Return a SHA-256 in lower case; None when it is none."""
    plain = typed.strip().lower()
    return plain if _DIGEST.fullmatch(plain) else None


def _plain(typed: str) -> str:
    """Return what was typed without separators, in capitals; nothing when it is too long to be a code."""
    return normalise_code(_SEPARATORS.sub("", typed)) if len(typed) <= LONGEST else ""

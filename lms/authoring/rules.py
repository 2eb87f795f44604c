"""Decisions about drafts: names of files, what a tree of files is, who may approve. Pure."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from lms.authoring.errors import BadPath, OwnReview, ReasonNeeded
from lms.core.i18n import _l

DEEPEST: Final = 8
"""Folders one inside another, as the compiler allows."""
LONGEST_PATH: Final = 300
SAME_SITTING: Final = timedelta(minutes=10)
"""Edits of one person to one file within this time are one entry of its history."""
SHORTEST_REASON: Final = 20
"""Characters of a reason that says something."""
SIGNATURES: Final = "firmas.yaml"
"""Written by the page where things are signed and by nothing else."""
TEXT_ENDINGS: Final = (".md", ".yaml", ".yml", ".txt", ".csv", ".vtt", ".srt", ".json")
_HIDDEN: Final = re.compile(r"(?:^|/)\.")
_NEW_NAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]*")


class ReviewState(StrEnum):
    """How a review stands."""

    OPEN = "open"
    APPROVED = "approved"
    RETURNED = "returned"
    """Sent back to its authors with a note."""
    WITHDRAWN = "withdrawn"
    """Its authors took it back, or asked again."""


class Part(StrEnum):
    """What somebody invited to a draft does in it."""

    AUTHOR = "author"
    REVIEWER = "reviewer"


def tree_hash(files: Mapping[str, str]) -> str:
    """Return the hash of a whole draft from the SHA-256 of each file: the one its release will carry."""
    total = hashlib.sha256()
    for path in sorted(files):
        name = path.encode("utf-8", "surrogateescape")
        total.update(b"%d:%s:%s\n" % (len(name), name, files[path].encode()))
    return total.hexdigest()


def text_hash(files: Mapping[str, str]) -> str:
    """Return the hash of a draft without its signatures: what a review is of."""
    return tree_hash({path: digest for path, digest in files.items() if path != SIGNATURES})


def check_path(path: str) -> str:
    """Return the path of a new file as it is kept; raises BadPath with what to write instead."""
    clean = unicodedata.normalize("NFC", path.strip().replace("\\", "/"))
    parts = clean.split("/")
    if not clean or len(clean) > LONGEST_PATH or len(parts) > DEEPEST:
        raise BadPath
    if not all(_NEW_NAME.fullmatch(part) for part in parts) or "." not in parts[-1]:
        raise BadPath
    return clean


def is_safe(path: str) -> bool:
    """Say whether a path stays inside the course folder, whoever made it: for files that come from elsewhere."""
    parts = path.split("/")
    is_inside = all(part not in {"", ".", ".."} for part in parts) and not _HIDDEN.search(path)
    is_printable = all(unicodedata.category(letter) not in {"Cc", "Cs"} for letter in path)
    return is_inside and is_printable and "\\" not in path and len(path) <= LONGEST_PATH


def is_same_sitting(before: datetime, now: datetime) -> bool:
    """Say whether an edit joins the entry of the history that the same person began a little before."""
    return now - before <= SAME_SITTING


def check_approval(*, is_own: bool, others: int, reason: str) -> bool:
    """Return whether an approval overrides the rule of four eyes, which needs that nobody else can and a reason.

    ``is_own`` is the approval of whoever asked for the review or wrote what is under review; ``others`` is how many
    people could approve who did neither.

    Raises OwnReview when somebody else can approve, and ReasonNeeded.
    """
    if not is_own:
        return False
    if others:
        raise OwnReview
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonNeeded
    return True


class Standing(StrEnum):
    """How far a draft is on its way to a release."""

    EDITING = "editing"
    IN_REVIEW = "in-review"
    CHANGED_IN_REVIEW = "changed-in-review"
    """Its review is open and its files are not those of the review any more."""
    RETURNED = "returned"
    APPROVED = "approved"
    RELEASED = "released"
    """Equal to the release it made or started from."""


def standing(review: ReviewState | None, *, is_same: bool, is_released: bool) -> Standing:
    """Return how a draft stands by its last review, and whether its files are still those that were reviewed."""
    if is_released:
        return Standing.RELEASED
    match review:
        case ReviewState.OPEN:
            return Standing.IN_REVIEW if is_same else Standing.CHANGED_IN_REVIEW
        case ReviewState.APPROVED if is_same:
            return Standing.APPROVED
        case ReviewState.RETURNED:
            return Standing.RETURNED
        case _:
            return Standing.EDITING


STANDING_WORDS: Final = {
    # Words, kind of badge and icon.
    Standing.EDITING: (_l("Borrador"), "maize", "pencil"),
    Standing.IN_REVIEW: (_l("En revisión"), "route", "eye"),
    Standing.CHANGED_IN_REVIEW: (_l("Cambió en revisión"), "warning", "triangle-alert"),
    Standing.RETURNED: (_l("Devuelto"), "warning", "undo-2"),
    Standing.APPROVED: (_l("Aprobado"), "success", "check"),
    Standing.RELEASED: (_l("Publicado"), "success", "badge-check"),
}
REVIEW_WORDS: Final = {
    ReviewState.OPEN: _l("En revisión"),
    ReviewState.APPROVED: _l("Aprobado"),
    ReviewState.RETURNED: _l("Devuelto"),
    ReviewState.WITHDRAWN: _l("Retirada"),
}

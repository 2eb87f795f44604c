"""Decisions about records of one person. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from lms.core.folding import fold
from lms.institutions.merging.errors import LoginOutOfReach

UNDO_FOR: Final = timedelta(days=30)
WORD: Final = "fusionar"
"""What is typed to confirm."""


class Side(StrEnum):
    """Which of the two records."""

    KEPT = "kept"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """With whose address and whose password the person enters from now on."""

    address: Side
    password: Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What decides about the login of a record."""

    has_address: bool
    has_password: bool


def default_login(kept: Account, gone: Account) -> Login:
    """Return the login that disturbs least: that of the record in use, else of the one that is kept."""
    used = Side.GONE if gone.has_password and not kept.has_password else Side.KEPT
    address = used if (gone if used is Side.GONE else kept).has_address else _other(used)
    return Login(address=address, password=used)


def check_login(login: Login, kept: Account, gone: Account, *, is_everywhere: bool) -> None:
    """Refuse that whoever does not administer everything changes how a person in use of an account enters.

    Raises LoginOutOfReach. An account is taken over by giving it another address.
    """
    if is_everywhere or not (kept.has_password or gone.has_password):
        return
    if kept.has_password and gone.has_password:
        raise LoginOutOfReach
    used = Side.KEPT if kept.has_password else Side.GONE
    if login != Login(address=used, password=used):
        raise LoginOutOfReach


def is_confirmed(text: str) -> bool:
    """Say whether somebody typed the word."""
    return fold(text) == WORD


def can_undo(merged_at: datetime, undone_at: datetime | None, now: datetime) -> bool:
    """Say whether a merge is young enough and stands."""
    return undone_at is None and now < merged_at + UNDO_FOR


def _other(side: Side) -> Side:
    return Side.KEPT if side is Side.GONE else Side.GONE

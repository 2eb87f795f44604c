"""Decisions about administering people: what may be changed, which roles hold where. Pure."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from lms.core.actors import Role, ScopeKind
from lms.core.folding import fold

NAMES: Final = frozenset({"given_names", "first_surname", "second_surname"})
ALL_FIELDS: Final = NAMES | {"email", "national_id", "is_active", "is_test"}
PARTICLES: Final = frozenset({"de", "del", "la", "las", "los", "y", "da", "do", "dos", "van", "von"})
"""Words that begin a surname and are none."""

ROLE_SCOPES: Final[Mapping[Role, tuple[ScopeKind, ...]]] = MappingProxyType(
    {
        Role.FOCAL_POINT: (ScopeKind.INSTITUTION,),
        Role.TRAINER: (ScopeKind.COHORT, ScopeKind.PROGRAMME),
        Role.REVIEWER: (ScopeKind.PROGRAMME, ScopeKind.EVERYWHERE),
        Role.ADMINISTRATOR: (ScopeKind.PROGRAMME, ScopeKind.EVERYWHERE),
    }
)
"""Where each role can be given. Everybody is a trainee of their own records, so that one is not given."""


def open_fields(*, is_everywhere: bool, holds_roles: bool, has_accepted: bool) -> frozenset[str]:
    """Return which data of a person an administrator may change.

    An account that opens other people's data, or that somebody uses already, is not handed over by changing
    its address: only whoever administers everything may.
    """
    if is_everywhere:
        return ALL_FIELDS
    if holds_roles:
        return frozenset()
    return ALL_FIELDS - {"email"} if has_accepted else ALL_FIELDS


def parts_of_name(name: str) -> tuple[str, str, str]:
    """Return given names, first and second surname of a name written in one line, as well as can be told.

    The last two words are the surnames where there are four or more, the last one of three or two; particles
    stay with the surname that they begin.
    """
    words: list[str] = []
    for word in reversed(name.split()):
        if words and fold(word) in PARTICLES:
            words[0] = f"{word} {words[0]}"
        else:
            words.insert(0, word)
    if len(words) < 2:
        return " ".join(words), "", ""
    surnames = 2 if len(words) > 3 else 1
    first, *second = words[-surnames:]
    return " ".join(words[:-surnames]), first, " ".join(second)


def same_name(one: str, other: str) -> bool:
    """Say whether two names are the same but for case, accents, order and a missing part.

    Offices write surnames first or leave one out; two different people share an address by mistake.
    """
    first, second = set(fold(one).split()), set(fold(other).split())
    return bool(first) and bool(second) and (first <= second or second <= first)


def can_hold(role: Role, kind: ScopeKind) -> bool:
    """Say whether a role can be given for this kind of place."""
    return kind in ROLE_SCOPES.get(role, ())

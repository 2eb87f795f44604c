"""The referral route as data: who does what, in which order, for whom and where; and which route serves a reader."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from lms.core.places import GENERAL

ANY_PROFILE: Final = "any"
PROFILES: Final = MappingProxyType(
    {
        "todas": ANY_PROFILE,
        "any": ANY_PROFILE,
        "adulta": "adult",
        "adult": "adult",
        "nna": "child",
        "child": "child",
        "extranjera": "foreign",
        "foreign": "foreign",
        "indigena": "indigenous",
        "indígena": "indigenous",
        "indigenous": "indigenous",
        "discapacidad": "disability",
        "disability": "disability",
        "lgbti": "lgbti",
    }
)
"""Every word that authors write for whom a route is, with its canonical name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalBasis:
    """What a step rests on."""

    source: str
    """Key of a source of the course."""
    title: str
    url: str
    """Empty for a document without an address."""
    article: str
    """Article, page or section, in words; may be empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteStep:
    """One station of a route: what one responsible does before the next takes over."""

    id: str
    title: str
    action: str
    """What to do, in plain text; may be empty."""
    responsible: str
    """A role or a unit, never a person; empty only while the step is held back."""
    sectors: tuple[str, ...]
    """Ids of the sectors whose step it is; empty when it is everybody's."""
    deadline: str
    """In words; empty when the source states none."""
    document: str
    """What is handed over or written down; may be empty."""
    unsafe: str
    """What to do instead when going on would put somebody at risk; may be empty but in the first step."""
    contact: str
    """Key of the directory of contacts, or empty."""
    basis: tuple[LegalBasis, ...]
    is_to_verify: bool
    """Whether somebody of the place must still confirm what it says."""

    @property
    def is_held_back(self) -> bool:
        """Say whether what it says waits for a signature: its action is then a sentence that tells so."""
        return self.is_to_verify and not self.responsible


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """The steps that hold in a place for people of a profile, from one day to another."""

    key: str
    """Name of its file without the ending; addresses use it."""
    title: str
    place: str
    """ISO 3166 code, or "general" for wherever nothing narrower is said."""
    profile: str
    """Canonical name of ``PROFILES``."""
    valid_from: date
    valid_until: date | None
    """Last day; None while it has no end."""
    verifier: str
    """Post of whoever answers for it, never a name."""
    verified_on: date | None
    """None while nobody of the place has signed it."""
    note: str
    steps: tuple[RouteStep, ...]

    @property
    def is_to_verify(self) -> bool:
        """Say whether somebody must still confirm it, whole or in part."""
        return self.verified_on is None or any(step.is_to_verify for step in self.steps)

    @property
    def contacts(self) -> tuple[str, ...]:
        """Return the keys of the contacts that its steps name, each once."""
        return tuple(dict.fromkeys(step.contact for step in self.steps if step.contact))

    def is_valid_on(self, day: date) -> bool:
        """Say whether the route holds on a day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)

    def overlaps(self, other: "Route") -> bool:
        """Say whether two routes would hold on the same day."""
        ends = self.valid_until or date.max
        return self.valid_from <= (other.valid_until or date.max) and other.valid_from <= ends


def choose_route(
    routes: Sequence[Route], *, places: Iterable[str], profile: str, today: date
) -> Route | None:
    """Return the route for somebody's place and a profile; None only when there are no routes at all.

    A profile's own route comes before the one for everybody, a narrower place before a wider one, and a route that
    holds today before one that has expired: an old route that says so is better than an empty page.
    """
    wide = (*places, GENERAL)
    for is_strict in (True, False):
        known = [route for route in routes if route.is_valid_on(today) or not is_strict]
        for wanted in dict.fromkeys((profile, ANY_PROFILE)):
            mine = [route for route in known if route.profile == wanted and route.place in wide]
            if mine:
                return min(mine, key=lambda route: (wide.index(route.place), -route.valid_from.toordinal()))
    return routes[0] if routes else None

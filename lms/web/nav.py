"""Navigation: the destinations of the person's main audience in the header, the others in the account menu."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from flask import current_app, request, url_for

from lms.core.actors import NOTHING, Actor, Role
from lms.core.text import Text
from lms.plugins.slices import NavItem, Slice

AUDIENCES = (Role.ADMINISTRATOR, Role.REVIEWER, Role.FOCAL_POINT, Role.TRAINER, Role.TRAINEE)
"""From the audience whose destinations win the header to the one that everybody has."""
IN_HEADER = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class NavLink:
    """A destination as a template draws it."""

    label: Text
    url: str
    icon: str
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Navigation:
    """Everything the page chrome links to."""

    header: tuple[NavLink, ...] = ()
    menu: tuple[NavLink, ...] = ()
    phone_bar: tuple[NavLink, ...] = ()


def navigation(actor: Actor) -> Navigation:
    """Return what this actor may go to."""
    if actor.is_anonymous:
        strangers = [item for item in _all_items() if item.audience is None]
        return Navigation(header=_links(sorted(strangers, key=lambda item: item.order)))
    own = [item for item in _all_items() if item.audience and _may_go(actor, item)]
    items = sorted(own, key=_order)
    by_audience = {role: [item for item in items if item.audience is role] for role in AUDIENCES}
    main = main_audience(actor)
    header = by_audience[main][:IN_HEADER]
    menu = [item for item in items if item not in header and item.audience and actor.has_role(item.audience)]
    is_trainee = main is Role.TRAINEE
    return Navigation(
        header=_links(header),
        menu=_links(menu),
        phone_bar=_links(_on_phone(item) for item in header if is_trainee and item.on_phone_bar),
    )


def main_audience(actor: Actor) -> Role:
    """Return the audience whose destinations stand in the header."""
    return next((role for role in AUDIENCES if actor.has_role(role)), Role.TRAINEE)


def home_url(actor: Actor) -> str:
    """Return where a person lands after signing in: the first destination of their main audience."""
    links = navigation(actor).header
    return links[0].url if links else url_for("accounts.account")


def _all_items() -> list[NavItem]:
    slices: Iterable[Slice] = current_app.extensions["lms_slices"]
    return [item for part in slices for item in part.nav]


def _may_go(actor: Actor, item: NavItem) -> bool:
    reach = actor.reach(item.permission) if item.permission else NOTHING
    return reach.everywhere if item.needs_everything else bool(reach)


def _on_phone(item: NavItem) -> NavItem:
    return replace(item, label=item.phone_label or item.label)


def _order(item: NavItem) -> tuple[int, int]:
    return AUDIENCES.index(item.audience or Role.TRAINEE), item.order


def _links(items: Iterable[NavItem]) -> tuple[NavLink, ...]:
    return tuple(
        NavLink(
            label=item.label,
            url=url_for(item.endpoint),
            icon=item.icon,
            is_current=request.endpoint == item.endpoint,
        )
        for item in items
    )

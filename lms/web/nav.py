"""Navigation: the destinations of the person's main audience in the header, the others in the account menu."""

from collections.abc import Collection, Iterable
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
        items = sorted(strangers, key=lambda item: item.order)
        return Navigation(header=_links(items, _current(items)))
    own = [item for item in _all_items() if item.audience and _may_go(actor, item)]
    items = sorted(own, key=_order)
    by_audience = {role: [item for item in items if item.audience is role] for role in AUDIENCES}
    main = main_audience(actor)
    header = by_audience[main][:IN_HEADER]
    menu = _others(actor, items, header)
    current = _current([*header, *menu])
    is_trainee = main is Role.TRAINEE
    return Navigation(
        header=_links(header, current),
        menu=_links((_in_menu(item) for item in menu), current),
        phone_bar=_links((_on_phone(item) for item in header if is_trainee and item.on_phone_bar), current),
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


def _others(actor: Actor, items: Iterable[NavItem], header: Iterable[NavItem]) -> list[NavItem]:
    """Return what the header has no room for, each place once, however many audiences have it."""
    found: dict[str, NavItem] = {}
    for item in items:
        if item.audience and actor.has_role(item.audience):
            found.setdefault(item.endpoint, item)
    shown = {item.endpoint for item in header}
    return [item for endpoint, item in found.items() if endpoint not in shown]


def _current(items: Collection[NavItem]) -> str:
    """Return the endpoint of the destination where the person is; empty when they are in none of these areas.

    A page that is no destination itself, such as that of one cohort, belongs to the first of its blueprint.
    """
    if any(item.endpoint == request.endpoint for item in items):
        return str(request.endpoint)
    area = request.blueprint
    return next((item.endpoint for item in items if item.endpoint.rpartition(".")[0] == area), "")


def _in_menu(item: NavItem) -> NavItem:
    return replace(item, label=item.menu_label or item.label)


def _on_phone(item: NavItem) -> NavItem:
    return replace(item, label=item.phone_label or item.label)


def _order(item: NavItem) -> tuple[int, int]:
    return AUDIENCES.index(item.audience or Role.TRAINEE), item.order


def _links(items: Iterable[NavItem], current: str) -> tuple[NavLink, ...]:
    return tuple(
        NavLink(
            label=item.label,
            url=url_for(item.endpoint),
            icon=item.icon,
            is_current=item.endpoint == current,
        )
        for item in items
    )

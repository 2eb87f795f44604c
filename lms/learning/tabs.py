"""The tabs of a cohort's pages: groups of pages, to which the upper slices add, and the pages of the open group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from flask import request, url_for

from lms.core.actors import Actor
from lms.core.context import registry
from lms.core.i18n import _l
from lms.core.text import Text
from lms.plugins.home import CohortTab

GROUPS: Final[dict[str, Text]] = {
    "people": _l("Personas"),
    "assessments": _l("Evaluaciones"),
    "attendance": _l("Asistencia"),
    "certificates": _l("Constancias"),
}
PEOPLE: Final = "cohorts.cohort_page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """A tab as ``learning/_cohort_head.html`` draws it."""

    label: Text
    url: str
    is_current: bool
    pages: Sequence["Tab"] = ()
    """Of a group: its pages, when there are several."""


def tabs_of(cohort_id: UUID, actor: Actor) -> list[Tab]:
    """Return the groups of pages of a cohort that the actor may open, the one of this request marked."""
    more: list[CohortTab] = sorted(registry("cohort_tabs").values(), key=lambda each: each.order)
    places = {group: [(_l("Inscritas"), PEOPLE)] if group == "people" else [] for group in GROUPS}
    for each in more:
        if actor.can(each.permission):
            places[each.group].append((each.label, each.endpoint))
    current = _current({end: url_for(end, cohort_id=cohort_id) for p in places.values() for _label, end in p})
    return [_group(group, pages, cohort_id, current) for group, pages in places.items() if pages]


def _current(addresses: Mapping[str, str]) -> str | None:
    """Return the tab of this request: its own, else one of the same feature, else the one whose address it continues.

    Of several, it is the one with the longest address that this one continues.
    """
    if request.endpoint in addresses:
        return request.endpoint
    above = {each: len(end) for each, end in addresses.items() if request.path.startswith(f"{end}/")}
    own = [each for each in addresses if each.partition(".")[0] == request.blueprint]
    return max(own or above, key=lambda each: above.get(each, 0), default=None)


def _group(group: str, pages: Sequence[tuple[Text, str]], cohort_id: UUID, current: str | None) -> Tab:
    below = [
        Tab(label=label, url=url_for(endpoint, cohort_id=cohort_id), is_current=endpoint == current)
        for label, endpoint in pages
    ]
    is_current = any(each.is_current for each in below)
    return Tab(
        label=GROUPS[group], url=below[0].url, is_current=is_current, pages=below if len(below) > 1 else ()
    )

"""The tabs of a cohort's pages: its people, and whatever the upper slices add."""

from dataclasses import dataclass
from uuid import UUID

from flask import request, url_for

from lms.core.actors import Actor
from lms.core.context import registry
from lms.core.i18n import _l
from lms.core.text import Text
from lms.plugins.home import CohortTab


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """A tab as ``learning/_cohort_head.html`` draws it."""

    label: Text
    url: str
    is_current: bool


def tabs_of(cohort_id: UUID, actor: Actor) -> list[Tab]:
    """Return the tabs of a cohort that the actor may open, the one of this request marked."""
    more: list[CohortTab] = sorted(registry("cohort_tabs").values(), key=lambda each: each.order)
    places = [(_l("Personas"), "cohorts.cohort_page")]
    places += [(each.label, each.endpoint) for each in more if actor.can(each.permission)]
    return [
        Tab(label=label, url=url_for(place, cohort_id=cohort_id), is_current=request.endpoint == place)
        for label, place in places
    ]

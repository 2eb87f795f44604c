"""The list of a cohort's hours: one filter and order for the page and the files."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from lms.attendance.hours.queries import PersonHours
from lms.plugins.criteria import State


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursFilter:
    """What narrows and sorts a list of hours."""

    text: str = ""
    """Folded words, all of which the name has."""
    institution: str = ""
    """Id of the institution; empty for all."""
    standing: State | None = None
    sort: str = "name"
    """name, institution, meetings, online, total or missing; a minus before it turns the order round."""


KEYS: Final[dict[str, Callable[[PersonHours], Any]]] = {
    "name": lambda each: each.search_text,
    "institution": lambda each: each.institution.casefold(),
    "meetings": lambda each: each.hours.meeting_minutes,
    "online": lambda each: each.hours.online_minutes,
    "total": lambda each: each.hours.minutes,
    "missing": lambda each: each.hours.outlook.missing if each.hours.outlook else 0,
}


def narrowed(people: Iterable[PersonHours], wanted: HoursFilter) -> list[PersonHours]:
    """Return the people whom the filter asks for, given by name, in its order; by name among equals."""
    words = wanted.text.split()
    found = [
        each for each in people if _is_wanted(each, wanted) and all(w in each.search_text for w in words)
    ]
    key = KEYS.get(wanted.sort.removeprefix("-"), KEYS["name"])
    return sorted(found, key=key, reverse=wanted.sort.startswith("-"))


def _is_wanted(each: PersonHours, wanted: HoursFilter) -> bool:
    outlook = each.hours.outlook
    if wanted.institution and str(each.institution_id) != wanted.institution:
        return False
    return wanted.standing is None or (outlook is not None and outlook.state is wanted.standing)

"""Routes as plain JSON values, and back: what a release stores and what a lesson remembers of them."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, TypeAlias

from lms.courses.compiler.referral import LegalBasis, Route, RouteStep

# Routes are written and read only here, so their JSON has the shape that these functions give it.
Json: TypeAlias = Any
JsonObject: TypeAlias = dict[str, Json]
_DAYS = ("valid_from", "valid_until", "verified_on")


def route_to_json(route: Route) -> JsonObject:
    """Return the route as a JSON object."""
    value: JsonObject = asdict(route)
    for name in _DAYS:
        value[name] = value[name].isoformat() if value[name] else None
    value["steps"] = [_step_to_json(step) for step in route.steps]
    return value


def route_from_json(value: Mapping[str, Json]) -> Route:
    """Return the route that `route_to_json` wrote."""
    return Route(
        key=value["key"],
        title=value["title"],
        place=value["place"],
        profile=value["profile"],
        valid_from=date.fromisoformat(value["valid_from"]),
        valid_until=_day(value["valid_until"]),
        verifier=value["verifier"],
        verified_on=_day(value["verified_on"]),
        note=value["note"],
        steps=tuple(_step_from_json(step) for step in value["steps"]),
    )


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _step_to_json(step: RouteStep) -> JsonObject:
    return {**asdict(step), "sectors": list(step.sectors), "basis": [asdict(basis) for basis in step.basis]}


def _step_from_json(value: Mapping[str, Json]) -> RouteStep:
    return RouteStep(
        id=value["id"],
        title=value["title"],
        action=value["action"],
        responsible=value["responsible"],
        sectors=tuple(value["sectors"]),
        deadline=value["deadline"],
        document=value["document"],
        unsafe=value["unsafe"],
        contact=value["contact"],
        basis=tuple(LegalBasis(**basis) for basis in value["basis"]),
        is_to_verify=value["is_to_verify"],
    )

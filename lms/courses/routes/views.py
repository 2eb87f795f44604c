"""Follow a route: the list of a course, one route whole or step by step, and its card."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue

from lms.contacts.queries import list_emergencies, list_entries
from lms.contacts.rules import emergency_of
from lms.core.calendar import today
from lms.core.context import current_storage
from lms.core.i18n import current_language
from lms.core.places import GENERAL, place_name
from lms.core.policy import requires_sign_in
from lms.courses.access import access_offered_course
from lms.courses.blocks.route_words import say as in_words
from lms.courses.compiler.referral import Route, RouteStep
from lms.courses.routes import access, queries, service
from lms.courses.routes.errors import CardNotReady
from lms.courses.routes.queries import CurrentRoute
from lms.web.kit import go, render, say
from lms.web.sectors import SECTORS

bp = Blueprint("routes", __name__, template_folder="templates")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownStep:
    """A step with its number and what surrounds it."""

    number: int
    step: RouteStep
    is_own: bool
    """Whether it belongs to the sector that the reader chose, or no sector was chosen."""


@bp.get("/routes/")
@requires_sign_in
def index() -> ResponseReturnValue:
    """List the routes in use, by place: the first page of whoever has a case now."""
    return render("routes/index.html", found=queries.list_current(), course=None, **_words())


@bp.get("/courses/<slug>/routes/")
@requires_sign_in
def course_routes(slug: str) -> ResponseReturnValue:
    """List the routes of a course."""
    _course, release = access_offered_course(slug)
    found = queries.list_current(slug)
    return render("routes/index.html", found=found, course=release.title, **_words())


@bp.get("/courses/<slug>/routes/<key>")
@requires_sign_in
def route_page(slug: str, key: str) -> ResponseReturnValue:
    """Show a route: all its steps, or one large; the sector's own stand out."""
    found = access.access_route(slug, key)
    sector = request.args.get("sector", "")
    sector = sector if sector in SECTORS else ""
    step_id = request.args.get("step", "")
    number, step = access.access_step(found, step_id) if step_id else (0, None)
    emergencies = list_emergencies(today())
    return render(
        "routes/step.html" if step else "routes/route.html",
        found=found,
        route=found.route,
        steps=_steps(found.route, sector),
        step=step,
        number=number,
        sector=sector,
        sectors=_sectors(found.route),
        keep={"sector": sector} if sector else {},
        contacts=list_entries(found.route.contacts, today()),
        emergency=emergency_of(found.route.place, emergencies),
        **_words(),
    )


@bp.get("/courses/<slug>/routes/<key>/card.pdf")
@requires_sign_in
def card(slug: str, key: str) -> ResponseReturnValue:
    """Send the card of a route as it was drawn; while what it says changes, go back to the page."""
    found = access.access_route(slug, key)
    if not service.is_current(found.row, service.current_card(found)):
        say(CardNotReady.message, "info")
        return go(url_for("routes.route_page", slug=slug, key=key))
    return _pdf(found)


def _pdf(found: CurrentRoute) -> ResponseReturnValue:
    response = Response(current_storage().get(found.row.card_sha256), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="ruta-{found.route.key}.pdf"'
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(found.row.card_sha256)
    return response.make_conditional(request)


def _steps(route: Route, sector: str) -> list[ShownStep]:
    return [
        ShownStep(number=number, step=step, is_own=not sector or not step.sectors or sector in step.sectors)
        for number, step in enumerate(route.steps, start=1)
    ]


def _sectors(route: Route) -> list[str]:
    named = {sector for step in route.steps for sector in step.sectors}
    return [sector for sector in SECTORS if sector in named]


def _words() -> dict[str, Any]:
    language = current_language()
    return {
        "day": today(),
        "GENERAL": GENERAL,
        "name_of": lambda place: place_name(place, language),
        "profile_of": lambda profile: in_words(profile, language),
    }

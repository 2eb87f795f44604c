"""Whom to call: the directory that everybody reads, and the page for whoever has a case now."""

from flask import current_app, request, url_for
from flask.typing import ResponseReturnValue

from lms.contacts import queries
from lms.contacts.views.blueprint import bp
from lms.core.calendar import today
from lms.core.i18n import current_language
from lms.core.places import place_name, widen
from lms.core.policy import public
from lms.web.kit import render


@bp.get("/contacts/")
@public("whom to call is for everybody, with or without an account")
def index() -> ResponseReturnValue:
    """List the contacts by place, of one place and of what contains it when asked; it prints well."""
    entries = queries.list_public(today())
    asked = request.args.get("place", "").upper()
    wide = set(widen(asked))
    shown = [entry for entry in entries if not wide or entry.place in {*wide, "general"}]
    return render(
        "contacts/index.html",
        entries=shown,
        places=sorted({entry.place for entry in entries}),
        place=asked if wide else "",
        name_of=_name_of,
        day=today(),
    )


@bp.get("/case-now")
@public("a real case outranks any course, with or without an account")
def case_now() -> ResponseReturnValue:
    """Say whom to call about a real case, where the route is, and that nothing of it is written here."""
    has_routes = "routes.index" in current_app.view_functions
    return render(
        "contacts/case_now.html",
        entries=queries.list_public(today()),
        name_of=_name_of,
        routes_url=url_for("routes.index") if has_routes else "",
    )


def _name_of(place: str) -> str:
    return place_name(place, current_language())

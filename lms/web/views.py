"""Pages of the kit itself: health, language, appearance."""

from flask import Blueprint, current_app, request, session
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from lms.core.db import db
from lms.core.i18n import LANGUAGE_KEY, LANGUAGES
from lms.core.policy import public
from lms.web.kit import go, is_local, render
from lms.web.preferences import APPEARANCE_KEY, APPEARANCES

bp = Blueprint("web", __name__, template_folder="templates", static_folder=None)


@bp.get("/healthz")
@public("a load balancer asks whether the server lives; says nothing else")
def health() -> ResponseReturnValue:
    """Say that the server answers and reaches its database."""
    db.session.execute(text("SELECT 1"))
    return {"status": "ok"}


@bp.post("/preferences/language")
@public("a visitor chooses a language before having an account")
def choose_language() -> ResponseReturnValue:
    """Keep the language chosen for this browser."""
    chosen = request.form.get("language", "")
    if chosen in LANGUAGES:
        session[LANGUAGE_KEY] = chosen
    return go(_came_from())


@bp.post("/preferences/appearance")
@public("a visitor chooses light or dark before having an account")
def choose_appearance() -> ResponseReturnValue:
    """Keep the appearance chosen for this browser."""
    chosen = request.form.get("appearance", "")
    if chosen in APPEARANCES:
        session[APPEARANCE_KEY] = chosen
    return go(_came_from())


def _came_from() -> str:
    address = request.form.get("next", "/")
    return address if is_local(address) else "/"


@bp.get("/help")
@public("help is for everybody")
def help_page() -> ResponseReturnValue:
    """Answer the questions that people ask most."""
    return render("pages/help.html")


@bp.get("/accessibility")
@public("the accessibility statement is for everybody")
def accessibility() -> ResponseReturnValue:
    """State how far the product meets WCAG 2.2 AA and whom to tell about a barrier."""
    return render("pages/accessibility.html")


@bp.get("/privacy")
@public("the privacy notice is read before having an account")
def privacy() -> ResponseReturnValue:
    """Show which data are kept, why and for how long, from the declarations of the slices."""
    declared = [data for part in current_app.extensions["lms_slices"] for data in part.personal_data]
    return render("pages/privacy.html", declared=declared)

"""The HTML kit joins the application: headers, error pages, what every template can use, mail delivery."""

from flask import Flask, request, session
from flask_login import current_user

from lms.core.auth import current_actor, signed_in
from lms.core.i18n import LANGUAGES, current_language
from lms.core.outbox import SendMail, deliver
from lms.plugins.hooks import hookimpl
from lms.plugins.slices import Slice
from lms.web.assets import asset_url
from lms.web.errors import init_errors
from lms.web.filters import FILTERS
from lms.web.icons import icon, sprite, use_icons
from lms.web.nav import Navigation, main_audience, navigation
from lms.web.qr import qr_svg
from lms.web.sectors import SECTORS
from lms.web.security import init_security
from lms.web.serpentine import serpentine
from lms.web.tiles import tiles
from lms.web.views import APPEARANCE_KEY, bp


def _init(app: Flask) -> None:
    init_security(app)
    init_errors(app)
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals.update(
        asset_url=asset_url, icon=icon, sprite=sprite, use_icons=use_icons, tiles=tiles, qr_svg=qr_svg,
        serpentine=serpentine, SECTORS=SECTORS, LANGUAGES=LANGUAGES,
    )  # fmt: skip
    app.context_processor(_page_context)


def _page_context() -> dict[str, object]:
    actor = current_actor()
    links = navigation(actor) if request.endpoint and not actor.is_anonymous else Navigation()
    appearance = session.get(APPEARANCE_KEY) or getattr(current_user, "appearance", None) or "auto"
    return {
        "account": signed_in(),
        "actor": actor,
        "audience": main_audience(actor).value,
        "nav": links,
        "language": current_language(),
        "appearance": appearance,
        "here": request.full_path.rstrip("?") if request.method == "GET" else "/",
    }


bp.record_once(lambda state: _init(state.app))


@hookimpl
def register_slice() -> Slice:
    """Declare the kit's own pages."""
    return Slice(name="web", blueprints=(bp,), jobs={SendMail: deliver})

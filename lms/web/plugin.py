"""The HTML kit joins the application: headers, error pages, what every template can use, mail delivery."""

from typing import cast

from flask import Flask, current_app, session, url_for
from flask_login import current_user

from lms.core.auth import current_actor, signed_in
from lms.core.context import current_settings
from lms.core.i18n import LANGUAGES, _, current_language
from lms.core.outbox import SendMail, deliver
from lms.plugins.hooks import hookimpl
from lms.plugins.slices import Slice
from lms.web.errors import init_errors
from lms.web.look import add_look
from lms.web.nav import main_audience, navigation
from lms.web.preferences import APPEARANCE_KEY
from lms.web.security import init_security
from lms.web.views import bp


def _init(app: Flask) -> None:
    init_security(app)
    init_errors(app)
    add_look(app.jinja_env, language=current_language, timezone=lambda: current_settings().zone)
    app.context_processor(_page_context)


def _page_context() -> dict[str, object]:
    """Return what the page chrome shows; every name here is optional in the layouts."""
    actor = current_actor()
    links = navigation(actor)
    return {
        "lang": current_language(),
        "appearance": session.get(APPEARANCE_KEY) or getattr(current_user, "appearance", None) or "auto",
        "languages": LANGUAGES,
        "actor": actor,
        "audience": main_audience(actor).value,
        "account": signed_in(),
        "nav_items": links.header,
        "menu_items": links.menu,
        "bottom_items": links.phone_bar,
        "footer_items": _footer(),
        "show_case_button": not actor.is_anonymous,
        "urls": _urls(),
    }


def _footer() -> list[dict[str, str]]:
    pages = (
        (_("Ayuda"), "web.help_page"),
        (_("Accesibilidad"), "web.accessibility"),
        (_("Privacidad"), "web.privacy"),
    )
    return [{"label": label, "url": url_for(endpoint)} for label, endpoint in pages]


def _urls() -> dict[str, str]:
    has_directory = "contacts.case_now" in current_app.view_functions
    return {
        "home": "/",
        **({"case": url_for("contacts.case_now")} if has_directory else {}),
        "account": url_for("accounts.account"),
        "help": url_for("web.help_page"),
        "sign_in": url_for("accounts.sign_in"),
        "sign_out": url_for("accounts.sign_out"),
        "appearance": url_for("web.choose_appearance"),
        "language": url_for("web.choose_language"),
    }


bp.record_once(lambda state: _init(cast("Flask", state.app)))


@hookimpl
def register_slice() -> Slice:
    """Declare the kit's own pages."""
    return Slice(name="web", blueprints=(bp,), jobs={SendMail: deliver})

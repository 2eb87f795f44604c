"""Signing in and out, first and new passwords, and the person's own account page."""

import hashlib
import hmac
from uuid import UUID

from flask import Blueprint, request, session, url_for
from flask.typing import ResponseReturnValue

from lms.accounts import links, queries, rules, service
from lms.accounts.errors import CredentialsRefused, EmailTaken, PasswordTooWeak
from lms.accounts.forms import (
    AskResetForm,
    FirstPasswordForm,
    NewPasswordForm,
    ProfileForm,
    SignInForm,
)
from lms.accounts.identity import identify
from lms.accounts.models import Person
from lms.core import limits
from lms.core.auth import current_actor, forget, remember, signed_in
from lms.core.clock import now
from lms.core.context import current_settings
from lms.core.db import savepoint
from lms.core.errors import NotFound
from lms.core.i18n import LANGUAGE_KEY, LANGUAGES, _, _l
from lms.core.ids import token_digest
from lms.core.policy import public, requires_sign_in
from lms.web.kit import go, next_address, render, say
from lms.web.nav import home_url
from lms.web.preferences import APPEARANCE_KEY

bp = Blueprint("accounts", __name__, url_prefix="/account", template_folder="templates")
SIGN_IN_RULE = "10/15minute"
ADDRESS_RULE = "200/15minute"
"""Generous: a whole public office stands behind one address."""
RESET_RULE = "5/hour"
RESET_ADDRESS_RULE = "60/hour"
APPEARANCES = (("auto", _l("Automática")), ("light", _l("Clara")), ("dark", _l("Oscura")))


@bp.route("/sign-in", methods=["GET", "POST"])
@public("this is where strangers become known")
def sign_in() -> ResponseReturnValue:
    """Let a person enter with address and password."""
    if request.method == "GET" and signed_in():
        return go(next_address(home_url(current_actor())))
    form = SignInForm()
    if form.validate_on_submit():
        account = _mark(str(form.email.data).lower())
        limits.spend(ADDRESS_RULE, "sign-in-address", _mark(request.remote_addr or ""))
        left = limits.spend(SIGN_IN_RULE, "sign-in", account)
        try:
            person = service.check_credentials(form.email.data or "", form.password.data or "", now=now())
        except CredentialsRefused as refusal:
            form.refuse("password", f"{refusal} " + _("Le quedan %(count)s intentos.", count=left))
        else:
            limits.clear(SIGN_IN_RULE, "sign-in", account)
            return _enter(person, stay=form.stay.data)
    return render("accounts/sign_in.html", form=form, status=422 if form.errors else 200)


@bp.post("/sign-out")
@requires_sign_in
def sign_out() -> ResponseReturnValue:
    """Close this browser's session."""
    person = signed_in()
    if person and person.actor.person_id:
        found = queries.find_session(token_digest(person.session_key), now())
        if found:
            service.revoke_sessions(person.actor.person_id, actor=person.actor, now=now(), only=found[0].id)
    session.clear()
    forget()  # after clearing: it leaves a note in the session to delete the lasting cookie
    return go(url_for("accounts.sign_in"))


@bp.route("/invitation/<token>", methods=["GET", "POST"])
@public("the signed link says who the person is")
def accept_invitation(token: str) -> ResponseReturnValue:
    """Let an invited person choose their first password and enter."""
    return _choose_password(links.person_of_link(token, links.INVITATION), is_first=True)


@bp.route("/password/new/<token>", methods=["GET", "POST"])
@public("the signed link says who the person is")
def reset_password(token: str) -> ResponseReturnValue:
    """Let a person choose a new password and enter."""
    return _choose_password(links.person_of_link(token, links.RESET), is_first=False)


@bp.route("/password/forgotten", methods=["GET", "POST"])
@public("whoever forgot the password cannot sign in to say so")
def ask_reset() -> ResponseReturnValue:
    """Send the link for a new password; the answer never says whether the address is known."""
    form = AskResetForm()
    if form.validate_on_submit():
        limits.spend(RESET_ADDRESS_RULE, "reset-address", _mark(request.remote_addr or ""))
        limits.spend(RESET_RULE, "reset", _mark(str(form.email.data).lower()))
        service.ask_password_reset(form.email.data or "", now=now())
        return render("accounts/reset_sent.html", email=form.email.data)
    return render("accounts/ask_reset.html", form=form, status=422 if form.errors else 200)


@bp.get("/")
@requires_sign_in
def account() -> ResponseReturnValue:
    """Show a person their own data, preferences and open sessions."""
    return _account_page(_profile_form(_me()))


@bp.post("/preferences")
@requires_sign_in
def change_preferences() -> ResponseReturnValue:
    """Keep the person's language and appearance."""
    person = _me()
    form = _profile_form(person)
    if not form.validate_on_submit():
        return _account_page(form, status=422)
    appearance = None if form.appearance.data == "auto" else form.appearance.data
    values: dict[str, str | bool | None] = {"language": form.language.data, "appearance": appearance}
    service.change_person(person, values=values, actor=current_actor(), now=now())
    session[LANGUAGE_KEY] = form.language.data
    session[APPEARANCE_KEY] = form.appearance.data
    say(_("Preferencias guardadas."))
    return go(url_for("accounts.account"))


@bp.post("/sessions/<uuid:session_id>/revoke")
@requires_sign_in
def revoke_session(session_id: UUID) -> ResponseReturnValue:
    """Close one of the person's own sessions."""
    count = service.revoke_sessions(_me().id, actor=current_actor(), now=now(), only=session_id)
    if not count:
        raise NotFound
    say(_("Sesión cerrada."))
    return go(url_for("accounts.account"))


@bp.post("/sessions/revoke-others")
@requires_sign_in
def revoke_other_sessions() -> ResponseReturnValue:
    """Close every session of the person but this one."""
    person = signed_in()
    key = person.session_key if person else ""
    service.revoke_sessions(_me().id, actor=current_actor(), now=now(), except_key=key)
    say(_("Se cerraron las demás sesiones."))
    return go(url_for("accounts.account"))


def _choose_password(person: Person, *, is_first: bool) -> ResponseReturnValue:
    form = FirstPasswordForm(email=person.email) if is_first else NewPasswordForm()
    if form.validate_on_submit():
        try:
            with savepoint():
                if isinstance(form, FirstPasswordForm):
                    service.choose_address(person, form.email.data or "", now=now())
                service.set_password(person, form.password.data or "", now=now())
        except PasswordTooWeak as refusal:
            form.refuse("password", str(refusal))
        except EmailTaken as refusal:
            form.refuse("email", refusal.message)
        else:
            return _enter(person, stay=False)
    status = 422 if form.errors else 200
    return render("accounts/choose_password.html", form=form, person=person, is_first=is_first, status=status)


def _enter(person: Person, *, stay: bool) -> ResponseReturnValue:
    language, appearance = session.get(LANGUAGE_KEY), session.get(APPEARANCE_KEY)
    session.clear()  # a session that a stranger planted before signing in is worth nothing afterwards
    device = rules.device_of(request.user_agent.string)
    key = service.open_session(person, stay=stay, device=device, now=now())
    known = identify(key)
    if known is None:
        raise NotFound
    remember(known, stay=stay)
    session.update({k: v for k, v in ((LANGUAGE_KEY, language), (APPEARANCE_KEY, appearance)) if v})
    return go(next_address(home_url(known.actor)))


def _mark(text: str) -> str:
    """Return a name for an account or a client that tells them apart and says neither to who reads the table."""
    key = str(current_settings().secret_key).encode()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:32]


def _me() -> Person:
    person_id = current_actor().person_id
    if person_id is None:
        raise NotFound
    return queries.get_person(person_id)


def _profile_form(person: Person) -> ProfileForm:
    form = ProfileForm(language=person.language or "es", appearance=person.appearance or "auto")
    form.language.fill(LANGUAGES.items())
    form.appearance.fill(APPEARANCES)
    return form


def _account_page(form: ProfileForm, status: int = 200) -> ResponseReturnValue:
    person, who = _me(), signed_in()
    this_key = token_digest(who.session_key) if who else ""
    sessions = queries.list_sessions(person.id, now())
    return render(
        "accounts/account.html", form=form, person=person, sessions=sessions, this_key=this_key, status=status
    )

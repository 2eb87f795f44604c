"""Sign-in wiring: the cookie carries a session key, Flask-Login turns it into a person, views ask for the actor."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app, g
from flask_login import LoginManager, current_user, login_user, logout_user

from lms.core.actors import ANONYMOUS, Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """A signed-in person as Flask-Login sees them: the session key is the identity, so a session can be revoked."""

    actor: Actor
    session_key: str
    email: str
    language: str | None = None
    appearance: str | None = None
    """"light" or "dark"; null follows the system."""
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        """Return what the cookie carries."""
        return self.session_key

    @property
    def initials(self) -> str:
        """Return up to two initials for the avatar."""
        words = [word for word in self.actor.name.split() if word[:1].isalnum()]
        return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()


Identify = Callable[[str], SignedIn | None]
"""Answers who a session key belongs to; None when it is unknown, expired or revoked."""


def init_auth(app: Flask, identify: Identify) -> None:
    """Connect Flask-Login to the slice that knows people."""
    manager = LoginManager(app)
    manager.session_protection = (
        None  # sessions are rows that we revoke; the address of a phone changes all day
    )
    manager.user_loader(identify)


def signed_in() -> SignedIn | None:
    """Return the person who makes this request, if anyone."""
    if not current_user.is_authenticated:
        return None
    return cast("SignedIn", current_user._get_current_object())  # noqa: SLF001  # Flask-Login has no other way


def current_actor() -> Actor:
    """Return who makes this request; anonymous when nobody is signed in."""
    person = signed_in()
    return person.actor if person else ANONYMOUS


def nobody_signed_in() -> None:
    """Stop asking who makes this request: the answer is out of reach."""
    g._login_user = current_app.login_manager.anonymous_user()  # type: ignore[attr-defined]  # noqa: SLF001  # Flask-Login's own


def remember(person: SignedIn, *, stay: bool) -> None:
    """Put the person's session key in the cookie; ``stay`` keeps it after the browser closes."""
    login_user(person, remember=stay)


def forget() -> None:
    """Take the session key out of the cookie."""
    logout_user()

"""Every endpoint states who may ask for it, or the application does not start."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import Flask

from lms.core.actors import Permission
from lms.core.auth import current_actor
from lms.core.errors import Forbidden, SignInNeeded

P = ParamSpec("P")
R = TypeVar("R")
View = Callable[P, R]


@dataclass(frozen=True, slots=True)
class Policy:
    """What a route asks of the actor: a permission, a signed-in person, or nothing, with the reason."""

    permission: Permission | None = None
    reason: str = ""

    @property
    def is_public(self) -> bool:
        """Say whether a stranger may ask."""
        return self.permission is None and self.reason != SIGNED_IN.reason


SIGNED_IN = Policy(reason="any signed-in person, about themselves")
POLICY = "__lms_policy__"
READS_ONLY = "__lms_reads_only__"


class PolicyMissing(RuntimeError):
    """An endpoint says nothing about who may use it."""


def policy_of(view: object) -> Policy | None:
    """Return the policy that a view states, None when it states none."""
    return getattr(view, POLICY, None)


def requires(permission: Permission) -> Callable[[View[P, R]], View[P, R]]:
    """Let only actors with this permission ask; how far it reaches is decided when the object is loaded."""

    def decorate(view: View[P, R]) -> View[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            actor = current_actor()
            if actor.is_anonymous:
                raise SignInNeeded
            if not actor.can(permission):
                raise Forbidden
            return view(*args, **kwargs)

        setattr(guarded, POLICY, Policy(permission))
        return guarded

    return decorate


def requires_sign_in(view: View[P, R]) -> View[P, R]:
    """Let any signed-in person ask, for pages about themselves."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        if current_actor().is_anonymous:
            raise SignInNeeded
        return view(*args, **kwargs)

    setattr(guarded, POLICY, SIGNED_IN)
    return guarded


def public(reason: str) -> Callable[[View[P, R]], View[P, R]]:
    """Let anybody ask, for this stated reason."""

    def decorate(view: View[P, R]) -> View[P, R]:
        setattr(view, POLICY, Policy(reason=reason))
        return view

    return decorate


def reads_only(view: View[P, R]) -> View[P, R]:
    """Let a view that is asked with POST, because what it is asked about is long, take no write lock."""
    setattr(view, READS_ONLY, True)
    return view


def is_reads_only(view: object) -> bool:
    """Say whether a view promises to write nothing, whatever the method."""
    return bool(getattr(view, READS_ONLY, False))


def check_policies(app: Flask) -> None:
    """Refuse to start while an endpoint lacks a policy.

    Raises PolicyMissing naming every such endpoint.
    """
    missing = sorted(name for name, view in app.view_functions.items() if policy_of(view) is None)
    if missing:
        message = f"Add @requires, @requires_sign_in or @public to: {', '.join(missing)}"
        raise PolicyMissing(message)

"""Accounts join the application."""

from lms.accounts.cli import administrator
from lms.accounts.identity import identify
from lms.accounts.jobs import send_invitation, send_password_reset
from lms.accounts.merges import PERSON_ROWS
from lms.accounts.messages import (
    MarkedAsTest,
    PasswordSet,
    PersonChanged,
    PersonRegistered,
    RoleGiven,
    RoleTaken,
    SendInvitation,
    SendPasswordReset,
    SessionsRevoked,
    SignedInEvent,
    SignInFailed,
    UnmarkedAsTest,
)
from lms.accounts.permissions import AccountPermission
from lms.accounts.privacy import ACCOUNTS
from lms.accounts.views import bp
from lms.core.actors import Role
from lms.plugins.hooks import hookimpl
from lms.plugins.people import PersonRows
from lms.plugins.slices import Slice


@hookimpl
def register_slice() -> Slice:
    """Declare sign-in, accounts and their e-mails."""
    return Slice(
        name="accounts",
        blueprints=(bp,),
        permissions=AccountPermission,
        grants={Role.ADMINISTRATOR: frozenset(AccountPermission)},
        commands=(administrator,),
        events=(
            PersonRegistered, PersonChanged, SignedInEvent, SignInFailed, PasswordSet, SessionsRevoked,
            RoleGiven, RoleTaken, MarkedAsTest, UnmarkedAsTest,
        ),
        jobs={SendInvitation: send_invitation, SendPasswordReset: send_password_reset},
        personal_data=(ACCOUNTS,),
        identify=identify,
    )  # fmt: skip


@hookimpl
def register_person_merges() -> list[PersonRows]:
    """Say how roles, addresses and sessions follow."""
    return PERSON_ROWS

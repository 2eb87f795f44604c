"""What happens to accounts, and what is done about them later."""

from dataclasses import dataclass
from typing import ClassVar

from lms.core.actors import Role, ScopeKind
from lms.core.events import Event
from lms.core.i18n import _l
from lms.core.jobs.orders import Order
from lms.core.text import Text


@dataclass(frozen=True, kw_only=True)
class PersonRegistered(Event):
    """A person got an account."""

    code = "accounts.person-registered"
    sentence = _l("Se registró una cuenta.")


@dataclass(frozen=True, kw_only=True)
class PersonChanged(Event):
    """Somebody corrected a person's data."""

    code = "accounts.person-changed"
    sentence = _l("Se corrigieron los datos de una cuenta: %(fields)s.")
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MarkedAsTest(Event):
    """A record of a person only tries things out from now on."""

    code = "accounts.marked-as-test"
    sentence = _l("Se marcó como persona de prueba: no cuenta en ninguna cifra.")


@dataclass(frozen=True, kw_only=True)
class UnmarkedAsTest(Event):
    """A record of a person is one like all others again."""

    code = "accounts.unmarked-as-test"
    sentence = _l("Dejó de ser persona de prueba: cuenta otra vez en las cifras.")


@dataclass(frozen=True, kw_only=True)
class SignedInEvent(Event):
    """A person signed in."""

    code = "accounts.signed-in"
    sentence = _l("Entró con su cuenta.")


@dataclass(frozen=True, kw_only=True)
class SignInFailed(Event):
    """A wrong password for a known account."""

    code = "accounts.sign-in-failed"
    sentence = _l("Contraseña equivocada.")


@dataclass(frozen=True, kw_only=True)
class PasswordSet(Event):
    """A person chose a password."""

    code = "accounts.password-set"
    sentence = _l("Eligió una contraseña nueva.")


@dataclass(frozen=True, kw_only=True)
class SessionsRevoked(Event):
    """Sessions of a person were closed from afar."""

    code = "accounts.sessions-revoked"
    sentence = _l("Se cerraron %(count)s sesiones.")
    count: int


@dataclass(frozen=True, kw_only=True)
class RoleGiven(Event):
    """A person was given a role."""

    code = "accounts.role-given"
    sentence = _l("Se dio el papel %(role)s.")
    role: Role
    kind: ScopeKind
    scope_id: str


@dataclass(frozen=True, kw_only=True)
class RoleTaken(Event):
    """A role was taken from a person."""

    code = "accounts.role-taken"
    sentence = _l("Se retiró el papel %(role)s.")
    role: Role
    kind: ScopeKind
    scope_id: str


@dataclass(frozen=True, kw_only=True)
class SendInvitation(Order):
    """Send a person the link with which they choose their first password."""

    code: ClassVar[str] = "accounts.send-invitation"
    label: ClassVar[Text] = _l("Enviar una invitación")
    person_id: str
    reason: str
    """Where they were invited to, for the e-mail's first sentence."""
    path: str = "/"
    """Where the link leads after choosing the password."""


@dataclass(frozen=True, kw_only=True)
class SendPasswordReset(Order):
    """Send a person the link with which they choose a new password."""

    code: ClassVar[str] = "accounts.send-password-reset"
    label: ClassVar[Text] = _l("Enviar un enlace para cambiar la contraseña")
    person_id: str

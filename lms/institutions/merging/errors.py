"""Refusals about records of one person."""

from lms.core.errors import DomainError
from lms.core.i18n import _l
from lms.core.text import Text


class SameRecord(DomainError):
    """There is only one record."""

    code = "merging.same-record"
    status = 422
    message = _l("Es el mismo registro. Elija otro con el que se repite.")


class OwnRecordGoes(DomainError):
    """Nobody closes the account with which they are working."""

    code = "merging.own-record-goes"
    status = 409
    message = _l("Su propia cuenta no puede ser la que se cierra. Conserve la suya o pídalo a otra persona.")


class RoleOutOfReach(DomainError):
    """With the records a role would move that the actor may not give."""

    code = "merging.role-out-of-reach"
    status = 403
    message = _l(
        "Uno de los registros tiene un papel que usted no puede dar. Pida la fusión a la administración de la "
        "plataforma."
    )


class LoginOutOfReach(DomainError):
    """An account that somebody uses would be entered in another way."""

    code = "merging.login-out-of-reach"
    status = 403
    message = _l(
        "Con esa elección cambiaría cómo entra una persona que ya usa su cuenta. Conserve su correo y su "
        "contraseña, o pida la fusión a la administración de la plataforma."
    )


class MergeOver(DomainError):
    """The time in which a merge can be undone is over, or it was undone."""

    code = "merging.merge-over"
    status = 409
    message = _l("Esta fusión ya no se puede deshacer: pasaron 30 días o ya se deshizo.")


class MergeChangedSince(DomainError):
    """What the merge brought together is not as it was left."""

    code = "merging.merge-changed-since"
    status = 409

    def __init__(self, message: Text) -> None:
        """Keep the sentence that says what changed."""
        super().__init__(message)
        self.message = message

"""Refusals about administering people."""

from lms.core.errors import DomainError
from lms.core.i18n import _l


class BelongsElsewhere(DomainError):
    """The person works where the actor may not administer."""

    code = "people.belongs-elsewhere"
    status = 422
    message = _l(
        "Esa persona trabaja hoy en una institución que usted no administra. Pida el cambio a la administración."
    )


class EmailOfAnother(DomainError):
    """The address belongs to a person of another name."""

    code = "people.email-of-another"
    status = 422
    message = _l("Ese correo ya es de una persona con otro nombre. Revise el correo y el nombre.")


class PersonKnown(DomainError):
    """A person of that name without address works there already."""

    code = "people.person-known"
    status = 422
    message = _l(
        "Ya hay una persona con ese nombre en esa institución. Si es otra, agregue su correo o su segundo apellido."
    )


class FieldClosed(DomainError):
    """These data of this person are changed by somebody with more permissions."""

    code = "people.field-closed"
    status = 403
    message = _l("Los datos de esta persona los cambia la administración de la plataforma.")


class RoleOutOfReach(DomainError):
    """The actor may not give or take this role in this place."""

    code = "people.role-out-of-reach"
    status = 403
    message = _l("No puede dar ni retirar ese papel en ese lugar.")


class OwnRoleKept(DomainError):
    """Nobody takes away their own role: the last administrator would lock the door from outside."""

    code = "people.own-role-kept"
    status = 409
    message = _l("No puede retirarse un papel a sí mismo. Pídalo a otra persona que administre.")

"""Refusals about institutions and affiliations."""

from lms.core.errors import DomainError
from lms.core.i18n import _l


class InstitutionExists(DomainError):
    """The same body already has an institution of that name below it."""

    code = "directory.institution-exists"
    status = 422
    message = _l("Ya hay una institución con ese nombre en el mismo lugar.")


class CodeTaken(DomainError):
    """A code names one institution."""

    code = "directory.code-taken"
    status = 422
    message = _l("Otra institución ya tiene esa clave.")


class MoveRefused(DomainError):
    """An institution cannot hang from itself or from one of its own units."""

    code = "directory.move-refused"
    status = 422
    message = _l("Una institución no puede depender de sí misma ni de una de sus áreas.")


class TooDeep(DomainError):
    """The tree has a limit of levels, so that a path fits its column."""

    code = "directory.too-deep"
    status = 422
    message = _l("El árbol admite hasta 10 niveles. Elija una institución superior más arriba.")


class InstitutionClosed(DomainError):
    """A closed institution takes no new people and no new units."""

    code = "directory.institution-closed"
    status = 422
    message = _l("Esa institución está dada de baja. Elija otra o reactívela.")


class InstitutionIsGroup(InstitutionClosed):
    """A group is a name for several bodies; people work in one of these."""

    code = "directory.institution-is-group"
    message = _l("Es un grupo de instituciones: elija una de sus integrantes.")


class GroupHasPeople(DomainError):
    """People work right at an institution that would become a group."""

    code = "directory.group-has-people"
    status = 422
    message = _l("Tiene personas adscritas. Un grupo no: páselas antes a sus integrantes.")


class AffiliationOverlaps(DomainError):
    """The person already worked somewhere on that day."""

    code = "directory.affiliation-overlaps"
    status = 422
    message = _l("En esa fecha la persona ya tenía otra adscripción. Elija una fecha posterior.")


class EndsBeforeStart(DomainError):
    """An affiliation cannot end before its first day."""

    code = "directory.ends-before-start"
    status = 422
    message = _l("La fecha de término no puede ser anterior a la de inicio.")


class NothingToUndo(DomainError):
    """There is no dated change to take back."""

    code = "directory.nothing-to-undo"
    status = 409
    message = _l("No hay un cambio que deshacer.")


class ChangeInFuture(DomainError):
    """The directory says what is; a change that has not come yet waits for its day."""

    code = "directory.change-in-future"
    status = 422
    message = _l("Escriba una fecha que ya llegó: el directorio cambia el día en que cambia la institución.")


class ChangeBeforeAnother(DomainError):
    """A later change is written down already, or the institution did not exist yet."""

    code = "directory.change-before-another"
    status = 422
    message = _l("En esa fecha ya hay otro cambio anotado, o la institución no existía. Elija una posterior.")

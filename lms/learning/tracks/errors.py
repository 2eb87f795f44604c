"""Refusals about changes of sector."""

from lms.core.errors import DomainError
from lms.core.i18n import _l


class SameTrack(DomainError):
    """The person already studies this sector."""

    code = "tracks.same-track"
    status = 422
    message = _l("Ese es el sector que ya tiene. Elija otro.")


class TrackReasonNeeded(DomainError):
    """Whoever decides needs to know why."""

    code = "tracks.reason-needed"
    status = 422
    message = _l("Escriba por qué pide el cambio.")


class AlreadyAsked(DomainError):
    """A request waits for its answer."""

    code = "tracks.already-asked"
    status = 422
    message = _l("Ya hay una solicitud que espera respuesta.")


class NoteNeeded(DomainError):
    """A no needs a reason."""

    code = "tracks.note-needed"
    status = 422
    message = _l("Escriba por qué no procede el cambio.")


class AlreadyAnswered(DomainError):
    """Somebody else was faster."""

    code = "tracks.already-answered"
    message = _l("Esta solicitud ya se respondió.")

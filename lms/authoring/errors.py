"""Refusals about drafts."""

from uuid import UUID

from lms.core.errors import DomainError
from lms.core.i18n import _l


class BadPath(DomainError):
    """A new file cannot have this name."""

    code = "authoring.bad-path"
    status = 422
    message = _l(
        "Use minúsculas sin acentos, números y guiones, con su terminación: 03-entrevista/02-momento.md."
    )


class PathTaken(DomainError):
    """There is a file with this name."""

    code = "authoring.path-taken"
    status = 422
    message = _l("Ya hay un archivo con ese nombre. Escriba otro.")


class DraftExists(DomainError):
    """The course has an open draft already."""

    code = "authoring.draft-exists"
    message = _l("Ese curso ya tiene un borrador abierto.")

    def __init__(self, draft_id: UUID | None = None) -> None:
        """Keep which one it is."""
        super().__init__()
        self.draft_id = draft_id


class NoSource(DomainError):
    """The release was kept without its folder."""

    code = "authoring.no-source"
    message = _l("Esa versión se publicó sin guardar sus archivos: importe la carpeta del curso.")


class FileChanged(DomainError):
    """Somebody else saved the file since it was opened; nothing was written."""

    code = "authoring.file-changed"
    message = _l(
        "Otra persona guardó este archivo mientras usted escribía. No se perdió nada: elija qué queda."
    )


class NotText(DomainError):
    """The file is not one that is edited as text."""

    code = "authoring.not-text"
    status = 422
    message = _l("Este archivo no es un texto que se edite aquí: descárguelo o súbalo de nuevo.")


class TooLarge(DomainError):
    """The file or the draft would be larger than a course may be."""

    code = "authoring.too-large"
    status = 422
    message = _l("El archivo es demasiado grande para un curso: redúzcalo.")


class BadPicture(DomainError):
    """What was sent is not a picture that a course may show."""

    code = "authoring.bad-picture"
    status = 422
    message = _l("No es una imagen admitida: use svg, png o webp, sin código dentro.")


class KeptBySignatures(DomainError):
    """Signatures are written by the page where they are given."""

    code = "authoring.kept-by-signatures"
    status = 422
    message = _l("Las firmas se dan en «Firmar»: este archivo no se edita a mano.")


class HasErrors(DomainError):
    """A draft with errors cannot be reviewed or released."""

    code = "authoring.has-errors"
    message = _l("Corrija los errores del borrador antes de pedir su revisión.")


class NothingChanged(DomainError):
    """The draft is the newest release."""

    code = "authoring.nothing-changed"
    message = _l("El borrador es igual a la última versión: no hay nada que revisar ni publicar.")


class ReleasedBefore(DomainError):
    """The draft is an older release, which newer ones followed: the same bytes are not numbered twice."""

    code = "authoring.released-before"
    message = _l(
        "Estos archivos son los de una versión anterior, ya publicada. Para volver a ella, retire las más nuevas."
    )


class ReviewClosed(DomainError):
    """The review is not open any more."""

    code = "authoring.review-closed"
    message = _l("Esta revisión ya no está abierta.")


class DraftMoved(DomainError):
    """The draft changed after its review was asked for."""

    code = "authoring.draft-moved"
    message = _l("El borrador cambió después de pedir la revisión. Pida a sus autores que la pidan otra vez.")


class OwnReview(DomainError):
    """Whoever wrote what is under review, or asked for it, does not approve it."""

    code = "authoring.own-review"
    status = 403
    message = _l("Quien escribe o pide la revisión no la aprueba: la decide otra persona.")


class ReasonNeeded(DomainError):
    """Approving alone needs a reason in writing."""

    code = "authoring.reason-needed"
    status = 422
    message = _l("Escriba por qué aprueba sin otra persona (20 letras o más): queda en el registro.")


class NotApproved(DomainError):
    """The files of the draft are not those that somebody approved."""

    code = "authoring.not-approved"
    message = _l("Estos archivos no están aprobados: pida su revisión.")


class OldBase(DomainError):
    """Another release came out since the draft was opened."""

    code = "authoring.old-base"
    message = _l("Ya existe una versión más nueva que la que dio origen a este borrador.")


class NothingToSign(DomainError):
    """The item is gone, or does not ask for a signature any more."""

    code = "authoring.nothing-to-sign"
    message = _l("Ese texto ya no espera una firma, o cambió desde que usted lo leyó.")

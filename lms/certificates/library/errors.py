"""Refusals about designs."""

from lms.core.errors import DomainError
from lms.core.i18n import _l


class DesignUnfit(DomainError):
    """The uploaded file is no design that can be used; `problems` says everything that is to be mended."""

    code = "certificate-designs.unfit"
    status = 422
    message = _l("El diseño no se puede usar.")

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__()
        self.problems = problems


class DesignNameTaken(DomainError):
    """A design of the product or of a plugin has this name."""

    code = "certificate-designs.name-taken"
    status = 422
    message = _l("Ese nombre es de un diseño del producto o de un complemento. Elija otro.")


class VersionNotNew(DomainError):
    """A version of this design with the same or a higher number exists."""

    code = "certificate-designs.version-not-new"
    status = 422
    message = _l("Ya existe esa versión, o una posterior. Suba el número «version» de metadata.toml.")


class DesignInUse(DomainError):
    """A published version stays: documents say that they were drawn with it."""

    code = "certificate-designs.in-use"
    status = 422
    message = _l("Una versión publicada no se descarta: hay documentos que dicen haberse hecho con ella.")


class DesignLost(DomainError):
    """No design has this name, or its file is gone."""

    code = "certificate-designs.lost"
    status = 503
    message = _l("El diseño no está disponible. Avise a quien administra el sitio.")

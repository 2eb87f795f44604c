"""Refusals about courses."""

from collections.abc import Sequence

from lms.core.errors import DomainError
from lms.core.i18n import _l, n_
from lms.plugins.blocks import Diagnostic, Severity


class CourseInvalid(DomainError):
    """The folder does not compile; holds everything that its author has to correct."""

    code = "courses.course-invalid"
    status = 422
    message = _l("El curso no compila. Corrija los archivos y publíquelo de nuevo.")

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        """Keep all problems, errors and warnings."""
        super().__init__()
        self.diagnostics = tuple(diagnostics)

    def __str__(self) -> str:
        """Return the sentence with the number of errors."""
        count = sum(found.severity is Severity.ERROR for found in self.diagnostics)
        sentence = n_(
            "El curso tiene %(num)s error. Corríjalo y publíquelo de nuevo.",
            "El curso tiene %(num)s errores. Corríjalos y publíquelo de nuevo.",
            count,
        )
        return str(sentence)

"""Refusals about courses."""

from collections.abc import Mapping, Sequence
from typing import Final

from lms.core.errors import DomainError
from lms.core.i18n import _, _l, n_
from lms.core.text import Text
from lms.courses.changes import ChangeClass, PageChange
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


CLASSES: Final[dict[ChangeClass, Text]] = {
    ChangeClass.TYPO: _l("errata"),
    ChangeClass.CONTENT: _l("contenido"),
    ChangeClass.ASSESSMENT: _l("evaluación"),
}
"""What people call each class of change."""


class NamesLost(DomainError):
    """A release would take away pages or questions that people opened or answered, and nobody said so."""

    code = "courses.names-lost"
    status = 422
    message = _l("La versión quita páginas o preguntas de la anterior sin decirlo.")

    def __init__(self, names: Sequence[str]) -> None:
        """Keep the addresses of the pages and the ids of the questions."""
        super().__init__()
        self.names = tuple(names)

    def __str__(self) -> str:
        """Return the sentence with what would be lost."""
        sentence = n_(
            "Quien estudia perdería %(names)s: consérvela, o declare que se quita a propósito.",
            "Quien estudia perdería %(names)s: consérvelas, o declare que se quitan a propósito.",
            len(self.names),
            names=", ".join(f"«{name}»" for name in self.names),
        )
        return str(sentence)


class ClassContradicted(DomainError):
    """The declared class of change is lighter than what the difference shows."""

    code = "courses.class-contradicted"
    status = 422
    message = _l("La clase de cambio declarada no es la que muestran los archivos.")

    def __init__(self, declared: ChangeClass, proofs: Sequence[PageChange], paths: Mapping[str, str]) -> None:
        """Keep the changes that prove it, each with the file where it is; ``paths`` are by place."""
        super().__init__()
        self.declared = declared
        self.proofs = tuple((paths.get(each.place, each.place or "curso.yaml"), each) for each in proofs)

    def __str__(self) -> str:
        """Return the sentence with the first proof."""
        path, change = self.proofs[0]
        return str(
            _(
                "Declaró «%(declared)s», pero %(path)s muestra un cambio de «%(found)s»: %(reason)s",
                declared=CLASSES[self.declared],
                path=path,
                found=CLASSES[change.change_class],
                reason=change.reason,
            )
        )

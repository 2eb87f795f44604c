"""Forms to bring a course."""

from flask_wtf.file import FileField, FileRequired
from wtforms.validators import Length, Optional, Regexp

from lms.core.i18n import _l
from lms.courses.compiler.slugs import SLUG
from lms.web.forms import NO_CASES, BaseForm, TextField


class ArchiveForm(BaseForm):
    """The archive of a course."""

    file = FileField(
        _l("Archivo zip o paquete de git"),
        [FileRequired(_l("Elija un archivo."))],
        description=_l("La carpeta del curso, con su curso.yaml. Hasta 20 MB."),
    )


class NewArchiveForm(ArchiveForm):
    """The archive of a course that has no draft yet."""

    slug = TextField(
        _l("Dirección"),
        [
            Optional(),
            Length(max=80),
            Regexp(SLUG.pattern + "$", message=_l("Use minúsculas, números y guiones.")),
        ],
        description=_l("Vacía, se usa el nombre de la carpeta. %(no_cases)s", no_cases=NO_CASES),
    )

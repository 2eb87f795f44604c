"""Forms about files."""

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField

from lms.core.i18n import _l
from lms.web.forms import BaseForm


class UploadForm(BaseForm):
    """The file."""

    file = FileField(
        _l("Archivo CSV"),
        [FileRequired(_l("Elija un archivo."))],
        description=_l("Hasta 2 000 filas. La primera línea lleva los nombres de las columnas."),
    )


class ConfirmForm(BaseForm):
    """The word to save."""


class ConfirmPeopleForm(ConfirmForm):
    """The word to save people."""

    invite = BooleanField(_l("Enviar la invitación por correo a las personas nuevas"), default=True)

"""Forms about designs."""

from flask_wtf.file import FileField, FileRequired
from wtforms.validators import DataRequired, Regexp

from lms.core.i18n import _l
from lms.web.forms import BaseForm, TextField


class UploadForm(BaseForm):
    """A design as a ZIP."""

    name = TextField(
        _l("Nombre"),
        [
            DataRequired(_l("Escriba el nombre.")),
            Regexp(r"^[a-z][a-z0-9-]{1,40}$", message=_l("De 2 a 41 letras minúsculas, números o guiones.")),
        ],
        description=_l("El mismo en todas sus versiones, por ejemplo institucional."),
    )
    file = FileField(
        _l("Archivo ZIP"),
        [FileRequired(_l("Elija el archivo."))],
        description=_l(
            "La carpeta del diseño: template.html, theme.css, metadata.toml, letras e imágenes. Hasta 5 MB."
        ),
    )

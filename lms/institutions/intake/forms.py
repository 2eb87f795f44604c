"""Forms about files."""

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField

from lms.core.i18n import _l
from lms.institutions.intake.rules import Wishes
from lms.web.forms import BaseForm


class UploadForm(BaseForm):
    """The file."""

    file = FileField(
        _l("Archivo CSV o Excel"),
        [FileRequired(_l("Elija un archivo."))],
        description=_l("CSV o XLSX. La primera línea lleva los nombres de las columnas."),
    )


class ConfirmForm(BaseForm):
    """The word to save."""

    @property
    def wishes(self) -> Wishes:
        """Return what was asked for: nothing besides."""
        return Wishes()


class ConfirmPeopleForm(ConfirmForm):
    """The word to save people."""

    invite = BooleanField(_l("Enviar la invitación por correo a las personas nuevas"), default=True)
    adds_possible = BooleanField(
        _l("Agregar también las filas que podrían ser personas ya registradas"),
        description=_l("Quedan en la lista de posibles duplicados. Sin marcarla, se dejan fuera."),
    )

    @property
    def wishes(self) -> Wishes:
        """Return what was asked for."""
        return Wishes(invites=bool(self.invite.data), adds_possible=bool(self.adds_possible.data))

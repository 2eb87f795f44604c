"""The forms of reports of calls."""

from collections.abc import Mapping, Sequence
from typing import Final

from flask_wtf.file import FileField, FileRequired
from wtforms import EmailField, SearchField
from wtforms.validators import DataRequired, Length, Optional, Regexp

from lms.attendance.meeting_reports.tables import Field
from lms.core.i18n import _, _l
from lms.core.text import Text
from lms.web.forms import BaseForm, ChoiceField, TextField, strip

NAMEABLE: Final = (
    Field.NAME,
    Field.FIRST_NAME,
    Field.LAST_NAME,
    Field.EMAIL,
    Field.JOINED,
    Field.LEFT,
    Field.DURATION,
)
"""What somebody can say that a column tells."""


class ReportForm(BaseForm):
    """The file."""

    file = FileField(
        _l("Reporte de participantes"),
        [FileRequired(_l("Elija un archivo."))],
        description=_l(
            "CSV o libro de Excel, como lo descarga Zoom, Microsoft Teams, Google Meet u otro programa."
        ),
    )


class WordForm(BaseForm):
    """A button."""


class ColumnsForm(BaseForm):
    """Which column of an unknown report tells what."""

    name = ChoiceField(_l("Nombre completo"))
    first_name = ChoiceField(_l("Nombres"))
    last_name = ChoiceField(_l("Apellidos"))
    email = ChoiceField(_l("Correo"))
    joined = ChoiceField(_l("Hora de entrada"))
    left = ChoiceField(_l("Hora de salida"))
    duration = ChoiceField(_l("Duración"), description=_l("En minutos, o escrita como 1:02:03 o 1 h 2 min."))

    def fill(self, heading: Sequence[str]) -> None:
        """Offer the columns of the file."""
        columns = [(str(at), cell) for at, cell in enumerate(heading) if cell]
        for each in self._fields_of().values():
            each.fill(columns, empty=_("Ninguna"))

    @property
    def columns(self) -> Mapping[Field, int]:
        """Return the position of each column that was named."""
        return {name: int(each.data) for name, each in self._fields_of().items() if each.data}

    def _fields_of(self) -> Mapping[Field, ChoiceField]:
        return {name: self[name.value.replace("-", "_")] for name in NAMEABLE}


class SearchForm(BaseForm):
    """Whom to look for."""

    class Meta(BaseForm.Meta):
        """A search changes nothing and needs no token."""

        csrf = False

    q = SearchField(_l("Nombre de la persona"))


class WalkInForm(BaseForm):
    """Somebody who was in the call and is on no list."""

    name = TextField(
        _l("Nombre y apellidos"),
        [DataRequired(_l("Escriba el nombre.")), Length(max=200)],
    )
    institution = ChoiceField(_l("Institución"), [DataRequired(_l("Elija la institución."))])
    email = EmailField(
        _l("Correo"),
        [
            Optional(),
            Regexp(r"^[^@\s]+@[^@\s]+\.[^@\s]+$", message=_l("Escriba un correo con arroba.")),
            Length(max=254),
        ],
        filters=[strip],
    )

    def offer(self, places: Sequence[tuple[str, Text]]) -> None:
        """Offer the institutions."""
        self.institution.fill(places, empty=_("Elija una"))

"""Forms to bring and to take questions."""

from typing import Final

from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import Length, Optional, Regexp

from lms.assessments.exchange.formats import Format
from lms.core.i18n import _l
from lms.courses.compiler.slugs import SLUG
from lms.web.forms import BaseForm, ChoiceField, TextField

NAMES: Final = {
    Format.GIFT: _l("GIFT, de Moodle"),
    Format.AIKEN: _l("Aiken"),
    Format.CSV: _l("CSV, de una hoja de cálculo"),
    Format.MOODLE: _l("XML de Moodle, con imágenes"),
    Format.QTI_2: _l("QTI 2.1 o 2.2"),
    Format.QTI_3: _l("QTI 3.0"),
}
"""The formats as people call them."""
GUESS: Final = ""


class FileForm(BaseForm):
    """A file of questions."""

    file = FileField(
        _l("Archivo de preguntas"),
        [FileRequired(_l("Elija un archivo."))],
        description=_l("Hasta 20 MB. Antes de que algo entre, verá qué trae y qué no."),
    )
    form = RadioField(
        _l("Formato"),
        choices=[
            SelectChoice(GUESS, _l("Que se reconozca solo")),
            *(SelectChoice(form.value, name) for form, name in NAMES.items()),
        ],
        default=GUESS,
    )


class TargetForm(BaseForm):
    """The bank into which questions go."""

    bank = ChoiceField(
        _l("Banco"), [Optional()], description=_l("Las preguntas se agregan al final del archivo.")
    )
    name = TextField(
        _l("Nombre del banco nuevo"),
        [
            Optional(),
            Length(max=60),
            Regexp(SLUG.pattern + "$", message=_l("Use minúsculas sin tilde, cifras y guiones.")),
        ],
        description=_l("Por ejemplo, senales: el archivo será bancos/senales.md."),
    )

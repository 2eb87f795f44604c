"""The forms of sheets on paper."""

from typing import cast

from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import Length

from lms.core.i18n import _l
from lms.web.forms import BaseForm, one_line

SIGNED, UNSIGNED = "signed", "unsigned"


class RowsForm(BaseForm):
    """Which rows were signed, as fast as they are typed; it only fills the list below it."""

    class Meta(BaseForm.Meta):
        """It changes nothing and needs no token."""

        csrf = False

    rows = StringField(
        _l("Filas"),
        [Length(max=600)],
        filters=[one_line],
        description=_l("Números o rangos, con o sin su letra: «1-14, 17» o «3K 8Q». Vacío: ninguna."),
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )
    say = RadioField(
        _l("Estas filas"),
        choices=[
            SelectChoice(UNSIGNED, cast("str", _l("no tienen firma; todas las demás sí"))),
            SelectChoice(SIGNED, cast("str", _l("tienen firma; las demás no"))),
        ],
        default=UNSIGNED,
        validate_choice=False,
    )


class SignedForm(BaseForm):
    """Carries the token of the list."""


class ScanForm(BaseForm):
    """A picture of the signed sheet."""

    scan = FileField(
        _l("Hoja firmada"),
        [FileRequired(_l("Elija el archivo."))],
        description=_l(
            "PDF o foto en JPG o PNG. La ve solo quien lleva la lista, y se borra un año después de la sesión."
        ),
    )

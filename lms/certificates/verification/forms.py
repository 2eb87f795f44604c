"""The forms of the public pages."""

from typing import IO

from flask_wtf.file import FileField, FileRequired
from wtforms.validators import DataRequired, Length

from lms.certificates.verification.rules import LONGEST
from lms.core.i18n import _l
from lms.web.forms import BaseForm, TextField


class SearchForm(BaseForm):
    """The code beside the QR, or the folio."""

    code = TextField(
        _l("Código o folio"),
        [
            DataRequired(_l("Escriba el código que está junto al QR, o el folio.")),
            Length(max=LONGEST, message=_l("Es demasiado largo para ser un código o un folio.")),
        ],
        description=_l("El código está junto al QR, por ejemplo RT7K-4M2Q-9D. También sirve el folio."),
    )


class CheckFileForm(BaseForm):
    """A file to compare with those that were issued."""

    file = FileField(
        _l("Archivo PDF, o insignia en JSON"),
        [FileRequired(_l("Elija el archivo que quiere comprobar."))],
        description=_l("Hasta 5 MB. Se compara y se descarta: no se guarda."),
    )

    @property
    def sent(self) -> IO[bytes]:
        """Return the file that came."""
        stream: IO[bytes] = self.file.data.stream
        return stream

"""The form of the public page."""

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

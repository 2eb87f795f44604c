"""The form with which a pattern is put aside."""

from wtforms.validators import Length

from lms.core.i18n import _l
from lms.web.forms import NO_CASES, BaseForm, TextField


class NoteForm(BaseForm):
    """What somebody makes of a pattern."""

    note = TextField(_l("Nota"), [Length(max=250)], description=NO_CASES)

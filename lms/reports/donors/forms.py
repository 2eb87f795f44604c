"""Forms about the links of donors."""

from datetime import date, timedelta
from typing import Final

from wtforms import DateField
from wtforms.validators import DataRequired, InputRequired, Length

from lms.core.i18n import _, _l
from lms.web.forms import BaseForm, TextField

USUAL_DAYS: Final = 90
MOST_DAYS: Final = 366


class ShareForm(BaseForm):
    """For whom a link is, and until when."""

    reader = TextField(
        _l("Para qué organismo"),
        [DataRequired(_l("Escriba a qué organismo se lo dará.")), Length(max=160)],
        description=_l("El nombre del organismo, no de una persona. Así se sabe después cuál cerrar."),
    )
    last_day = DateField(
        _l("Abre hasta el día"),
        [InputRequired(_l("Elija el último día."))],
        description=_l("Como mucho un año. Se puede cerrar antes."),
    )

    def is_good(self, today: date) -> bool:
        """Say whether it can be used on a day, and put what is wrong beside its field."""
        if not self.validate_on_submit():
            return False
        last = self.last_day.data
        if last is None or not today <= last <= today + timedelta(days=MOST_DAYS):
            self.refuse("last_day", _("Elija un día entre hoy y dentro de un año."))
            return False
        return True

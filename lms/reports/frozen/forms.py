"""Forms about quarterly reports."""

from wtforms import BooleanField, IntegerField, TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange, Optional, Regexp

from lms.core.i18n import _l
from lms.reports.frozen.rules import MOST_DAYS
from lms.web.forms import NO_CASES, BaseForm, TextField, strip

MOST_WORDS = 4000
ADDRESS = Regexp(
    r"[^@\s]+@[^@\s]+\.[^@\s]+$", message=_l("Escriba un correo completo, como nombre@example.org.")
)


class WordsForm(BaseForm):
    """What the commission writes beside the figures."""

    introduction = TextAreaField(
        _l("Presentación"), [Optional(), Length(max=MOST_WORDS)], filters=[strip], description=NO_CASES
    )
    remarks = TextAreaField(
        _l("Observaciones"), [Optional(), Length(max=MOST_WORDS)], filters=[strip], description=NO_CASES
    )


class ApproveForm(BaseForm):
    """Whether a version goes out as soon as its files are made."""

    sends_itself = BooleanField(_l("Enviarlo a las destinatarias en cuanto esté listo"))


class ReasonForm(BaseForm):
    """Why a report is corrected."""

    reason = TextField(
        _l("Por qué se corrige"),
        [DataRequired(_l("Escriba por qué se corrige.")), Length(max=500)],
        description=NO_CASES,
    )


class ScheduleForm(BaseForm):
    """When the report of a quarter is prepared."""

    days_after = IntegerField(
        _l("Días después de cada trimestre"),
        [Optional(), NumberRange(1, MOST_DAYS, _l("Escriba un número de 1 a 60."))],
        description=_l("Vacío: nadie lo prepara y se pide a mano."),
    )
    sends_itself = BooleanField(_l("Aprobarlo y enviarlo sin que nadie lo revise"))


class RecipientForm(BaseForm):
    """Somebody who gets the reports."""

    address = TextField(
        _l("Correo"),
        [DataRequired(_l("Escriba el correo.")), Length(max=254), ADDRESS],
        description=_l("Si es de una persona con cuenta, también lo verá en su lista de informes."),
    )
    is_approver = BooleanField(_l("Avisarle cuando haya un borrador por aprobar"))


class OpenForm(BaseForm):
    """Whether the figures of the latest report are public."""

    is_open = BooleanField(_l("Publicar las cifras del último informe emitido"))
    licence = TextAreaField(_l("Condiciones de uso"), [Optional(), Length(max=500)], filters=[strip])

"""Forms about series and the days that they skip."""

from datetime import date
from typing import cast

from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectMultipleField,
    SubmitField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from lms.attendance.forms import MeetingForm
from lms.attendance.series.rules import MOST, Pattern, Reach, Rhythm, read_day
from lms.core.i18n import _, _l
from lms.core.text import Text
from lms.web.forms import NO_CASES, BaseForm, TextField

RHYTHMS: dict[Rhythm, Text] = {
    Rhythm.WEEKLY: _l("Cada semana, los días que elija"),
    Rhythm.DAILY: _l("Días seguidos"),
    Rhythm.LISTED: _l("En fechas sueltas"),
}
REACHES: dict[Reach, Text] = {
    Reach.FOLLOWING: _l("Esta y las siguientes"),
    Reach.ALL: _l("Todas las que aún no empiezan"),
}
WEEKDAYS: tuple[Text, ...] = (
    _l("lunes"),
    _l("martes"),
    _l("miércoles"),
    _l("jueves"),
    _l("viernes"),
    _l("sábado"),
    _l("domingo"),
)


class SeriesForm(MeetingForm):
    """What whoever keeps the register says about many meetings at once."""

    title = TextField(
        _l("Título"),
        [DataRequired(_l("Escriba un título.")), Length(max=190)],
        description=_l(
            "El signo # se cambia por el número de cada sesión: «Sesión #». "
            "No escriba aquí datos de casos ni de personas reales."
        ),
    )
    rhythm = RadioField(
        _l("Cómo se repite"),
        [InputRequired(_l("Elija cómo se repite."))],
        choices=[SelectChoice(each.value, cast("str", label)) for each, label in RHYTHMS.items()],
        default=Rhythm.WEEKLY.value,
    )
    day = DateField(_l("Primer día"), [Optional()])
    weekdays = SelectMultipleField(
        _l("Días de la semana"),
        [Optional()],
        choices=[SelectChoice(str(n), cast("str", label)) for n, label in enumerate(WEEKDAYS)],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    count = IntegerField(
        _l("Cuántas sesiones"),
        [Optional(), NumberRange(1, MOST, _l("Escriba un número de 1 a 100."))],
    )
    until = DateField(
        _l("O hasta el día"),
        [Optional()],
        description=_l("Basta con uno de los dos; si llena ambos, lo primero."),
    )
    listed = TextAreaField(
        _l("Fechas"),
        [Optional(), Length(max=4000)],
        description=_l("Para fechas sueltas: una por línea, como 27/11/2026."),
    )
    skips_holidays = BooleanField(_l("Saltar los días inhábiles del programa"), default=True)
    seen = HiddenField()
    """The days that the page showed, so that nobody confirms others."""
    plan = SubmitField(_l("Programar"))

    def pattern(self) -> Pattern | None:
        """Return what was asked for, once the fields are valid; None with what is missing beside its field."""
        rhythm, first = Rhythm(self.rhythm.data), self.day.data
        listed = self._listed() if rhythm is Rhythm.LISTED else ()
        if rhythm is not Rhythm.LISTED:
            self._check_repeated(rhythm)
        if self.errors or listed is None:
            return None
        return Pattern(
            rhythm=rhythm,
            first=first or min(listed),
            weekdays=frozenset(int(each) for each in self.weekdays.data or ()),
            count=self.count.data if rhythm is not Rhythm.LISTED else None,
            until=self.until.data,
            listed=listed,
        )

    def _check_repeated(self, rhythm: Rhythm) -> None:
        if not self.day.data:
            self.refuse("day", _("Elija el día."))
        if rhythm is Rhythm.WEEKLY and not self.weekdays.data:
            self.refuse("weekdays", _("Elija al menos un día de la semana."))
        if not self.count.data and not self.until.data:
            self.refuse("count", _("Escriba cuántas sesiones son o hasta qué día."))

    def _listed(self) -> tuple[date, ...] | None:
        lines = [line for line in str(self.listed.data or "").replace(",", "\n").splitlines() if line.strip()]
        days = [read_day(line) for line in lines]
        if not days:
            self.refuse("listed", _("Escriba al menos una fecha."))
            return None
        if None in days:
            self.refuse("listed", _("No es una fecha: %(text)s", text=lines[days.index(None)].strip()[:40]))
            return None
        return tuple(day for day in days if day)


class SeriesChangeForm(MeetingForm):
    """What changes in several meetings of a series."""

    reach = RadioField(
        _l("Qué sesiones cambian"),
        [InputRequired(_l("Elija cuáles."))],
        choices=[SelectChoice(each.value, cast("str", label)) for each, label in REACHES.items()],
        default=Reach.FOLLOWING.value,
    )
    seen = HiddenField()
    save = SubmitField(_l("Cambiar"))


class SeriesCancelForm(BaseForm):
    """Which meetings of a series do not take place."""

    reach = RadioField(
        _l("Qué sesiones se cancelan"),
        [InputRequired(_l("Elija cuáles."))],
        choices=[SelectChoice(each.value, cast("str", label)) for each, label in REACHES.items()],
        default=Reach.FOLLOWING.value,
    )
    seen = HiddenField()
    save = SubmitField(_l("Cancelar las sesiones"))


class HolidayForm(BaseForm):
    """One day on which nobody works."""

    day = DateField(_l("Día"), [InputRequired(_l("Elija el día."))])
    name = TextField(
        _l("Motivo"), [DataRequired(_l("Escriba el motivo.")), Length(max=120)], description=NO_CASES
    )


class HolidayFileForm(BaseForm):
    """Many of them."""

    file = FileField(
        _l("Archivo CSV o Excel"),
        description=_l("Dos columnas, con estos títulos: fecha y motivo."),
    )

"""Forms about meetings, codes and the roll."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, time
from fractions import Fraction
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

from wtforms import BooleanField, DateField, HiddenField, IntegerField, SubmitField, TimeField
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    Regexp,
    ValidationError,
)

from lms.attendance.agenda import Calendar, months_of
from lms.attendance.codes import LENGTH
from lms.attendance.models import AttendanceState
from lms.attendance.queries import LocalMeeting
from lms.attendance.rules import FIXED, LETTERS, Mark, PlaceKind, is_joinable, read_fraction
from lms.attendance.states import Asked, StateValues
from lms.attendance.words import LABELS, PLACES
from lms.core.i18n import _, _l, current_language
from lms.core.ids import normalise_code
from lms.core.storage import digest_of
from lms.web import formats
from lms.web.forms import NO_CASES, BaseForm, ChoiceField, TextField

MINUTES = NumberRange(0, 240, _l("Escriba minutos, de 0 a 240."))
LONGEST_NOTE = 250


class MeetingForm(BaseForm):
    """What whoever keeps the register says about a meeting, on the clocks of the place."""

    title = TextField(
        _l("Título"), [DataRequired(_l("Escriba un título.")), Length(max=200)], description=NO_CASES
    )
    day = DateField(_l("Día"), [InputRequired(_l("Elija el día."))])
    starts = TimeField(_l("Empieza a las"), [InputRequired(_l("Escriba la hora de inicio."))])
    ends = TimeField(
        _l("Termina a las"),
        [InputRequired(_l("Escriba la hora de término."))],
        description=_l("Si es antes que la de inicio, termina al día siguiente."),
    )
    timezone = TextField(
        _l("Zona horaria del lugar"),
        [DataRequired(_l("Escriba la zona horaria."))],
        description=_l(
            "Por ejemplo America/Cancun o America/Lima. Las horas de arriba son las de ese lugar."
        ),
    )
    place = ChoiceField(_l("Cómo se asiste"))
    venue = TextField(
        _l("Lugar"),
        [Length(max=250)],
        description=_l("Con edificio y dirección. Una sesión en línea no tiene."),
    )
    room = TextField(_l("Sala"), [Length(max=120)])
    link = TextField(
        _l("Enlace para entrar"),
        [Optional(), Length(max=500)],
        description=_l(
            "De una sesión en línea o mixta, con https://. Lo ven quienes participan y quienes llevan el registro."
        ),
    )
    facilitator = TextField(_l("Quien facilita"), [Length(max=160)])
    opens_minutes_before = IntegerField(
        _l("El registro abre, minutos antes"), [InputRequired(_l("Escriba un número.")), MINUTES], default=30
    )
    late_after_minutes = IntegerField(
        _l("Cuenta como tarde, minutos después"),
        [InputRequired(_l("Escriba un número.")), MINUTES],
        default=15,
    )
    records_exit = BooleanField(
        _l("Se registra la salida"),
        description=_l("Quien se retira antes escanea otra vez el código; quien se queda no hace nada."),
    )
    is_mandatory = BooleanField(
        _l("Obligatoria"),
        description=_l("Sin ella no hay constancia, sea cual sea la asistencia a las demás."),
    )

    minimum_share = TextField(
        _l("Permanencia mínima"),
        [Optional()],
        description=_l("Parte de la sesión que hay que estar: 3/4, 0.5 u 80 %. Después ya no cambia."),
    )

    def validate_minimum_share(self, field: TextField) -> None:
        """Accept only fractions of one."""
        if read_fraction(str(field.data)) is None:
            raise ValidationError(_l("Escriba una fracción entre 0 y 1, como 1/2, 0.5 o 50 %."))

    def share(self) -> Fraction | None:
        """Return the part of the meeting that one must stay, once the form is valid; None for the programme's."""
        return read_fraction(str(self.minimum_share.data or ""))

    def validate_link(self, field: TextField) -> None:
        """Accept only addresses that a browser opens safely."""
        if not is_joinable(str(field.data)):
            raise ValidationError(_l("Escriba la dirección completa, con https:// y sin espacios."))

    def validate_timezone(self, field: TextField) -> None:
        """Accept only zones that the system knows."""
        if field.data not in available_timezones():
            raise ValidationError(_l("No es una zona horaria conocida. Por ejemplo: America/Cancun."))

    def fill(self) -> None:
        """Set the choices."""
        self.place.fill((kind.value, PLACES[kind]) for kind in PlaceKind)

    def wall_times(self) -> tuple[date, time, time]:
        """Return day, start and end as they were typed, once the form is valid."""
        return cast("date", self.day.data), cast("time", self.starts.data), cast("time", self.ends.data)

    def show(self, local: LocalMeeting) -> None:
        """Put a meeting into the form, as its place's clocks show it."""
        zone: ZoneInfo = local.zone
        starts, ends = (
            moment.astimezone(zone) for moment in (local.meeting.starts_at, local.meeting.ends_at)
        )
        self.process(obj=local.meeting, day=starts.date(), starts=starts.time(), ends=ends.time())
        self.place.data = local.meeting.place.value


FRACTION = _l("Escriba una fracción entre 0 y 1, como 1/2, 0.5 o 50 %.")
LETTER = Regexp(r"^[A-Za-z]?$", message=_l("Escriba una sola letra, de la A a la Z."))


class StatesForm(BaseForm):
    """A programme's states; ``states_form`` adds three fields for each."""

    since = DateField(
        _l("Los valores nuevos cuentan desde"),
        [Optional()],
        description=_l(
            "Primer día de las sesiones en que valen. Vacío: en todas, también las que ya fueron."
        ),
    )
    minimum_share = TextField(
        _l("Permanencia mínima"),
        [DataRequired(_l("Escriba una fracción."))],
        description=_l(
            "Parte de la sesión que hay que estar para no quedar como «se retiró antes». "
            "Vale para las sesiones que se programen desde ahora."
        ),
    )
    attendance_share = TextField(
        _l("Asistencia mínima del programa"),
        [DataRequired(_l("Escriba una fracción."))],
        description=_l("Parte de todas las sesiones programadas que se pide para completar el curso."),
    )
    seen = HiddenField()
    """Digest of the values whose effect was shown."""
    save = SubmitField(_l("Guardar"))

    def show(self, states: Sequence[AttendanceState], minimum_share: Fraction, share: float) -> None:
        """Put what holds now into the form."""
        self.minimum_share.data, self.attendance_share.data = str(minimum_share), str(share)
        for number, state in enumerate(states):
            self[f"label_{number}"].data = state.label
            self[f"credit_{number}"].data = str(state.credit)
            self[f"letter_{number}"].data = state.key

    def validate(self, extra_validators: Any = None) -> bool:
        """Accept only fractions of one, as 1/2, 0.5 or 50 %."""
        is_valid = bool(super().validate(extra_validators))
        for field in self:
            is_share = field.name.endswith("_share") or field.name.startswith("credit_")
            if is_share and read_fraction(str(field.data or "")) is None:
                self.refuse(field.name, FRACTION)
                is_valid = False
        return is_valid

    def asked(self) -> Asked:
        """Return what the programme is to ask for, once the form is valid."""
        minimum, share = (
            read_fraction(str(self[name].data)) for name in ("minimum_share", "attendance_share")
        )
        return Asked(minimum_share=minimum or Fraction(0), attendance_share=share, since=self.since.data)

    def values(self, states: Sequence[AttendanceState]) -> dict[str, StateValues]:
        """Return what was typed by code of the state, once the form is valid."""
        return {
            state.code: StateValues(
                label=str(self[f"label_{number}"].data or ""),
                credit=read_fraction(str(self[f"credit_{number}"].data)) or Fraction(0),
                letter=_own_letter(state, str(self[f"letter_{number}"].data or "")),
            )
            for number, state in enumerate(states)
        }

    def digest(self, states: Sequence[AttendanceState]) -> str:
        """Return what tells these values from others, once the form is valid."""
        return digest_of(repr((self.values(states), self.asked())).encode())

    def is_seen(self, states: Sequence[AttendanceState]) -> bool:
        """Say whether the effect of exactly these values was shown."""
        return bool(self.save.data) and self.seen.data == self.digest(states)


def _own_letter(state: AttendanceState, typed: str) -> str:
    """Return the key that somebody gave a state; empty for the usual one."""
    letter = typed.upper()
    return "" if state.is_default and letter == LETTERS[state.role] else letter


def states_form(states: Sequence[AttendanceState]) -> StatesForm:
    """Return a form with the words, the worth and the key of each state."""
    fields: dict[str, Any] = {}
    for number, state in enumerate(states):
        fields[f"label_{number}"] = TextField(
            _l("Nombre"),
            [Length(max=80)]
            if state.is_default
            else [DataRequired(_l("Escriba el nombre.")), Length(max=80)],
            description=_l("Vacío: el de siempre, en el idioma de cada persona.") if state.is_default else "",
        )
        fixed = {"readonly": True} if state.role in FIXED else {}
        fields[f"credit_{number}"] = TextField(
            _l("Cuenta como"), render_kw=fixed, description=_l("Parte de una sesión: 1/2, 0.5 o 50 %.")
        )
        fields[f"letter_{number}"] = TextField(
            _l("Letra"),
            [LETTER],
            render_kw={"maxlength": 1},
            description=_l("Para pasar lista con el teclado."),
        )
    return cast("StatesForm", type("ProgrammeStatesForm", (StatesForm,), fields)())


class NewStateForm(BaseForm):
    """One more way to have attended."""

    label = TextField(_l("Nombre"), [DataRequired(_l("Escriba el nombre.")), Length(max=80)])
    role = ChoiceField(
        _l("Hace las veces de"),
        [DataRequired(_l("Elija una."))],
        description=_l(
            "De esto depende si la persona estuvo, si suma horas y si cumple una sesión obligatoria."
        ),
    )
    credit = TextField(
        _l("Cuenta como"),
        [DataRequired(_l("Escriba una fracción."))],
        description=_l(
            "Parte de una sesión: 1/2, 0.5 o 50 %. «Presente» siempre vale una y «Ausente» ninguna."
        ),
    )
    letter = TextField(
        _l("Letra"),
        [LETTER],
        render_kw={"maxlength": 1},
        description=_l("Para pasar lista con el teclado y reconocerlo en la tabla."),
    )

    def fill(self) -> None:
        """Offer the marks whose part a state may play."""
        self.role.fill(((mark.value, LABELS[mark]) for mark in Mark), empty=_("Elija"))

    def validate_credit(self, field: TextField) -> None:
        """Accept only fractions of one."""
        if read_fraction(str(field.data)) is None:
            raise ValidationError(FRACTION)

    @property
    def values(self) -> StateValues:
        """Return what was typed, once the form is valid."""
        credit = read_fraction(str(self.credit.data)) or Fraction(0)
        return StateValues(label=str(self.label.data), credit=credit, letter=str(self.letter.data or ""))


class JudgementForm(BaseForm):
    """What whoever keeps the register makes of something odd."""

    note = TextField(_l("Qué revisó"), [Length(max=LONGEST_NOTE)], description=NO_CASES)


class CodeForm(BaseForm):
    """The code on the screen of the room."""

    code = TextField(
        _l("Código de 6 caracteres"),
        [DataRequired(_l("Escriba el código que está en la pantalla."))],
        description=_l("Por ejemplo, K7M 4PD. No usa las letras I, L ni O, ni los números 0 y 1."),
    )

    @property
    def typed(self) -> str:
        """Return the code without spaces, in capitals, and no longer than a code is."""
        return normalise_code(str(self.code.data or ""))[: LENGTH + 1]


class AgendaFilter(BaseForm):
    """What narrows the list of meetings; it travels in the address."""

    class Meta(BaseForm.Meta):
        csrf = False

    cohort = ChoiceField(_l("Cohorte"))
    month = ChoiceField(_l("Mes"))

    cohort_id: UUID | None = None
    """The cohort chosen; what is not offered is left out."""
    first_day: date | None = None
    """First day of the month chosen; what is not offered is left out."""

    def fill(self, calendars: Sequence[Calendar]) -> None:
        """Offer the cohorts that have meetings and the months from the first meeting to the last."""
        months = {f"{each:%Y-%m}": each for each in months_of(calendars)}
        cohorts = {str(each.cohort_id): each for each in calendars}
        self.cohort.fill(((key, each.name) for key, each in cohorts.items()), empty=_("Todas las cohortes"))
        self.month.fill(
            ((key, _month(each)) for key, each in months.items()), empty=_("Recientes y próximas")
        )
        chosen = cohorts.get(self.cohort.data or "")
        self.cohort_id = chosen.cohort_id if chosen else None
        self.first_day = months.get(self.month.data or "")


def _month(day: date) -> str:
    """Return the month as an option shows it: Noviembre de 2026."""
    shown = formats.month(day, language=current_language(), timezone=UTC)
    return shown[:1].upper() + shown[1:]


class RollForm(BaseForm):
    """The whole roll; its rows are read by ``read_roll``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentMark:
    """What the roll call page says about one person."""

    code: str
    """Code of the state."""
    mark: Mark
    """Whose part it plays."""
    note: str
    seen: str | None
    """Code of the state that the page showed."""


def read_roll(
    sent: Mapping[str, Any], enrolment_ids: Iterable[UUID], roles: Mapping[str, Mark]
) -> dict[UUID, SentMark]:
    """Return the states that were chosen, by enrolment; whoever has none chosen is left out.

    ``roles`` says whose part each state plays. Only a justified absence carries a note.
    """
    found = {}
    for key in enrolment_ids:
        code, seen = str(sent.get(f"mark-{key}", "")), str(sent.get(f"seen-{key}", ""))
        mark = roles.get(code)
        if mark is not None:
            note = str(sent.get(f"note-{key}", "")).strip()[:LONGEST_NOTE] if mark is Mark.EXCUSED else ""
            found[key] = SentMark(code=code, mark=mark, note=note, seen=seen if seen in roles else None)
    return found

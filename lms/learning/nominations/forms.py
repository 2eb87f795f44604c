"""Forms about calls, quotas and nominations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from wtforms import BooleanField, DateField, EmailField, IntegerField, SearchField, TextAreaField, TimeField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from lms.core.actors import Actor
from lms.core.i18n import _, _l
from lms.institutions.directory.queries import institution_options
from lms.institutions.people.forms import EMAIL
from lms.institutions.people.service import PersonValues
from lms.learning.nominations.models import NominationCall
from lms.learning.nominations.permissions import NominationPermission
from lms.learning.nominations.queries import NominationFilter, QuotaRow
from lms.learning.nominations.rules import NominationState, Phase, Window
from lms.learning.nominations.words import PHASES, STATES
from lms.web.forms import NO_CASES, BaseForm, ChoiceField, TextField, strip

DAY, HOUR = InputRequired(_l("Elija el día.")), InputRequired(_l("Escriba la hora."))
PLACES = NumberRange(0, 10_000, _l("Escriba un número entre 0 y 10 000."))


class CallForm(BaseForm):
    """The dates of a call, on the programme's clocks, and what the institutions should know."""

    opens_day = DateField(_l("Abre el día"), [DAY])
    opens_hour = TimeField(_l("A las"), [HOUR], default=time(8))
    closes_day = DateField(_l("Cierra el día"), [DAY])
    closes_hour = TimeField(_l("A las"), [HOUR], default=time(18))
    substitutes_day = DateField(_l("Sustituciones hasta el día"), [DAY])
    substitutes_hour = TimeField(_l("A las"), [HOUR], default=time(18))
    instructions = TextAreaField(
        _l("Instrucciones para las instituciones"), [Optional(), Length(max=4000)], description=NO_CASES
    )

    def show(self, call: NominationCall, zone: ZoneInfo) -> None:
        """Put a call into the form."""
        opens, closes, until = (
            each.astimezone(zone) for each in (call.opens_at, call.closes_at, call.substitutes_until)
        )
        self.process(
            opens_day=opens.date(), opens_hour=opens.time(),
            closes_day=closes.date(), closes_hour=closes.time(),
            substitutes_day=until.date(), substitutes_hour=until.time(),
            instructions=call.instructions,
        )  # fmt: skip

    def window(self, zone: ZoneInfo) -> Window:
        """Return the instants that were written, once the form is valid."""
        return Window(
            opens_at=_instant(self.opens_day.data, self.opens_hour.data, zone),
            closes_at=_instant(self.closes_day.data, self.closes_hour.data, zone),
            substitutes_until=_instant(self.substitutes_day.data, self.substitutes_hour.data, zone),
        )


class QuotaForm(BaseForm):
    """An institution with its places."""

    institution = ChoiceField(_l("Institución"), [DataRequired(_l("Elija una institución."))])
    places = IntegerField(_l("Lugares"), [InputRequired(_l("Escriba un número.")), NumberRange(1, 10_000)])

    def fill(self, actor: Actor, known: Sequence[QuotaRow]) -> None:
        """Offer the institutions of the programme that have no places of their own yet."""
        taken = {each.institution_id for each in known}
        options = institution_options(actor, NominationPermission.MANAGE)
        choices = ((str(each), label) for each, label in options if each not in taken)
        self.institution.fill(choices, empty=_("Elija una institución"))


class MembersForm(BaseForm):
    """The same places for every institution of the programme."""

    each = IntegerField(
        _l("Lugares para cada institución del programa"),
        [InputRequired(_l("Escriba un número.")), NumberRange(1, 10_000)],
        description=_l(
            "Para las que todavía no tienen cupo; las demás quedan como están. Una invitada permanente solo tiene "
            "lugares si se agregan para ella."
        ),
    )


def read_places(sent: Mapping[str, Any], rows: Sequence[QuotaRow]) -> dict[UUID, int]:
    """Return the places that were written beside each institution; what is no number is left as it is."""
    found = {}
    for row in rows:
        text = str(sent.get(f"places-{row.id}", "")).strip()
        if text.isdecimal() and len(text) < 6:
            found[row.institution_id] = int(text)
    return found


class NominationsForm(BaseForm):
    """What narrows a list of nominations; it travels in the address."""

    class Meta(BaseForm.Meta):
        csrf = False

    q = SearchField(_l("Buscar personas"))
    quota = ChoiceField(_l("Cupo"))
    state = ChoiceField(_l("Estado"))

    def fill(self, rows: Sequence[QuotaRow]) -> None:
        """Offer the institutions with places and the states."""
        self.quota.fill(((str(each.id), each.institution) for each in rows), empty=_("Todos los cupos"))
        self.state.fill(((each.value, label) for each, label in STATES.items()), empty=_("Todos los estados"))

    def wanted(self, sort: str) -> NominationFilter:
        """Return the filter that the address asks for; what cannot be read is left out."""
        state = self.state.data or ""
        return NominationFilter(
            text=self.q.data or "",
            quota_id=_read_id(self.quota.data or ""),
            state=NominationState(state) if state in set(NominationState) else None,
            sort=sort,
        )

    @property
    def is_filtered(self) -> bool:
        """Say whether anything is narrowed."""
        return bool(self.q.data or self.quota.data or self.state.data)


class CallsForm(BaseForm):
    """What narrows the list of calls; it travels in the address."""

    class Meta(BaseForm.Meta):
        csrf = False

    q = SearchField(_l("Buscar"))
    phase = ChoiceField(_l("Estado"))

    def fill(self) -> None:
        """Offer the phases."""
        self.phase.fill(((each.value, label) for each, label in PHASES.items()), empty=_("Todas"))

    @property
    def wanted_phase(self) -> str:
        """Return the phase asked for; empty for all."""
        return str(self.phase.data) if self.phase.data in set(Phase) else ""


class LateForm(BaseForm):
    """Why a nomination comes after the deadline."""

    late_reason = TextAreaField(
        _l("Motivo para pedir la excepción"),
        [DataRequired(_l("Escriba el motivo.")), Length(max=1000)],
        description=NO_CASES,
    )


class SendListForm(BaseForm):
    """The word to nominate whom a file names."""

    adds_possible = BooleanField(
        _l("Proponer también las filas que podrían ser personas ya registradas"),
        description=_l("Se registran como personas nuevas y quedan en la lista de posibles duplicados."),
    )
    late_reason = TextAreaField(
        _l("Motivo para pedir la excepción"), [Optional(), Length(max=1000)], description=NO_CASES
    )

    def has_reason_if(self, *, is_late: bool) -> bool:
        """Refuse a file after the deadline without a reason; say whether it may be sent."""
        if not is_late or (self.late_reason.data or "").strip():
            return True
        self.refuse("late_reason", _("Escriba el motivo."))
        return False


class NomineeForm(BaseForm):
    """Somebody who is not in the directory yet."""

    given_names = TextField(_l("Nombres"), [DataRequired(_l("Escriba este dato.")), Length(max=120)])
    first_surname = TextField(
        _l("Primer apellido"), [DataRequired(_l("Escriba este dato.")), Length(max=120)]
    )
    second_surname = TextField(_l("Segundo apellido"), [Optional(), Length(max=120)])
    email = EmailField(
        _l("Correo"),
        [DataRequired(_l("Escriba el correo.")), EMAIL, Length(max=254)],
        filters=[strip],
        description=_l("Si se acepta la propuesta, ahí recibe la invitación. Puede ser personal."),
    )
    institution = ChoiceField(_l("Institución"), [DataRequired(_l("Elija una opción."))])
    post = TextField(_l("Puesto"), [Optional(), Length(max=160)])
    late_reason = TextAreaField(
        _l("Motivo para pedir la excepción"), [Optional(), Length(max=1000)], description=NO_CASES
    )

    def fill(self, actor: Actor) -> None:
        """Offer the actor's institutions."""
        options = institution_options(actor, NominationPermission.NOMINATE)
        empty = None if len(options) == 1 else _("Elija una institución")
        self.institution.fill(((str(each), label) for each, label in options), empty=empty)

    @property
    def values(self) -> PersonValues:
        """Return the person as written, once the form is valid."""
        return PersonValues(
            given_names=str(self.given_names.data),
            first_surname=str(self.first_surname.data),
            second_surname=self.second_surname.data or "",
            email=str(self.email.data),
        )

    @property
    def institution_id(self) -> UUID:
        """Return the chosen institution, once the form is valid."""
        return UUID(str(self.institution.data))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the staff says about a nomination."""

    word: str
    reason: str


class VerdictForm(BaseForm):
    """What the staff says about a nomination."""

    verdict = ChoiceField(_l("Decisión"), [DataRequired(_l("Elija una decisión."))])
    reason = TextAreaField(_l("Motivo"), [Optional(), Length(max=1000)], description=NO_CASES)

    def fill(self, state: NominationState) -> None:
        """Offer what can be said of a nomination where it stands."""
        words = {
            "admit": _l("Admitir por excepción (con motivo)"),
            "accept": _l("Aceptar: recibe su lugar"),
            "wait": _l("Dejar en lista de espera"),
            "decline": _l("Rechazar (con motivo)"),
            "withdraw": _l("Retirar: deja libre su lugar"),
        }
        self.verdict.fill(((key, words[key]) for key in VERDICTS[state]), empty=_("Elija una decisión"))

    @property
    def said(self) -> Verdict:
        """Return the verdict, once the form is valid."""
        return Verdict(str(self.verdict.data), self.reason.data or "")


VERDICTS: Mapping[NominationState, tuple[str, ...]] = {
    NominationState.LATE: ("admit", "decline"),
    NominationState.PROPOSED: ("accept", "wait", "decline"),
    NominationState.WAITING: ("accept", "wait", "decline"),
    NominationState.ACCEPTED: ("withdraw",),
    NominationState.DECLINED: (),
    NominationState.WITHDRAWN: (),
    NominationState.REPLACED: (),
}


def _instant(day: date | None, hour: time | None, zone: ZoneInfo) -> datetime:
    return datetime.combine(cast("date", day), cast("time", hour), zone)


def _read_id(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None

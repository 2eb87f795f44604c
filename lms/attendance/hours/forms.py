"""Forms about hours."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any
from uuid import UUID

from wtforms import BooleanField, HiddenField, SearchField, SubmitField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from lms.attendance.hours.listing import HoursFilter
from lms.attendance.hours.models import LONGEST_NOTE, HoursPolicy
from lms.attendance.hours.rules import Policy, Written, read_hours, write_hours
from lms.attendance.rules import read_fraction
from lms.attendance.words import STANDINGS
from lms.core.folding import fold
from lms.core.i18n import _, _l
from lms.core.storage import digest_of
from lms.plugins.criteria import State
from lms.web.forms import BaseForm, ChoiceField, TextField, strip

SHARES = ("minimum_stay", "online_share")
LENGTHS = ("online_hours", "day_hours", "asked_hours")
IN_HOURS = _l("En horas: 12, 12.5 o 12:30. Vacío: sin tope.")


class PolicyForm(BaseForm):
    """What a programme counts as hours."""

    minimum_stay = TextField(
        _l("Permanencia mínima para que una sesión sume horas"),
        [DataRequired(_l("Escriba una fracción."))],
        description=_l("Parte de la sesión: 1/2, 0.5 o 50 %. Con 0 cuenta cada segundo."),
    )
    credits_excused = BooleanField(
        _l("Una falta justificada suma horas"),
        description=_l("Cuenta con la duración de la sesión, por lo que vale el estado."),
    )
    credits_online = BooleanField(
        _l("El estudio en línea suma horas"),
        description=_l("Cada página terminada suma los minutos que declara el curso."),
    )
    online_share = TextField(
        _l("Tope del estudio en línea, parte de las horas del curso"),
        [DataRequired(_l("Escriba una fracción."))],
        description=_l("Por ejemplo 1/2. Con 1, hasta todas las horas del curso."),
    )
    online_hours = TextField(_l("Tope del estudio en línea, en horas"), [Optional()], description=IN_HOURS)
    day_hours = TextField(_l("Tope de un día, en horas"), [Optional()], description=IN_HOURS)
    asked_hours = TextField(
        _l("Horas que se piden para completar el curso"),
        [Optional()],
        description=_l(
            "En horas: 12, 12.5 o 12:30, de sesiones y estudio en línea. Vacío: no se pide un mínimo."
        ),
    )
    prints_hours = BooleanField(
        _l("La constancia lleva las horas acreditadas"),
        description=_l("Con su desglose: en sesiones y en línea."),
    )
    note = TextAreaField(
        _l("Por qué cambia"),
        [Optional(), Length(max=LONGEST_NOTE)],
        description=_l(
            "Por ejemplo, el acuerdo de la comisión. No escriba aquí datos de casos ni de personas reales."
        ),
        filters=[strip],
    )
    seen = HiddenField()
    """Digest of the rules whose effect was shown."""
    save = SubmitField(_l("Guardar la política"))

    def show(self, written: HoursPolicy | None, usual: Policy) -> None:
        """Put what holds now into the form."""
        policy = written.policy if written else usual
        self.process(
            data={
                "minimum_stay": str(policy.minimum_stay),
                "credits_excused": policy.credits_excused,
                "credits_online": policy.credits_online,
                "online_share": str(policy.online_share),
                "online_hours": _shown(policy.online_seconds),
                "day_hours": _shown(policy.day_seconds),
                "asked_hours": _shown(policy.asked_seconds),
                "prints_hours": bool(written and written.prints_hours),
            }
        )

    def validate(self, extra_validators: Any = None) -> bool:
        """Accept only fractions of one, and lengths in hours."""
        is_valid = bool(super().validate(extra_validators))
        for name in SHARES:
            if read_fraction(str(self[name].data or "")) is None:
                self.refuse(name, _("Escriba una fracción entre 0 y 1, como 1/2, 0.5 o 50 %."))
                is_valid = False
        for name in LENGTHS:
            if self[name].data and read_hours(self[name].data) is None:
                self.refuse(name, _("Escriba horas, como 12, 12.5 o 12:30."))
                is_valid = False
        return is_valid

    @property
    def written(self) -> Written:
        """Return what was written, once the form is valid."""
        stay, online = (read_fraction(str(self[name].data)) or Fraction(0) for name in SHARES)
        online_hours, day_hours, asked_hours = (_read(self[name].data) for name in LENGTHS)
        policy = Policy(
            minimum_stay=stay,
            credits_excused=bool(self.credits_excused.data),
            credits_online=bool(self.credits_online.data),
            online_share=online,
            online_seconds=online_hours,
            day_seconds=day_hours,
            asked_seconds=asked_hours,
        )
        return Written(policy=policy, prints_hours=bool(self.prints_hours.data), note=self.note.data or "")

    @property
    def digest(self) -> str:
        """Return what tells these rules from others, once the form is valid."""
        return digest_of(repr((self.written.policy, self.written.prints_hours)).encode())

    @property
    def is_seen(self) -> bool:
        """Say whether the effect of exactly these rules was shown and they are to be saved."""
        return bool(self.save.data) and self.seen.data == self.digest


def _shown(seconds: int | None) -> str:
    return "" if seconds is None else write_hours(seconds)


def _read(text: str | None) -> int | None:
    return read_hours(text) if text else None


class HoursForm(BaseForm):
    """What narrows the list of a cohort's hours; it travels in the address."""

    class Meta(BaseForm.Meta):
        """A search changes nothing and needs no token."""

        csrf = False

    q = SearchField(_l("Buscar personas"))
    institution = ChoiceField(_l("Institución"))
    standing = ChoiceField(_l("Situación"))

    def fill(self, institutions: Iterable[tuple[UUID, str]]) -> None:
        """Offer the institutions of the people in reach and the ways to stand."""
        self.institution.fill(((str(key), name) for key, name in institutions), empty=_("Todas"))
        self.standing.fill(((each.value, label) for each, label in STANDINGS.items()), empty=_("Todas"))

    def wanted(self, sort: str) -> HoursFilter:
        """Return the filter that the address asks for; what cannot be read is left out."""
        standing = self.standing.data or ""
        return HoursFilter(
            text=fold(self.q.data or ""),
            institution=self.institution.data or "",
            standing=State(standing) if standing in set(State) else None,
            sort=sort,
        )

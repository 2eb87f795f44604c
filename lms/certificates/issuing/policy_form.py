"""The form with which a programme says what it asks for a kind of document."""

from fractions import Fraction
from typing import Any

from wtforms import BooleanField, IntegerField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from lms.attendance.hours.rules import read_hours, write_hours
from lms.attendance.rules import read_fraction
from lms.certificates.issuing.policies import DEFAULT_DESIGN, Terms
from lms.certificates.issuing.rules import Kind, Rule, Term
from lms.certificates.issuing.setting import PolicyValues
from lms.core.i18n import _, _l
from lms.web.forms import BaseForm, ChoiceField, TextField

DAYS = NumberRange(0, 730, _l("Escriba días, de 0 a 730."))


class PolicyForm(BaseForm):
    """What is asked, how long it is valid, how it looks."""

    is_issued = BooleanField(_l("El programa emite este documento"))
    asks_completion = BooleanField(
        _l("Pide completar el curso"),
        description=_l("Todas las condiciones que el curso y el programa ponen."),
    )
    asks_quizzes = BooleanField(_l("Pide aprobar las evaluaciones del curso"))
    attended_share = TextField(
        _l("Asistencia mínima"),
        [Optional()],
        description=_l("Parte de las sesiones planeadas: 4/5, 0.8 u 80 %. Vacío: no se pide."),
    )
    asked_hours = TextField(
        _l("Horas acreditadas mínimas"),
        [Optional()],
        description=_l("En horas: 12, 12.5 o 12:30. Vacío: no se piden."),
    )
    valid_months = IntegerField(
        _l("Meses de vigencia"),
        [Optional(), NumberRange(1, 240, _l("Escriba meses, de 1 a 240."))],
        description=_l("Vacío: no vence."),
    )
    renew_days_before = IntegerField(
        _l("Se puede renovar desde estos días antes"), [InputRequired(_l("Escriba los días.")), DAYS]
    )
    renew_days_after = IntegerField(
        _l("Y hasta estos días después"), [InputRequired(_l("Escriba los días.")), DAYS]
    )
    design = ChoiceField(_l("Diseño"))
    title = TextField(
        _l("Título en el papel"),
        [Optional(), Length(max=120)],
        description=_l("Vacío: Certificado de acreditación o Constancia de participación."),
    )

    def fill(self, designs: list[tuple[str, str]]) -> None:
        """Offer the designs."""
        self.design.fill(designs)

    def show(self, terms: Terms) -> None:
        """Put what holds now into the form."""
        rule, term = terms.rule, terms.term
        self.is_issued.data, self.asks_completion.data = rule.is_issued, rule.asks_completion
        self.asks_quizzes.data = rule.asks_quizzes
        self.attended_share.data = _written(rule.attended_share)
        self.asked_hours.data = "" if rule.asked_seconds is None else write_hours(rule.asked_seconds)
        self.valid_months.data = term.months
        self.renew_days_before.data, self.renew_days_after.data = term.days_before, term.days_after
        self.design.data, self.title.data = terms.design, terms.title

    def validate(self, extra_validators: Any = None) -> bool:
        """Accept only a fraction of one, and hours."""
        is_valid = bool(super().validate(extra_validators))
        if self.attended_share.data and not read_fraction(self.attended_share.data):
            self.refuse("attended_share", _("Escriba una fracción entre 0 y 1, como 4/5, 0.8 u 80 %."))
            is_valid = False
        if self.asked_hours.data and not read_hours(self.asked_hours.data):
            self.refuse("asked_hours", _("Escriba horas, como 12, 12.5 o 12:30."))
            is_valid = False
        return is_valid

    def values(self, kind: Kind) -> PolicyValues:
        """Return what was written, once the form is valid."""
        share, hours = self.attended_share.data, self.asked_hours.data
        rule = Rule(
            kind=kind,
            is_issued=bool(self.is_issued.data),
            asks_completion=bool(self.asks_completion.data),
            asks_quizzes=bool(self.asks_quizzes.data),
            attended_share=(read_fraction(share) or Fraction(0)) if share else None,
            asked_seconds=read_hours(hours) if hours else None,
        )
        term = Term(
            months=self.valid_months.data,
            days_before=int(self.renew_days_before.data or 0),
            days_after=int(self.renew_days_after.data or 0),
        )
        return PolicyValues(
            rule=rule, term=term, design=self.design.data or DEFAULT_DESIGN, title=self.title.data or ""
        )


def _written(share: Fraction | None) -> str:
    """Return a part as people write it: a percentage where it is a whole one."""
    if share is None:
        return ""
    return f"{share * 100} %" if (share * 100).denominator == 1 else str(share)

"""The form with which a person gets more time."""

from collections.abc import Mapping
from uuid import UUID

from wtforms import IntegerField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from lms.assessments.attempts.timing import MOST_MINUTES, MOST_PERCENT, WHOLE
from lms.core.i18n import _, _l
from lms.web.forms import BaseForm, ChoiceField, TextField


class ExtraTimeForm(BaseForm):
    """Who gets how much more time, and why."""

    person = ChoiceField(_l("Persona"), [DataRequired(_l("Elija a una persona."))])
    percent = IntegerField(
        _l("Porcentaje del tiempo"),
        [InputRequired(_l("Escriba un número.")), NumberRange(min=WHOLE, max=MOST_PERCENT)],
        default=150,
        description=_l("100 es el tiempo de todas las personas; 150, la mitad más."),
    )
    minutes = IntegerField(
        _l("Minutos además"),
        [InputRequired(_l("Escriba un número.")), NumberRange(min=0, max=MOST_MINUTES)],
        default=0,
    )
    reason = TextField(
        _l("Motivo"),
        [DataRequired(_l("Escriba el motivo.")), Length(max=300)],
        description=_l("Por ejemplo «usa lector de pantalla». No escriba diagnósticos ni datos de casos."),
    )

    def fill(self, people: Mapping[UUID, str]) -> None:
        """Offer the people of the cohort, by enrolment."""
        self.person.fill([(str(key), name) for key, name in people.items()], empty=_("Elija"))

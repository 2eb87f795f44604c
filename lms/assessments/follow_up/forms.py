"""The forms of the survey: the person's, the superior's, the filters of the results and when to ask."""

from collections.abc import Iterable
from typing import Any, cast

from wtforms import BooleanField, EmailField, IntegerField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp

from lms.assessments.follow_up import rules
from lms.assessments.follow_up.models import FollowUpSetting
from lms.assessments.follow_up.rules import Given
from lms.core.i18n import _, _l
from lms.core.text import Text
from lms.web.forms import NO_CASES, BaseForm, ChoiceField, TextField, strip


def _points() -> list[Any]:
    return [SelectChoice(value, str(label)) for value, label in rules.SCALE]


def _scale(label: Text) -> RadioField:
    """Return a statement to judge; what is missing is said by its name, as a page has many of them."""
    missing = _l("Elija una respuesta en «%(statement)s»", statement=label)
    return RadioField(cast("str", label), [InputRequired(missing)], choices=_points)


def _name() -> TextField:
    return TextField(_l("Nombre de quien la o lo dirige"), [Optional(), Length(max=160)])


def _email() -> EmailField:
    return EmailField(
        _l("Correo de quien la o lo dirige"),
        [
            Optional(),
            Length(max=254),
            Regexp(r"^[^@\s]+@[^@\s]+\.[^@\s]+$", message=_l("Escriba un correo con arroba.")),
        ],
        description=_l("Le preguntaremos cómo se aplica en el área. No verá lo que usted respondió."),
        filters=[strip],
    )


class SuperiorForm(BaseForm):
    """What the superior is asked."""

    applies = _scale(rules.SUPERIOR_ITEMS["applies"])
    area = _scale(rules.SUPERIOR_ITEMS["area"])
    able = _scale(rules.SUPERIOR_ITEMS["able"])
    recommends = _scale(rules.SUPERIOR_ITEMS["recommends"])

    @property
    def given(self) -> Given:
        """Return what was answered."""
        return Given(values={name: int(self[name].data) for name in rules.SUPERIOR_ITEMS})


class SelfForm(BaseForm):
    """What the person is asked."""

    used = _scale(rules.SELF_ITEMS["used"])
    signs = _scale(rules.SELF_ITEMS["signs"])
    route = _scale(rules.SELF_ITEMS["route"])
    conditions = _scale(rules.SELF_ITEMS["conditions"])
    shared = _scale(rules.SELF_ITEMS["shared"])
    text = TextAreaField(
        rules.OPEN_QUESTION,
        [Optional(), Length(max=rules.LONGEST_TEXT)],
        description=NO_CASES,
        filters=[strip],
    )
    superior_name = _name()
    superior_email = _email()

    @property
    def given(self) -> Given:
        """Return what was answered."""
        return Given(
            values={name: int(self[name].data) for name in rules.SELF_ITEMS},
            text=self.text.data or "",
            superior_name=self.superior_name.data or "",
            superior_email=self.superior_email.data or "",
        )


class NamingForm(BaseForm):
    """Whom the person lets us ask, below the questions of a course."""

    superior_name = _name()
    superior_email = _email()


class StopForm(BaseForm):
    """Nothing but the button."""


class ResultFilter(BaseForm):
    """Which answers the page shows."""

    class Meta(BaseForm.Meta):
        """A search changes nothing and needs no token."""

        csrf = False

    programme = ChoiceField(_l("Programa"))
    year = ChoiceField(_l("Año en que terminaron"))

    def offer(self, programmes: Iterable[tuple[str, str]], years: Iterable[int]) -> None:
        """Offer what there is to choose."""
        self.programme.fill(programmes)
        self.year.fill(((str(year), str(year)) for year in years), empty=_("Todos los años"))


class SettingForm(BaseForm):
    """Whether and when a programme asks."""

    is_on = BooleanField(_l("Enviar la encuesta a quienes terminan un curso"))
    day = IntegerField(
        _l("Días después de terminar"),
        [
            InputRequired(_l("Escriba cuántos días.")),
            NumberRange(rules.EARLIEST_DAY, rules.LATEST_DAY, message=_l("Entre 30 y 180 días.")),
        ],
        description=_l("Se recuerda a los 15 días y cierra a los 30."),
    )

    def show(self, setting: FollowUpSetting | None) -> None:
        """Put what holds today into the form."""
        self.process(data={"is_on": setting is not None, "day": setting.day if setting else rules.USUAL_DAY})

    @property
    def wanted(self) -> int | None:
        """Return the day asked for; None for never."""
        return self.day.data if self.is_on.data else None

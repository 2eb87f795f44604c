"""The forms of justifications."""

from typing import cast

from flask_wtf.file import FileField
from wtforms import RadioField, SearchField, SubmitField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired, Length, Optional

from lms.attendance.excuses.models import Excuse, ExcuseState, Grounds
from lms.attendance.excuses.rules import LONGEST_TEXT, Decision, Plea
from lms.attendance.excuses.words import GROUNDS, STATES
from lms.core.i18n import _, _l
from lms.web.forms import NO_CASES, BaseForm, ChoiceField, strip


class ExcuseForm(BaseForm):
    """What a person says of a meeting that they miss."""

    grounds = RadioField(
        _l("Motivo"),
        [InputRequired(_l("Elija el motivo."))],
        choices=[SelectChoice(each.value, cast("str", label)) for each, label in GROUNDS.items()],
    )
    text = TextAreaField(
        _l("Explicación breve"),
        [Optional(), Length(max=LONGEST_TEXT)],
        description=_l("Basta una frase. No escriba diagnósticos, ni datos de casos ni de personas reales."),
        filters=[strip],
    )
    paper = FileField(
        _l("Documento"),
        [Optional()],
        description=_l("PDF o foto, si lo tiene. Lo ve solo quien responde, y se borra 90 días después."),
    )

    def show(self, excuse: Excuse) -> None:
        """Put what was said before into the form."""
        self.process(data={"grounds": excuse.grounds.value, "text": excuse.text})

    @property
    def plea(self) -> Plea:
        """Return what was said."""
        sent = self.paper.data
        content = sent.read() if sent and sent.filename else b""
        return Plea(grounds=Grounds(self.grounds.data), text=self.text.data or "", paper=content)


class DecisionForm(BaseForm):
    """What whoever keeps the register answers; each button is one decision."""

    answer = TextAreaField(
        _l("Lo que se dirá a la persona"),
        [Optional(), Length(max=LONGEST_TEXT)],
        description=NO_CASES,
        filters=[strip],
    )
    accept = SubmitField(_l("Aceptar la justificación"))
    refuse_it = SubmitField(_l("No aceptarla"))

    @property
    def decision(self) -> Decision:
        """Return what was decided."""
        return Decision(is_accepted=bool(self.accept.data), answer=self.answer.data or "")


class ExcuseFilter(BaseForm):
    """The filters of the list."""

    class Meta(BaseForm.Meta):
        """A search changes nothing and needs no token."""

        csrf = False

    q = SearchField(_l("Buscar"))
    state = ChoiceField(_l("Estado"))

    def fill(self) -> None:
        """Offer the states that a list shows."""
        shown = [(each.value, label) for each, label in STATES.items() if each is not ExcuseState.WITHDRAWN]
        self.state.fill(shown, empty=_("Todos"))

    @property
    def wanted_state(self) -> str:
        """Return the state that is asked for; empty for what is none of them."""
        return self.state.data if self.state.data in set(ExcuseState) else ""

"""Forms about changes of sector."""

from wtforms import SearchField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from lms.core.i18n import _, _l
from lms.institutions.directory.forms import sector_choices
from lms.learning.tracks.rules import TrackState
from lms.learning.tracks.words import STATES
from lms.web.forms import NO_CASES, BaseForm, ChoiceField

ALL = "all"


class AskForm(BaseForm):
    """The sector that somebody wants, and why."""

    sector = ChoiceField(
        _l("Sector"),
        [DataRequired(_l("Elija un sector."))],
        description=_l("Los apartados de este sector se verán abiertos en las lecciones."),
    )
    reason = TextAreaField(
        _l("Por qué"),
        [DataRequired(_l("Escriba por qué pide el cambio.")), Length(max=1000)],
        description=NO_CASES,
    )

    def fill(self) -> None:
        """Offer the sectors."""
        choices = [*sector_choices(), (ALL, str(_("Todos los apartados abiertos")))]
        self.sector.fill(choices, empty=_("Elija un sector"))

    @property
    def wanted(self) -> str | None:
        """Return the sector, once the form is valid; None for all of them open."""
        return None if self.sector.data == ALL else str(self.sector.data)


class AnswerForm(BaseForm):
    """What the staff says."""

    answer = ChoiceField(_l("Respuesta"), [DataRequired(_l("Elija una respuesta."))])
    note = TextAreaField(_l("Qué se le dice"), [Optional(), Length(max=1000)], description=NO_CASES)

    def fill(self) -> None:
        """Offer yes and no."""
        choices = (
            (TrackState.APPROVED.value, _l("Aprobar el cambio")),
            (TrackState.DECLINED.value, _l("No aprobarlo")),
        )
        self.answer.fill(choices, empty=_("Elija una respuesta"))


class RequestsForm(BaseForm):
    """What narrows the list of requests; it travels in the address."""

    class Meta(BaseForm.Meta):
        csrf = False

    q = SearchField(_l("Buscar personas"))
    state = ChoiceField(_l("Estado"))

    def fill(self) -> None:
        """Offer the states."""
        self.state.fill(((each.value, label) for each, label in STATES.items()), empty=_("Todos los estados"))

    @property
    def wanted_state(self) -> str:
        """Return the state asked for; empty for all."""
        return str(self.state.data) if self.state.data in set(TrackState) else ""

"""Forms about certificates."""

from collections.abc import Sequence
from uuid import UUID

from wtforms import RadioField, SearchField, SelectMultipleField
from wtforms.validators import DataRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from lms.certificates.issuing.models import RevokeReason
from lms.certificates.issuing.queries import Waiting
from lms.core.i18n import _, _l
from lms.core.text import Text
from lms.web.forms import BaseForm, ChoiceField

REASONS: dict[RevokeReason, Text] = {
    RevokeReason.ISSUED_BY_MISTAKE: _l("Se emitió por error"),
    RevokeReason.WRONG_DATA: _l("Los datos no son correctos"),
    RevokeReason.IRREGULARITY: _l("Hubo una irregularidad en la acreditación"),
    RevokeReason.HOLDER_REQUEST: _l("La persona lo pidió"),
}


class RegisterFilter(BaseForm):
    """What narrows the certificates of a cohort; it travels in the address."""

    class Meta(BaseForm.Meta):
        csrf = False

    q = SearchField(_l("Persona, folio o código"), [Optional()])
    state = ChoiceField(_l("Estado"), [Optional()])
    institution = ChoiceField(_l("Institución"), [Optional()])
    institution_id: UUID | None = None
    """The chosen institution; None for all, also when the address names one that is not offered."""

    def fill(self, institutions: Sequence[tuple[UUID, str]]) -> None:
        """Offer the states, and the institutions of the cohort."""
        self.state.fill([("valid", _("Vigentes")), ("cancelled", _("Canceladas"))], empty=_("Todas"))
        self.institution.fill([(str(each), name) for each, name in institutions], empty=_("Todas"))
        chosen = (each for each, _name in institutions if str(each) == self.institution.data)
        self.institution_id = next(chosen, None)


class IssueForm(BaseForm):
    """Which of the eligible people get their certificate now."""

    people = SelectMultipleField(
        _l("Personas"),
        [DataRequired(_l("Elija al menos a una persona."))],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def fill(self, eligible: Sequence[Waiting]) -> None:
        """Offer those who meet every requirement; whoever had one cancelled is left for a decision."""
        self.people.choices = [(str(each.enrolment_id), each.name) for each in eligible]
        if not self.is_submitted():
            self.people.data = [str(each.enrolment_id) for each in eligible if not each.cancelled]

    @property
    def enrolment_ids(self) -> list[UUID]:
        """Return the chosen enrolments."""
        return [UUID(value) for value in self.people.data or ()]


class RevokeForm(BaseForm):
    """Why a certificate is cancelled."""

    reason = RadioField(
        _l("Motivo"),
        [DataRequired(_l("Elija un motivo."))],
        description=_l(
            "Queda en el registro. La página pública solo dice que está cancelada y desde cuándo."
        ),
    )

    def fill(self) -> None:
        """Offer the reasons."""
        self.reason.choices = [(key.value, str(label)) for key, label in REASONS.items()]

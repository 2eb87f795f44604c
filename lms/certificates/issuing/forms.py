"""Forms about certificates."""

from collections.abc import Sequence
from uuid import UUID

from wtforms import RadioField, SearchField, SelectMultipleField
from wtforms.validators import DataRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from lms.certificates.issuing.models import RectifyReason
from lms.certificates.issuing.queries import Waiting
from lms.certificates.issuing.words import PLURALS, RECTIFIED, REVOKED
from lms.core.i18n import _, _l
from lms.web.forms import BaseForm, ChoiceField


class RegisterFilter(BaseForm):
    """What narrows the certificates of a cohort; it travels in the address."""

    class Meta(BaseForm.Meta):
        csrf = False

    q = SearchField(_l("Persona, folio o código"), [Optional()])
    state = ChoiceField(_l("Estado"), [Optional()])
    kind = ChoiceField(_l("Documento"), [Optional()])
    institution = ChoiceField(_l("Institución"), [Optional()])
    institution_id: UUID | None = None
    """The chosen institution; None for all, also when the address names one that is not offered."""

    def fill(self, institutions: Sequence[tuple[UUID, str]]) -> None:
        """Offer the states, and the institutions of the cohort."""
        self.state.fill([("valid", _("Sin cancelar")), ("cancelled", _("Se cancelaron"))], empty=_("Todos"))
        self.kind.fill([(each.value, label) for each, label in PLURALS.items()], empty=_("Todos"))
        self.institution.fill([(str(each), name) for each, name in institutions], empty=_("Todas"))
        chosen = (each for each, _name in institutions if str(each) == self.institution.data)
        self.institution_id = next(chosen, None)


class IssueForm(BaseForm):
    """Which of the eligible people get their document now."""

    people = SelectMultipleField(
        _l("Personas"),
        [DataRequired(_l("Elija al menos a una persona."))],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def fill(self, eligible: Sequence[Waiting]) -> None:
        """Offer those who meet every requirement; whoever had one, or has the other kind, is left for a decision."""
        self.people.choices = [(str(each.enrolment_id), each.name) for each in eligible]
        if not self.is_submitted():
            self.people.data = [
                str(each.enrolment_id) for each in eligible if not (each.cancelled or each.has_other)
            ]

    @property
    def enrolment_ids(self) -> list[UUID]:
        """Return the chosen enrolments."""
        return [UUID(value) for value in self.people.data or ()]


class RectifyForm(BaseForm):
    """What is corrected in a document."""

    reason = RadioField(_l("Qué se corrige"), [DataRequired(_l("Elija qué se corrige."))])

    def fill(self, reasons: Sequence[RectifyReason]) -> None:
        """Offer what would change."""
        self.reason.choices = [(each.value, str(RECTIFIED[each])) for each in reasons]
        if len(reasons) == 1 and not self.is_submitted():
            self.reason.data = reasons[0].value


class ConfirmForm(BaseForm):
    """Asks once before something is done."""


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
        self.reason.choices = [(key.value, str(label)) for key, label in REVOKED.items()]

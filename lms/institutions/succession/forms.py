"""Forms about mergers and divisions."""

from collections.abc import Iterable
from uuid import UUID

from wtforms import DateField
from wtforms.validators import DataRequired, Optional, ValidationError

from lms.core.i18n import _, _l
from lms.web.forms import BaseForm, ChoiceField


class SuccessionForm(BaseForm):
    """From which day on an institution is part of which ones; it travels in the address."""

    class Meta(BaseForm.Meta):
        csrf = False

    starts_on = DateField(
        _l("Desde el"),
        [DataRequired(_l("Escriba una fecha."))],
        description=_l("Primer día en que ya es parte de la otra. Lo de antes se queda como fue."),
    )
    heir = ChoiceField(_l("Se integra a"), [DataRequired(_l("Elija una institución."))])
    second = ChoiceField(_l("Y también a"), [Optional()], description=_l("Solo si se divide."))
    third = ChoiceField(_l("Y a"), [Optional()])
    tasks = ChoiceField(
        _l("Sus pendientes pasan a"),
        [Optional()],
        description=_l(
            "Lo que dejó sin enviar y lo que le toca responder, como sus informes de avance. Solo si se divide."
        ),
    )

    def fill(self, options: Iterable[tuple[UUID, str]]) -> None:
        """Offer the institutions that may take it in."""
        choices = [(str(each), label) for each, label in options]
        self.heir.fill(choices, empty=_("Elija una institución"))
        for field in (self.second, self.third):
            field.fill(choices, empty=_("Ninguna"))
        self.tasks.fill(choices, empty=_("La primera de las que siguen"))

    @property
    def heir_ids(self) -> tuple[UUID, ...]:
        """Return the chosen ones, in their order."""
        return tuple(UUID(str(each.data)) for each in (self.heir, self.second, self.third) if each.data)

    @property
    def tasks_id(self) -> UUID | None:
        """Return which one goes on with the tasks; None for the first one."""
        return UUID(str(self.tasks.data)) if self.tasks.data else None

    def validate_tasks(self, field: ChoiceField) -> None:
        """Refuse one that is not among those that go on."""
        if field.data and self.tasks_id not in self.heir_ids:
            raise ValidationError(_("Elija una de las instituciones que siguen."))

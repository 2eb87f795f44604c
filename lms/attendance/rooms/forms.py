"""The forms of groups and rooms."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from wtforms import IntegerField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from lms.attendance.rooms.queries import CountedGroup
from lms.attendance.rooms.rules import FEWEST_PARTS, MOST_PARTS, Division
from lms.core.i18n import _, _l
from lms.learning.queries import RosterEntry
from lms.web.forms import NO_CASES, BaseForm, ChoiceField, TextField

LONGEST = 120
DIVISIONS = {
    Division.SECTOR: _l("Por sector"),
    Division.INSTITUTION: _l("Por institución"),
    Division.PARTS: _l("Por orden alfabético, en partes iguales"),
    Division.HAND: _l("A mano: un grupo, y después elige a sus personas"),
}


class DivideForm(BaseForm):
    """How a cohort is divided."""

    how = ChoiceField(_l("Cómo se divide"))
    parts = IntegerField(
        _l("Cuántas partes"),
        [Optional(), NumberRange(FEWEST_PARTS, MOST_PARTS, _l("Escriba un número de 2 a 20."))],
        description=_l("Solo si divide por orden alfabético."),
    )
    name = TextField(
        _l("Nombre del grupo"),
        [Length(max=LONGEST)],
        description=_l("Solo si lo hace a mano. No escriba aquí datos de casos ni de personas reales."),
    )

    def fill(self) -> None:
        """Set the choices."""
        self.how.fill((each.value, label) for each, label in DIVISIONS.items())

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for the number or the name where the division needs it."""
        is_valid = bool(super().validate(extra_validators))
        if self.how.data == Division.PARTS and not self.parts.data and not self.parts.errors:
            self.refuse("parts", _("Escriba en cuántas partes."))
            return False
        if self.how.data == Division.HAND and not self.name.data:
            self.refuse("name", _("Escriba el nombre del grupo."))
            return False
        return is_valid


class GroupForm(BaseForm):
    """Name and people of a group."""

    name = TextField(
        _l("Nombre del grupo"),
        [DataRequired(_l("Escriba un nombre.")), Length(max=LONGEST)],
        description=NO_CASES,
    )
    people = SelectMultipleField(
        _l("Personas"), choices=[], widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )

    def fill(self, roster: Iterable[RosterEntry]) -> None:
        """Offer everybody of the cohort."""
        self.people.choices = [
            SelectChoice(str(each.enrolment_id), f"{each.name} · {each.institution}") for each in roster
        ]

    @property
    def chosen(self) -> frozenset[UUID]:
        """Return the enrolments that were chosen, once the form is valid."""
        return frozenset(UUID(each) for each in self.people.data or ())


class RoomForm(BaseForm):
    """A room more."""

    name = TextField(
        _l("Nombre de la sala"),
        [DataRequired(_l("Escriba un nombre.")), Length(max=LONGEST)],
        description=NO_CASES,
    )
    group = ChoiceField(
        _l("De qué grupo es"), description=_l("Quien no esté en ningún grupo aparece en todas.")
    )

    def fill(self, groups: Iterable[CountedGroup]) -> None:
        """Offer the groups of the cohort."""
        self.group.fill(((str(each.group.id), each.group.name) for each in groups), empty=_("De ninguno"))

"""Forms about plans, periods and what members report."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, cast
from uuid import UUID

from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    SearchField,
    SelectMultipleField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from lms.core.i18n import _, _l
from lms.reports.progress.errors import QuarterUnknown, TargetsUnreadable
from lms.reports.progress.figures import MatrixQuestion
from lms.reports.progress.models import ProgressIndicator
from lms.reports.progress.plan import IndicatorValues
from lms.reports.progress.queries import Planned
from lms.reports.progress.rules import (
    Answer,
    CellState,
    Joining,
    Status,
    quarter_named,
    read_number,
    read_targets,
    write_number,
)
from lms.reports.progress.words import CELLS, JOININGS, STATUSES
from lms.web.forms import NO_CASES, BaseForm, ChoiceField, TextField, strip

NEEDED = DataRequired(_l("Escriba este dato."))
CHOSEN = DataRequired(_l("Elija una opción."))
DAY = InputRequired(_l("Elija el día."))


class IndicatorForm(BaseForm):
    """An indicator of the plan."""

    number = TextField(
        _l("Clave"), [NEEDED, Length(max=20)], description=_l("Como la escribe el plan: I-03.")
    )
    objective = TextField(
        _l("Objetivo"), [NEEDED, Length(max=20)], description=_l("El objetivo prioritario: OP1, OP2, OP3.")
    )
    name = TextField(_l("Indicador"), [NEEDED, Length(max=250)])
    definition = TextAreaField(
        _l("Definición"),
        [Optional(), Length(max=2000)],
        description=_l("Qué se cuenta y qué no, para que todos los integrantes cuenten igual."),
        filters=[strip],
    )
    unit = TextField(
        _l("Unidad"), [NEEDED, Length(max=60)], description=_l("Personas, servicios, porcentaje.")
    )
    source = TextField(_l("Fuente"), [Optional(), Length(max=250)])
    joining = ChoiceField(
        _l("Valores de los integrantes"), [CHOSEN], description=_l("Cómo se juntan en el de la comisión.")
    )
    is_automatic = BooleanField(
        _l("Lo cuenta la plataforma"),
        description=_l(
            "Personas del integrante que completaron un curso en el trimestre. Nadie las escribe."
        ),
    )
    responsible = SelectMultipleField(
        _l("Quién responde"),
        [Optional()],
        description=_l("Sin ninguno elegido, todos los integrantes."),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    targets = TextAreaField(
        _l("Metas de cada integrante"),
        [Optional(), Length(max=1000)],
        description=_l("Una en cada línea: 2026-T1 = 40."),
        filters=[strip],
    )
    is_active = BooleanField(
        _l("Vigente"), default=True, description=_l("Los trimestres que se abran lo preguntan.")
    )

    def fill(self, members: Iterable[tuple[UUID, str]]) -> None:
        """Set the choices."""
        self.joining.fill((each.value, label) for each, label in JOININGS.items())
        self.responsible.choices = [(str(each), name) for each, name in members]

    def show(self, planned: Planned) -> None:
        """Show what is kept."""
        each = planned.indicator
        for name in (
            "number",
            "objective",
            "name",
            "definition",
            "unit",
            "source",
            "is_automatic",
            "is_active",
        ):
            self[name].data = getattr(each, name)
        self.joining.data = each.joining.value
        self.responsible.data = [str(place.id) for place in planned.responsible]
        self.targets.data = "\n".join(
            f"{period} = {write_number(value)}" for period, value in planned.targets.items()
        )

    def validate_targets(self, field: TextAreaField) -> None:
        """Ask for lines that can be read."""
        try:
            read_targets(field.data or "")
        except ValueError as error:
            raise ValidationError(str(TargetsUnreadable.message)) from error

    def values(self) -> IndicatorValues:
        """Return what was written."""
        return IndicatorValues(
            number=str(self.number.data),
            objective=str(self.objective.data).upper(),
            name=str(self.name.data),
            definition=self.definition.data or "",
            unit=str(self.unit.data),
            source=self.source.data or "",
            joining=Joining(str(self.joining.data)),
            is_automatic=bool(self.is_automatic.data),
            is_active=bool(self.is_active.data),
            responsible=tuple(UUID(str(each)) for each in self.responsible.data or ()),
            targets=read_targets(self.targets.data or ""),
        )


class PlanFileForm(BaseForm):
    """A file of indicators."""

    file = FileField(
        _l("Archivo CSV"),
        description=_l(
            "Columnas: Objetivo, Clave, Indicador, Definición, Unidad, Fuente, Responsables, Metas, "
            "Cómo se juntan, Lo cuenta la plataforma, Vigente. Separe responsables y metas con «|»."
        ),
    )
    only_look = BooleanField(_l("Solo revisar, sin guardar"))

    def validate_file(self, field: FileField) -> None:
        """Ask for a file."""
        if not (field.data and field.data.filename):
            raise ValidationError(_l("Elija un archivo."))


class PeriodForm(BaseForm):
    """Which quarter is opened, for whom and until when."""

    name = TextField(
        _l("Trimestre"), [NEEDED, Length(max=7)], description=_l("El año y el trimestre: 2026-T1.")
    )
    members_on = DateField(
        _l("Integrantes al día"), [DAY], description=_l("Se pide a quienes integraban la comisión ese día.")
    )
    due_on = DateField(_l("Último día para enviar"), [DAY])

    def validate_name(self, field: TextField) -> None:
        """Ask for a quarter."""
        if quarter_named(field.data or "") is None:
            raise ValidationError(str(QuarterUnknown.message))

    def days(self) -> tuple[date, date]:
        """Return the day whose members are asked, and the last day to send."""
        return cast("date", self.members_on.data), cast("date", self.due_on.data)


class ReasonForm(BaseForm):
    """Why a period is changed."""

    reason = TextAreaField(
        _l("Motivo"),
        [NEEDED, Length(max=1000)],
        description=_l("Queda en la página del trimestre y en la bitácora, y va en el correo."),
        filters=[strip],
    )


class TermForm(ReasonForm):
    """Until when a period is asked for, and why that changes."""

    due_on = DateField(_l("Último día para enviar"), [DAY])


class MatrixForm(BaseForm):
    """What narrows the matrix, and of which day it is; it travels in the address."""

    class Meta(BaseForm.Meta):
        """A look changes nothing and needs no token."""

        csrf = False

    on = DateField(_l("Al día"), [Optional()])
    q = SearchField(_l("Integrante"))
    objective = ChoiceField(_l("Objetivo"))
    state = ChoiceField(_l("Con algo"))

    def fill(self, indicators: Sequence[ProgressIndicator]) -> None:
        """Set the choices."""
        names = sorted({each.objective for each in indicators})
        self.objective.fill([(name, name) for name in names], empty=_("Todos"))
        states = [(each.value, label) for each, label in CELLS.items() if each is not CellState.NOT_ASKED]
        self.state.fill(states, empty=_("Cualquier estado"))

    def day(self, today: date) -> date:
        """Return the day that is asked for; without a readable one, or for one to come, today."""
        return min(self.on.data or today, today)

    def asked(self, sort: str) -> MatrixQuestion:
        """Return what is asked for; a value that no list has narrows nothing."""
        known = {value for value, _label, *_rest in self.objective.iter_choices()}
        return MatrixQuestion(
            text=self.q.data or "",
            objective=self.objective.data if self.objective.data in known else "",
            state=self.state.data if self.state.data in set(CellState) else "",
            sort=sort,
        )

    @property
    def query(self) -> dict[str, str]:
        """Return what the links of the page carry on."""
        return {name: str(self[name].data) for name in ("on", "q", "objective", "state") if self[name].data}


class ReturnForm(BaseForm):
    """Why something is returned."""

    reason = TextAreaField(
        _l("Qué debe corregirse"), [NEEDED, Length(max=1000)], description=NO_CASES, filters=[strip]
    )


class AnswersForm(BaseForm):
    """What a member says of each indicator; ``answers_form`` adds the fields."""

    revision = IntegerField(widget=HiddenInput())
    act = HiddenField()

    def show(self, answers: Mapping[UUID, Answer]) -> None:
        """Show what is saved."""
        for key, answer in answers.items():
            fields = self.of(key)
            if "value" in fields:
                typed = write_number(answer.value) if answer.value is not None else answer.typed
                fields["value"].data = typed
            fields["status"].data = answer.status.value if answer.status else ""
            fields["narrative"].data = answer.narrative
            fields["address"].data = answer.address

    def of(self, key: UUID) -> dict[str, Any]:
        """Return the fields of an indicator by what they are."""
        names = ("value", "status", "narrative", "address", "file", "drop")
        return {name: self[f"{name}_{key.hex}"] for name in names if f"{name}_{key.hex}" in self}

    def answer(self, key: UUID, kept: Answer) -> Answer:
        """Return what is written of an indicator; what is no number is kept as it was typed."""
        fields = self.of(key)
        answer = replace(
            kept,
            status=Status(fields["status"].data) if fields["status"].data in set(Status) else None,
            narrative=fields["narrative"].data or "",
            address=fields["address"].data or "",
            evidence=None if "drop" in fields and fields["drop"].data else kept.evidence,
        )
        if "value" not in fields:
            return answer
        typed = (fields["value"].data or "").strip()
        try:
            return replace(answer, value=read_number(typed) if typed else None, typed="")
        except ValueError:
            return replace(answer, value=None, typed=typed)


def answers_form(plan: Sequence[Planned], answers: Mapping[UUID, Answer]) -> AnswersForm:
    """Return the form of a member with the fields of the indicators that it answers for."""
    fields: dict[str, Any] = {}
    for planned in plan:
        key, answer = planned.indicator.id, answers[planned.indicator.id]
        for name, field in _fields(planned.indicator, has_file=answer.evidence is not None).items():
            fields[f"{name}_{key.hex}"] = field
    form = cast("AnswersForm", type("FilledForm", (AnswersForm,), fields)())
    for planned in plan:
        choices = [(each.value, label) for each, label in STATUSES.items()]
        form.of(planned.indicator.id)["status"].fill(choices, empty=_("Elija cómo va"))
    return form


def _fields(indicator: ProgressIndicator, *, has_file: bool) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    if not indicator.is_automatic:
        fields["value"] = TextField(_l("Valor del trimestre"), [Length(max=40)], description=indicator.unit)
    fields["status"] = ChoiceField(_l("Cómo va"), validate_choice=False)
    fields["narrative"] = TextAreaField(
        _l("Qué se hizo y qué falta"), [Optional(), Length(max=4000)], description=NO_CASES, filters=[strip]
    )
    fields["address"] = TextField(
        _l("Dirección de la evidencia"),
        [Optional(), Length(max=500)],
        description=_l("Completa, con https://."),
    )
    fields["file"] = FileField(_l("O un archivo"), description=_l("PDF, JPG o PNG, sin datos de personas."))
    if has_file:
        fields["drop"] = BooleanField(_l("Quitar el archivo"))
    return fields

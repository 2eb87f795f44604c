"""Forms about targets of people."""

from collections.abc import Iterable, Sequence

from flask_wtf.file import FileField
from wtforms import BooleanField, IntegerField, SearchField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError

from lms.core.i18n import _, _l
from lms.institutions.agreements.models import Agreement
from lms.institutions.directory.forms import sector_choices
from lms.institutions.targets.models import TrainingTarget
from lms.institutions.targets.queries import TargetQuestion
from lms.institutions.targets.rules import TargetSource, TargetValues
from lms.institutions.targets.words import SOURCES
from lms.web.forms import BaseForm, ChoiceField, TextField

NEEDED = DataRequired(_l("Escriba este dato."))
CHOSEN = DataRequired(_l("Elija una opción."))
MANY = NumberRange(1, 1_000_000, _l("Escriba un número mayor que cero."))


class TargetForm(BaseForm):
    """How many people an institution should see trained, and where that is written."""

    institution = ChoiceField(_l("Institución"), [CHOSEN])
    sector = ChoiceField(_l("Sector"))
    period = TextField(
        _l("Periodo"),
        [NEEDED, Length(max=7)],
        description=_l("Un año (2026), un semestre (2026-S1) o un trimestre (2026-T3)."),
    )
    people = IntegerField(_l("Personas por capacitar"), [InputRequired(_l("Escriba la meta.")), MANY])
    source = ChoiceField(_l("De dónde viene la cifra"), [CHOSEN])
    agreement = ChoiceField(_l("Convenio"), description=_l("Si viene de un convenio."))
    workforce = IntegerField(
        _l("Plantilla"),
        [Optional(), MANY],
        description=_l("Si es parte de la plantilla: cuántas personas trabajan ahí."),
    )
    reference = TextField(
        _l("Referencia"),
        [NEEDED, Length(max=250)],
        description=_l("La cláusula, la sesión o el corte de personal con su fecha."),
    )

    def fill(self, institutions: Iterable[tuple[str, str]], agreements: Sequence[Agreement]) -> None:
        """Set the choices."""
        self.institution.fill(institutions, empty=_("Elija una institución"))
        self.sector.fill(sector_choices(), empty=_("Todos los sectores"))
        self.source.fill((source.value, label) for source, label in SOURCES.items())
        codes = [(str(each.id), f"{each.code} · {each.title}") for each in agreements]
        self.agreement.fill(codes, empty=_("Ninguno"))

    def show(self, target: TrainingTarget) -> None:
        """Show what is set."""
        for name in ("sector", "period", "people", "workforce", "reference"):
            self[name].data = getattr(target, name)
        self.institution.data, self.source.data = str(target.institution_id), target.source.value
        self.agreement.data = str(target.agreement_id or "")

    def values(self) -> TargetValues:
        """Return what was written."""
        return TargetValues(
            sector=self.sector.data or "",
            period=str(self.period.data),
            people=int(self.people.data or 0),
            source=TargetSource(str(self.source.data)),
            reference=str(self.reference.data),
            workforce=self.workforce.data,
        )


class TargetFileForm(BaseForm):
    """A file of targets."""

    file = FileField(
        _l("Archivo CSV"),
        description=_l(
            "Columnas: Institución, Sector, Periodo, Personas, Fuente, Convenio, Plantilla, Referencia."
        ),
    )
    only_look = BooleanField(_l("Solo revisar, sin guardar"))

    def validate_file(self, field: FileField) -> None:
        """Ask for a file."""
        if not (field.data and field.data.filename):
            raise ValidationError(_l("Elija un archivo."))


class TargetFilter(BaseForm):
    """What narrows the list; it travels in the address."""

    class Meta(BaseForm.Meta):
        """A search changes nothing and needs no token."""

        csrf = False

    q = SearchField(_l("Buscar"))
    period = ChoiceField(_l("Periodo"))
    sector = ChoiceField(_l("Sector"))
    source = ChoiceField(_l("Fuente"))

    def fill(self, periods: Sequence[str]) -> None:
        """Set the choices."""
        self.period.fill([(each, each) for each in periods], empty=_("Todos"))
        self.sector.fill(sector_choices(), empty=_("Todos"))
        self.source.fill([(each.value, label) for each, label in SOURCES.items()], empty=_("Todas"))

    def asked(self, sort: str) -> TargetQuestion:
        """Return what is asked for; a value that no list has narrows nothing."""
        return TargetQuestion(
            text=self.q.data or "",
            period=self.period.data or "",
            sector=self.sector.data or "",
            source=self.source.data if self.source.data in set(TargetSource) else "",
            sort=sort,
        )

    @property
    def query(self) -> dict[str, str]:
        """Return what the links of the page carry on."""
        return {name: str(self[name].data) for name in ("q", "period", "sector", "source") if self[name].data}

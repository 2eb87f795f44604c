"""Forms about agreements."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, cast
from uuid import UUID

from flask_wtf.file import FileField
from wtforms import BooleanField, DateField, IntegerField, SearchField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError

from lms.core.actors import Actor
from lms.core.context import registry
from lms.core.i18n import _, _l
from lms.institutions.agreements.models import LONGEST_TEXT, Agreement, AgreementDuty
from lms.institutions.agreements.queries import Narrowing, Party
from lms.institutions.agreements.rules import (
    LONGEST_MONTHS,
    STATES_OF,
    AgreementKind,
    AmendmentKind,
    Channel,
    DutyKind,
    DutyState,
    PartyRole,
    Standing,
)
from lms.institutions.agreements.values import AgreementValues, AmendmentValues, CampaignValues, StepValues
from lms.institutions.agreements.words import (
    AMENDMENTS,
    CHANNELS,
    DUTY_KINDS,
    KINDS,
    ROLES,
    STANDINGS,
    STATES,
)
from lms.institutions.directory.forms import sector_choices
from lms.institutions.directory.permissions import DirectoryPermission
from lms.institutions.directory.queries import institution_options
from lms.institutions.programmes.models import Programme
from lms.web.forms import NO_CASES, BaseForm, ChoiceField, TextField, strip

NEEDED = DataRequired(_l("Escriba este dato."))
CHOSEN = DataRequired(_l("Elija una opción."))
DAY = InputRequired(_l("Elija el día."))


class AgreementForm(BaseForm):
    """The data of an agreement."""

    title = TextField(
        _l("Título"), [NEEDED, Length(max=250)], description=_l("Como aparece en el documento.")
    )
    code = TextField(
        _l("Clave"),
        [NEEDED, Length(max=40)],
        description=_l("El número de su oficina, por ejemplo CONV-2026-004."),
    )
    kind = ChoiceField(_l("Tipo de instrumento"), [CHOSEN])
    programme = ChoiceField(_l("Programa"), description=_l("El programa que lo lleva a cabo."))
    purpose = TextAreaField(
        _l("Objeto"), [Optional(), Length(max=LONGEST_TEXT)], description=NO_CASES, filters=[strip]
    )
    starts_on = DateField(
        _l("Rige desde"),
        [Optional()],
        description=_l("El día de la firma. Déjelo en blanco mientras no se firme."),
    )
    months = IntegerField(
        _l("Meses de vigencia"),
        [Optional(), NumberRange(1, LONGEST_MONTHS, _l("Escriba un número de meses entre 1 y 600."))],
        description=_l("El último día se calcula. Déjelo en blanco si no tiene plazo."),
    )
    is_without_funds = BooleanField(_l("Sin erogación de recursos"))
    holds_cohorts = BooleanField(
        _l("Las cohortes del programa dependen de este convenio"),
        description=_l("Fuera de su vigencia no se abren cohortes nuevas."),
    )

    def fill(self, programmes: Sequence[Programme], *, may_have_none: bool) -> None:
        """Set the choices; only whoever reaches everything registers an agreement of no programme."""
        self.kind.fill((kind.value, label) for kind, label in KINDS.items())
        options = [(str(each.id), each.name) for each in programmes]
        self.programme.fill(options, empty=_("Ninguno todavía") if may_have_none else _("Elija un programa"))

    def show(self, agreement: Agreement) -> None:
        """Show what is known."""
        for name in ("title", "code", "purpose", "starts_on", "months", "is_without_funds", "holds_cohorts"):
            self[name].data = getattr(agreement, name)
        self.kind.data = agreement.kind.value
        self.programme.data = str(agreement.programme_id or "")

    def values(self) -> AgreementValues:
        """Return what was written, as the service takes it."""
        return AgreementValues(
            code=str(self.code.data),
            title=str(self.title.data),
            kind=AgreementKind(str(self.kind.data)),
            programme_id=UUID(str(self.programme.data)) if self.programme.data else None,
            purpose=self.purpose.data or "",
            starts_on=self.starts_on.data,
            months=self.months.data,
            is_without_funds=bool(self.is_without_funds.data),
            holds_cohorts=bool(self.holds_cohorts.data),
        )


class PartyForm(BaseForm):
    """Who takes part: an institution of the directory or an outside body."""

    institution = ChoiceField(_l("Institución del directorio"))
    name = TextField(
        _l("Nombre, si no está en el directorio"),
        [Optional(), Length(max=250)],
        description=_l("Por ejemplo, un organismo internacional o una universidad."),
    )
    role = ChoiceField(_l("Participa como"), [CHOSEN])
    signed_by = TextField(
        _l("Cargo de quien firma"),
        [Optional(), Length(max=200)],
        description=_l("El cargo, sin nombres de personas."),
    )

    def fill(self, actor: Actor) -> None:
        """Set the choices."""
        options = institution_options(actor, DirectoryPermission.READ)
        self.institution.fill([(str(each), label) for each, label in options], empty=_("Ninguna"))
        self.role.fill((role.value, label) for role, label in ROLES.items())

    def validate_name(self, field: TextField) -> None:
        """Ask for one of the two."""
        if bool(field.data) == bool(self.institution.data):
            raise ValidationError(
                _l("Elija una institución del directorio o escriba un nombre: uno de los dos.")
            )

    @property
    def wanted_role(self) -> PartyRole:
        """Return the chosen role."""
        return PartyRole(str(self.role.data))


class DutyForm(BaseForm):
    """What is owed."""

    kind = ChoiceField(_l("Qué es"), [CHOSEN])
    text = TextField(_l("Qué se hará o entregará"), [NEEDED, Length(max=400)], description=NO_CASES)
    party = ChoiceField(_l("Responsable"))
    due_on = DateField(_l("Fecha comprometida"), [Optional()])

    def fill(self, parties: Iterable[Party]) -> None:
        """Set the choices."""
        kinds = (DutyKind.OBLIGATION, DutyKind.PRODUCT)
        self.kind.fill((kind.value, DUTY_KINDS[kind]) for kind in kinds)
        self.party.fill([(str(party.id), party.name) for party in parties], empty=_("Todas las partes"))

    @property
    def wanted_kind(self) -> DutyKind:
        """Return the chosen kind."""
        return DutyKind(str(self.kind.data))


class CampaignForm(BaseForm):
    """A campaign: whom it tells, how, where and when."""

    text = TextField(_l("Nombre de la campaña"), [NEEDED, Length(max=400)], description=NO_CASES)
    audience = TextField(
        _l("A quién se dirige"),
        [NEEDED, Length(max=250)],
        description=_l("Por ejemplo: personal de hoteles, madres y padres de secundaria."),
    )
    channel = ChoiceField(_l("Por qué medio"), [CHOSEN])
    place = TextField(_l("Dónde"), [NEEDED, Length(max=250)])
    starts_on = DateField(_l("Primer día"), [DAY])
    ends_on = DateField(_l("Último día"), [Optional()], description=_l("En blanco si dura un solo día."))
    party = ChoiceField(_l("Responsable"))

    def fill(self, parties: Iterable[Party]) -> None:
        """Set the choices."""
        self.channel.fill((each.value, label) for each, label in CHANNELS.items())
        self.party.fill([(str(party.id), party.name) for party in parties], empty=_("Todas las partes"))

    def values(self) -> CampaignValues:
        """Return what was written."""
        return CampaignValues(
            text=str(self.text.data),
            audience=str(self.audience.data),
            channel=Channel(str(self.channel.data)),
            place=str(self.place.data),
            starts_on=cast("date", self.starts_on.data),
            ends_on=self.ends_on.data,
        )


class ReachForm(BaseForm):
    """How many people a campaign reached."""

    reach = IntegerField(
        _l("Personas alcanzadas"),
        [
            InputRequired(_l("Escriba la cifra.")),
            NumberRange(0, 1_000_000_000, _l("Escriba un número, desde cero.")),
        ],
    )
    method = TextField(
        _l("Cómo se midió"),
        [NEEDED, Length(max=400)],
        description=_l("Por ejemplo: listas de asistencia, tiraje repartido, estimación de la emisora."),
    )


class StepForm(BaseForm):
    """How far an obligation or a product came."""

    state = ChoiceField(_l("Estado"), [CHOSEN])
    happened_on = DateField(_l("Desde el"), [DAY])
    reference = TextField(
        _l("Acta, oficio u ordenanza"),
        [Optional(), Length(max=200)],
        description=_l("El número del acto que lo acredita."),
    )
    note = TextAreaField(
        _l("Nota"), [Optional(), Length(max=LONGEST_TEXT)], description=NO_CASES, filters=[strip]
    )

    def fill(self, duty: AgreementDuty) -> None:
        """Offer the states of its kind."""
        self.state.fill((state.value, STATES[state]) for state in STATES_OF[duty.kind])

    def values(self) -> StepValues:
        """Return what was written."""
        return StepValues(
            state=DutyState(str(self.state.data)),
            happened_on=cast("date", self.happened_on.data),
            reference=self.reference.data or "",
            note=self.note.data or "",
        )


class CommitmentForm(BaseForm):
    """A number that will fill itself."""

    counter = ChoiceField(_l("Qué se cuenta"), [CHOSEN])
    wanted = IntegerField(
        _l("Cuántas"),
        [
            InputRequired(_l("Escriba la cifra.")),
            NumberRange(1, 1_000_000, _l("Escriba un número mayor que cero.")),
        ],
    )
    sector = ChoiceField(_l("Sector"), description=_l("Solo para lo que se cuenta por sector."))
    party = ChoiceField(_l("De qué institución"))

    def fill(self, parties: Iterable[Party]) -> None:
        """Set the choices."""
        self.counter.fill((each.name, each.label) for each in registry("commitment_counters").values())
        self.sector.fill(sector_choices(), empty=_("Todos los sectores"))
        known = [(str(party.id), party.name) for party in parties if party.row.institution_id]
        self.party.fill(known, empty=_("Todo el programa"))


class PaperForm(BaseForm):
    """A paper to keep."""

    title = TextField(_l("Qué documento es"), [NEEDED, Length(max=160)])
    paper = FileField(_l("Archivo"), description=_l("PDF o imagen en JPG o PNG."))

    def validate_paper(self, field: FileField) -> None:
        """Ask for a file."""
        if not (field.data and field.data.filename):
            raise ValidationError(_l("Elija un archivo."))


class AmendmentForm(BaseForm):
    """What changed after the signature."""

    kind = ChoiceField(_l("Qué se firmó"), [CHOSEN])
    signed_on = DateField(_l("Fecha de firma"), [DAY])
    months = IntegerField(
        _l("Meses que agrega"),
        [Optional(), NumberRange(1, LONGEST_MONTHS, _l("Escriba un número de meses entre 1 y 600."))],
        description=_l("Solo para una prórroga."),
    )
    last_day = DateField(
        _l("Último día"), [Optional()], description=_l("Solo para una terminación anticipada.")
    )
    text = TextAreaField(
        _l("Qué cambia"), [Optional(), Length(max=LONGEST_TEXT)], description=NO_CASES, filters=[strip]
    )

    def fill(self) -> None:
        """Set the choices."""
        self.kind.fill((kind.value, label) for kind, label in AMENDMENTS.items())

    def values(self) -> AmendmentValues:
        """Return what was written."""
        return AmendmentValues(
            kind=AmendmentKind(str(self.kind.data)),
            signed_on=cast("date", self.signed_on.data),
            months=self.months.data,
            last_day=self.last_day.data,
            text=self.text.data or "",
        )


class AgreementFilter(BaseForm):
    """What narrows the list of agreements; it travels in the address."""

    class Meta(BaseForm.Meta):
        """A search changes nothing and needs no token."""

        csrf = False

    q = SearchField(_l("Buscar"))
    state = ChoiceField(_l("Estado"))
    kind = ChoiceField(_l("Tipo"))
    programme = ChoiceField(_l("Programa"))

    def fill(self, programmes: Sequence[Programme]) -> None:
        """Set the choices."""
        self.state.fill([(each.value, label) for each, label in STANDINGS.items()], empty=_("Todos"))
        self.kind.fill([(each.value, label) for each, label in KINDS.items()], empty=_("Todos"))
        self.programme.fill([(str(each.id), each.name) for each in programmes], empty=_("Todos"))

    def asked(self, sort: str) -> Narrowing:
        """Return what is asked for; a value that no list has narrows nothing."""
        programme = self.programme.data if self.programme.data in _values(self.programme) else ""
        return Narrowing(
            text=self.q.data or "",
            state=self.state.data if self.state.data in set(Standing) else "",
            kind=self.kind.data if self.kind.data in set(AgreementKind) else "",
            programme_id=UUID(programme) if programme else None,
            sort=sort,
        )

    @property
    def query(self) -> dict[str, str]:
        """Return what the links of the page carry on."""
        return {name: str(self[name].data) for name in ("q", "state", "kind", "programme") if self[name].data}


def _values(field: ChoiceField) -> set[Any]:
    return {each.value for each in cast("list[Any]", field.choices)}

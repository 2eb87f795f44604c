"""Forms about seats."""

from collections.abc import Iterable
from datetime import date
from typing import Any, cast
from uuid import UUID

from flask_wtf.file import FileField
from wtforms import BooleanField, DateField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from lms.core.i18n import _, _l
from lms.institutions.commission.rules import HolderRank
from lms.institutions.commission.values import HolderValues, SeatValues
from lms.institutions.commission.words import RANKS, SEAT_KINDS
from lms.institutions.programmes.models import Membership, MembershipKind
from lms.web.forms import NO_CASES, BaseForm, ChoiceField, TextField, strip

NEEDED = DataRequired(_l("Escriba este dato."))
CHOSEN = DataRequired(_l("Elija una opción."))
DAY = InputRequired(_l("Elija el día."))


class DayForm(BaseForm):
    """Of which day, and since which, the page tells; it travels in the address."""

    class Meta(BaseForm.Meta):
        """A look at another day changes nothing and needs no token."""

        csrf = False

    on = DateField(_l("Al día"), [Optional()])
    against = DateField(_l("Comparar con el día"), [Optional()])

    def day(self, today: date) -> date:
        """Return the day that is asked for; without a readable one, today."""
        return self.on.data or today

    @property
    def query(self) -> dict[str, str]:
        """Return what the links of the page carry on."""
        return {name: str(self[name].data) for name in ("on", "against") if self[name].data}


class SeatFileForm(BaseForm):
    """A file of seats."""

    file = FileField(
        _l("Archivo CSV"),
        description=_l(
            "Columnas: Institución, Participa como, Desde, Hasta, Norma del asiento, Fecha de la norma, Titular, "
            "Cargo del titular, Alterno, Cargo del alterno."
        ),
    )
    only_look = BooleanField(_l("Solo revisar, sin guardar"))

    def validate_file(self, field: FileField) -> None:
        """Ask for a file."""
        if not (field.data and field.data.filename):
            raise ValidationError(_l("Elija un archivo."))


class SeatForm(BaseForm):
    """The days, the kind and the resolution of a seat."""

    kind = ChoiceField(_l("Participa como"), [CHOSEN])
    starts_on = DateField(_l("Desde el"), [DAY])
    ends_on = DateField(_l("Último día"), [Optional()], description=_l("En blanco mientras participe."))
    resolution = TextField(
        _l("Norma o resolución"),
        [Optional(), Length(max=120)],
        description=_l("El número de la norma que da el asiento."),
    )
    resolution_on = DateField(_l("Fecha de la norma"), [Optional()])
    resolution_text = TextAreaField(
        _l("Qué dice del asiento"), [Optional(), Length(max=1000)], description=NO_CASES, filters=[strip]
    )

    def fill(self) -> None:
        """Set the choices."""
        self.kind.fill(SEAT_KINDS.items())

    def show(self, membership: Membership) -> None:
        """Show what is known."""
        for name in ("starts_on", "ends_on", "resolution", "resolution_on", "resolution_text"):
            self[name].data = getattr(membership, name)
        self.kind.data = membership.kind.value

    def values(self) -> SeatValues:
        """Return what was written."""
        return SeatValues(
            kind=MembershipKind(str(self.kind.data)),
            starts_on=cast("date", self.starts_on.data),
            ends_on=self.ends_on.data,
            resolution=self.resolution.data or "",
            resolution_on=self.resolution_on.data,
            resolution_text=self.resolution_text.data or "",
        )


class HolderForm(BaseForm):
    """Who holds a seat."""

    rank = ChoiceField(_l("Ocupa el asiento como"), [CHOSEN])
    person = ChoiceField(_l("Persona con cuenta"), description=_l("De la institución del asiento."))
    name = TextField(
        _l("Nombre, si no tiene cuenta"),
        [Optional(), Length(max=160)],
        description=_l("Como lo escribe la resolución."),
    )
    post = TextField(_l("Cargo"), [NEEDED, Length(max=200)])
    starts_on = DateField(_l("Desde el"), [DAY], description=_l("Quien lo ocupaba lo deja el día anterior."))
    resolution = TextField(
        _l("Resolución que lo nombra"),
        [Optional(), Length(max=120)],
        description=_l("Sin ella, el asiento se señala."),
    )
    resolution_on = DateField(_l("Fecha de la resolución"), [Optional()])

    def fill(self, people: Iterable[tuple[UUID, str]]) -> None:
        """Set the choices."""
        self.rank.fill((rank.value, label) for rank, label in RANKS.items())
        self.person.fill([(str(each), name) for each, name in people], empty=_("Ninguna"))

    def validate_name(self, field: Any) -> None:
        """Ask for one of the two."""
        if bool(field.data) == bool(self.person.data):
            raise ValidationError(_l("Elija una persona con cuenta o escriba un nombre: uno de los dos."))

    def values(self) -> HolderValues:
        """Return what was written."""
        return HolderValues(
            rank=HolderRank(str(self.rank.data)),
            person_id=UUID(str(self.person.data)) if self.person.data else None,
            name=self.name.data or "",
            post=str(self.post.data),
            starts_on=cast("date", self.starts_on.data),
            resolution=self.resolution.data or "",
            resolution_on=self.resolution_on.data,
        )

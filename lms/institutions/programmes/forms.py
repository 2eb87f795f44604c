"""Forms about programmes."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import available_timezones

from flask_wtf.file import FileField
from wtforms import BooleanField, DateField, DecimalField, IntegerField
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    Regexp,
    ValidationError,
)

from lms.core.i18n import _l
from lms.institutions.programmes.models import MembershipKind, Programme
from lms.institutions.programmes.queries import Issuing
from lms.institutions.programmes.rules import ProgrammeValues, Scale
from lms.web.forms import BaseForm, ChoiceField, TextField

NEEDED = DataRequired(_l("Escriba este dato."))
SHARE = NumberRange(0, 100, _l("Escriba un porcentaje entre 0 y 100."))
SCALES = ((Scale.TEN, _l("De 0 a 10")), (Scale.TWENTY, _l("De 0 a 20")), (Scale.PERCENT, _l("Porcentaje")))
KINDS = (
    (MembershipKind.MEMBER, _l("Integrante")),
    (MembershipKind.PERMANENT_GUEST, _l("Invitada permanente")),
    (MembershipKind.SECRETARIAT, _l("Secretaría técnica")),
)
SHARES = ("pass_mark", "attendance_share", "target_share")
SAME = ("code", "name", "issuer_name", "issuer_unit", "territory", "timezone", "starts_on", "ends_on")


class ProgrammeForm(BaseForm):
    """A programme's data; percentages on the page, fractions in the table."""

    name = TextField(_l("Nombre del programa"), [NEEDED, Length(max=250)])
    code = TextField(
        _l("Clave"),
        [NEEDED, Regexp(r"^[A-Z]{2,12}$", message=_l("Use de 2 a 12 letras mayúsculas, sin espacios."))],
        description=_l("Los folios empiezan con ella, por ejemplo QROO. No se cambia después."),
    )
    issuer_name = TextField(_l("Autoridad que emite"), [NEEDED, Length(max=250)])
    issuer_unit = TextField(_l("Unidad"), [Length(max=250)])
    country = TextField(
        _l("País"),
        [NEEDED, Regexp(r"^[A-Za-z]{2}$", message=_l("Use el código de dos letras, por ejemplo MX."))],
        description=_l("Código de dos letras: MX, PE, EC."),
    )
    territory = TextField(_l("Territorio"), [Length(max=120)])
    timezone = TextField(
        _l("Zona horaria"), [NEEDED], description=_l("Por ejemplo America/Cancun o America/Lima.")
    )
    scale = ChoiceField(_l("Escala de calificación"), [NEEDED])
    pass_mark = DecimalField(_l("Calificación mínima (%)"), [InputRequired(_l("Escriba este dato.")), SHARE])
    attendance_share = DecimalField(
        _l("Asistencia mínima (%)"), [InputRequired(_l("Escriba este dato.")), SHARE]
    )
    target_share = DecimalField(
        _l("Meta de personas que completan (%)"), [InputRequired(_l("Escriba este dato.")), SHARE]
    )
    starts_on = DateField(_l("Empieza el"), [NEEDED])
    ends_on = DateField(_l("Termina el"), [Optional()])

    def validate_timezone(self, field: TextField) -> None:
        """Accept only zones that the system knows."""
        if field.data not in available_timezones():
            raise ValidationError(_l("No es una zona horaria conocida. Por ejemplo: America/Cancun."))

    def validate_ends_on(self, field: DateField) -> None:
        """A programme does not end before it starts."""
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(_l("Elija un día posterior al de inicio."))

    def fill(self) -> None:
        """Set the choices."""
        self.scale.fill((scale.value, label) for scale, label in SCALES)

    def show(self, programme: Programme) -> None:
        """Show a programme's present data."""
        for name in (*SAME, "country"):
            self[name].data = getattr(programme, name)
        self.scale.data = programme.scale.value
        for name in SHARES:
            self[name].data = round(getattr(programme, name) * 100, 2)

    def values(self) -> ProgrammeValues:
        """Return what was typed, as the service takes it."""
        shares: dict[str, Any] = {name: float(self[name].data) / 100 for name in SHARES}
        same = {name: self[name].data for name in SAME}
        scale, country = Scale(str(self.scale.data)), str(self.country.data).upper()
        return ProgrammeValues(**same, **shares, scale=scale, country=country)


class MemberForm(BaseForm):
    """An institution that joins."""

    institution = ChoiceField(_l("Institución"), [NEEDED])
    kind = ChoiceField(_l("Participa como"), [NEEDED])
    starts_on = DateField(_l("Desde el"), [NEEDED])

    def fill(self, institutions: list[tuple[str, str]]) -> None:
        """Set the choices."""
        self.institution.fill(institutions, empty=_l("Elija una institución"))
        self.kind.fill((kind.value, label) for kind, label in KINDS)


class TargetForm(BaseForm):
    """What an institution should reach in a year."""

    institution = ChoiceField(_l("Institución"), [NEEDED])
    year = IntegerField(_l("Año"), [InputRequired(_l("Escriba el año.")), NumberRange(2000, 2100)])
    share = DecimalField(_l("Meta (%)"), [InputRequired(_l("Escriba la meta.")), SHARE])
    source = TextField(
        _l("Dónde se acordó"),
        [NEEDED, Length(max=250)],
        description=_l("Por ejemplo: segunda sesión ordinaria de 2026."),
    )


class SignatoriesForm(BaseForm):
    """Up to two people who sign, by name and post."""

    name_1 = TextField(_l("Nombre de quien firma primero"), [Length(max=160)])
    post_1 = TextField(_l("Cargo"), [Length(max=200)])
    name_2 = TextField(_l("Nombre de quien firma después"), [Length(max=160)])
    post_2 = TextField(_l("Cargo de la segunda firma"), [Length(max=200)])

    def people(self) -> list[tuple[str, str]]:
        """Return the signatures that have a post."""
        pairs = ((self.name_1.data, self.post_1.data), (self.name_2.data, self.post_2.data))
        return [(str(name or ""), str(post)) for name, post in pairs if post]


MOST_ISSUERS = 3
ORDINALS = (_l("Primera autoridad"), _l("Segunda autoridad"), _l("Tercera autoridad"))


class IssuersForm(BaseForm):
    """Up to three authorities that issue together, in order, each with its logo."""

    name_1 = TextField(_l("Nombre"), [NEEDED, Length(max=250)])
    unit_1 = TextField(_l("Unidad"), [Length(max=250)])
    logo_1 = FileField(_l("Logotipo"), description=_l("PNG o JPEG de hasta 3 MB. Vacío: queda el que hay."))
    drop_1 = BooleanField(_l("Quitar el logotipo"))
    name_2 = TextField(_l("Nombre"), [Length(max=250)], description=_l("Vacío: no hay segunda autoridad."))
    unit_2 = TextField(_l("Unidad"), [Length(max=250)])
    logo_2 = FileField(_l("Logotipo"), description=_l("PNG o JPEG de hasta 3 MB. Vacío: queda el que hay."))
    drop_2 = BooleanField(_l("Quitar el logotipo"))
    name_3 = TextField(_l("Nombre"), [Length(max=250)], description=_l("Vacío: no hay tercera autoridad."))
    unit_3 = TextField(_l("Unidad"), [Length(max=250)])
    logo_3 = FileField(_l("Logotipo"), description=_l("PNG o JPEG de hasta 3 MB. Vacío: queda el que hay."))
    drop_3 = BooleanField(_l("Quitar el logotipo"))

    def show(self, issuers: Sequence[Issuing]) -> None:
        """Put those who issue now into the form."""
        for number, each in enumerate(issuers[:MOST_ISSUERS], start=1):
            self[f"name_{number}"].data, self[f"unit_{number}"].data = each.name, each.unit

    def sent(self, number: int) -> bytes:
        """Return the picture that was sent for an authority; empty without one."""
        file = self[f"logo_{number}"].data
        return bytes(file.read()) if file else b""

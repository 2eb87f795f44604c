"""Forms about people."""

from collections.abc import Iterable
from datetime import date
from typing import cast
from uuid import UUID

from wtforms import BooleanField, DateField, EmailField, SearchField
from wtforms.validators import DataRequired, Length, Optional, Regexp

from lms.core.actors import Actor
from lms.core.i18n import _, _l
from lms.institutions.directory.permissions import DirectoryPermission
from lms.institutions.directory.queries import institution_options
from lms.institutions.people.queries import Place
from lms.web.forms import BaseForm, ChoiceField, TextField, strip
from lms.web.sectors import SECTORS

NEEDED = DataRequired(_l("Escriba este dato."))
CHOSEN = DataRequired(_l("Elija una opción."))
DATED = DataRequired(_l("Escriba una fecha."))
EMAIL = Regexp(
    r"^[^@\s]+@[^@\s]+\.[^@\s]+$",
    message=_l("Escriba un correo con arroba, por ejemplo nombre@institucion.org"),
)


class PersonForm(BaseForm):
    """A person's data."""

    given_names = TextField(_l("Nombres"), [NEEDED, Length(max=120)])
    first_surname = TextField(_l("Primer apellido"), [NEEDED, Length(max=120)])
    second_surname = TextField(_l("Segundo apellido"), [Optional(), Length(max=120)])
    email = EmailField(
        _l("Correo"),
        [Optional(), EMAIL, Length(max=254)],
        filters=[strip],
        description=_l(
            "Con él entra y recibe avisos. Sin correo, el enlace le entrega el acceso en persona."
        ),
    )
    national_id = TextField(
        _l("Identificación"),
        [Optional(), Length(max=40)],
        description=_l(
            "CURP, cédula o DNI, si su institución la pide. Solo sirve para hallar registros repetidos."
        ),
    )
    is_active = BooleanField(_l("Puede entrar"))
    is_test = BooleanField(
        _l("Persona de prueba: no cuenta en ninguna cifra"),
        description=_l(
            "Tampoco recibe documentos. Sirve para probar cursos y sesiones sin alterar los informes."
        ),
    )


class WorkForm(BaseForm):
    """Where a person works, as what, and since when."""

    institution = ChoiceField(_l("Institución"), [CHOSEN])
    post = TextField(_l("Puesto"), [Optional(), Length(max=160)])
    sector = ChoiceField(
        _l("Sector de la persona"),
        [Optional()],
        description=_l("Decide qué apartados de las lecciones ve abiertos."),
    )
    starts_on = DateField(_l("Desde"), [DATED], description=_l("Primer día en el puesto."))

    def fill(self, actor: Actor) -> None:
        """Offer the institutions in which the actor registers people, and the sectors."""
        options = institution_options(actor, DirectoryPermission.MANAGE_PEOPLE)
        empty = None if len(options) == 1 else _("Elija una institución")
        self.institution.fill(((str(each), label) for each, label in options), empty=empty)
        sectors = ((sector.id, sector.label) for sector in SECTORS.values())
        self.sector.fill(sectors, empty=_("El de su institución"))

    @property
    def institution_id(self) -> UUID:
        """Return the chosen institution."""
        return UUID(str(self.institution.data))

    @property
    def first_day(self) -> date:
        """Return the first day in the post, once the form is valid."""
        return cast("date", self.starts_on.data)


class NewPersonForm(WorkForm):
    """A new person with their first post."""

    given_names = TextField(_l("Nombres"), [NEEDED, Length(max=120)])
    first_surname = TextField(_l("Primer apellido"), [NEEDED, Length(max=120)])
    second_surname = TextField(_l("Segundo apellido"), [Optional(), Length(max=120)])
    email = EmailField(
        _l("Correo"),
        [Optional(), EMAIL, Length(max=254)],
        filters=[strip],
        description=_l(
            "Con él entra y recibe avisos. Sin correo, el enlace le entrega el acceso en persona."
        ),
    )
    national_id = TextField(
        _l("Identificación"),
        [Optional(), Length(max=40)],
        description=_l(
            "CURP, cédula o DNI, si su institución la pide. Solo sirve para hallar registros repetidos."
        ),
    )
    wants_invitation = BooleanField(_l("Enviarle ahora la invitación por correo"), default=True)


class EndForm(BaseForm):
    """The last day in a post."""

    ends_on = DateField(_l("Último día"), [DATED])

    @property
    def last_day(self) -> date:
        """Return the last day in the post, once the form is valid."""
        return cast("date", self.ends_on.data)


class PlaceForm(BaseForm):
    """Where a role holds."""

    place = ChoiceField(_l("Dónde"), [CHOSEN])

    def fill(self, places: Iterable[Place]) -> None:
        """Offer the places, grouped when they are of several kinds."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for place in places:
            groups.setdefault(str(place.group), []).append((place.key, str(place.label)))
        if len(groups) > 1:
            self.place.choices = groups
        else:
            self.place.fill(next(iter(groups.values()), []))


class PeopleFilter(BaseForm):
    """What narrows the list of people; it travels in the address."""

    class Meta(BaseForm.Meta):
        csrf = False

    q = SearchField(_l("Buscar por nombre o correo"))
    institution = ChoiceField(_l("Institución"))
    state = ChoiceField(_l("Cuenta"))

    def fill(self, actor: Actor) -> None:
        """Offer the institutions in reach and the states of an account."""
        options = institution_options(actor, DirectoryPermission.MANAGE_PEOPLE)
        self.institution.fill(((str(each), label) for each, label in options), empty=_("Todas"))
        states = [
            ("waiting", _("Sin aceptar la invitación")),
            ("closed", _("Sin acceso")),
            ("roles", _("Con algún papel")),
            ("provisional", _("Provisional")),
            ("test", _("De prueba")),
        ]
        if actor.reach(DirectoryPermission.MANAGE_PEOPLE).everywhere:
            states.append(("nowhere", _("Sin adscripción")))
        self.state.fill(states, empty=_("Todas"))

    @property
    def institution_id(self) -> UUID | None:
        """Return the chosen institution, if the address names one of those offered."""
        offered = {value for value, *_rest in self.institution.iter_choices()}
        chosen = str(self.institution.data or "")
        return UUID(chosen) if chosen and chosen in offered else None

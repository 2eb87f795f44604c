"""Forms about institutions."""

from collections.abc import Iterable
from uuid import UUID

from wtforms import BooleanField, DateField, SearchField
from wtforms.validators import DataRequired, Length, Optional

from lms.core.actors import Actor
from lms.core.i18n import _, _l
from lms.institutions.directory.models import Institution
from lms.institutions.directory.permissions import DirectoryPermission
from lms.institutions.directory.queries import institution_options
from lms.web.forms import BaseForm, ChoiceField, TextField
from lms.web.sectors import SECTORS


def sector_choices() -> list[tuple[str, str]]:
    """Return every sector as (id, name)."""
    return [(sector.id, str(sector.label)) for sector in SECTORS.values()]


class InstitutionForm(BaseForm):
    """What the directory keeps of an institution."""

    name = TextField(
        _l("Nombre completo"),
        [DataRequired(_l("Escriba el nombre de la institución.")), Length(max=250)],
        description=_l("Como lo escribe la propia institución."),
    )
    short_name = TextField(
        _l("Nombre corto"),
        [Optional(), Length(max=60)],
        description=_l("Para tablas y encabezados angostos, por ejemplo unas siglas."),
    )
    parent = ChoiceField(_l("Depende de"), [Optional()])
    sector = ChoiceField(_l("Sector"), [Optional()])
    territory = TextField(
        _l("Territorio"),
        [Optional(), Length(max=120)],
        description=_l("Estado, municipio o región, por ejemplo «Benito Juárez, Quintana Roo»."),
    )
    is_group = BooleanField(
        _l("Es un grupo de instituciones"),
        description=_l(
            "Como «Ayuntamientos»: quienes dependen de él son sus integrantes y aparecen por separado."
        ),
    )
    opened_on = DateField(_l("Existe desde el"), [Optional()], description=_l("En blanco si no se sabe."))
    moved_on = DateField(
        _l("Depende de ella desde el"),
        [Optional()],
        description=_l(
            "Solo si cambió de lugar en el árbol: el anterior se conserva para lo de antes. En blanco, se corrige."
        ),
    )

    def fill(self, actor: Actor, institution: Institution | None = None) -> None:
        """Offer the sectors, and the bodies from which the institution may hang."""
        self.sector.fill(sector_choices(), empty=_("Ninguno en particular"))
        options = institution_options(
            actor,
            DirectoryPermission.MANAGE_INSTITUTIONS,
            keep=institution.parent_id if institution else None,
            outside=institution,
        )
        present = institution.parent_id if institution else None
        is_root = institution is not None and present is None
        if present and present not in {each for each, _label in options}:
            options.insert(0, (present, "—"))  # out of the actor's reach: it stays, and is not named
        may_be_root = is_root or actor.reach(DirectoryPermission.MANAGE_INSTITUTIONS).everywhere
        if not may_be_root:
            self.parent.validators = [DataRequired(_l("Elija una opción."))]
        choices = [(str(each), label) for each, label in options]
        self.parent.fill(choices, empty=_("De ninguna: es una institución raíz") if may_be_root else None)

    @property
    def parent_id(self) -> UUID | None:
        """Return the chosen body; None for a root."""
        return UUID(str(self.parent.data)) if self.parent.data else None


class RenameForm(BaseForm):
    """The name that an institution has from a day on."""

    name = TextField(
        _l("Nombre completo"),
        [DataRequired(_l("Escriba el nombre de la institución.")), Length(max=250)],
        description=_l("Como lo escribe la propia institución."),
    )
    short_name = TextField(_l("Nombre corto"), [Optional(), Length(max=60)])
    starts_on = DateField(
        _l("Se llama así desde el"),
        [DataRequired(_l("Escriba una fecha."))],
        description=_l("El nombre anterior se conserva para lo de antes, y la búsqueda lo encuentra."),
    )


class InstitutionFilter(BaseForm):
    """What narrows the list of institutions; it travels in the address."""

    class Meta(BaseForm.Meta):
        csrf = False

    q = SearchField(_l("Buscar"))
    sector = ChoiceField(_l("Sector"))
    territory = ChoiceField(_l("Territorio"))
    state = ChoiceField(_l("Estado"))
    on = DateField(_l("Al día"), [Optional()])

    def fill(self, territories: Iterable[tuple[str, str]]) -> None:
        """Offer the sectors, the territories in which there is something, and the states."""
        self.territory.fill(territories, empty=_("Todos los territorios"))
        self.sector.fill(sector_choices(), empty=_("Todos los sectores"))
        self.state.fill([("closed", _("Dadas de baja")), ("all", _("Todas"))], empty=_("Activas"))

    @property
    def territory_id(self) -> UUID | None:
        """Return the chosen territory; None for all, and for what is none."""
        try:
            return UUID(str(self.territory.data or ""))
        except ValueError:
            return None

    @property
    def query(self) -> dict[str, str]:
        """Return what was asked, as it travels in an address."""
        return {field.name: str(field.data) for field in self if field.data}


class PeopleFilter(BaseForm):
    """What narrows the people of an institution."""

    class Meta(BaseForm.Meta):
        csrf = False

    q = SearchField(_l("Buscar personas"))

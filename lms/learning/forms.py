"""Forms about cohorts and enrolments."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, IntegerField, SearchField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from lms.core.actors import Actor
from lms.core.i18n import _, _l
from lms.courses.queries import list_courses_public
from lms.institutions.agreements.models import Agreement
from lms.institutions.directory.forms import sector_choices
from lms.learning.agreements import agreement_choices, list_in_force
from lms.learning.models import Cohort, Modality
from lms.learning.queries import list_managed_programmes
from lms.learning.roster import LABELS, RosterFilter
from lms.learning.rules import Standing
from lms.web.forms import NO_CASES, BaseForm, ChoiceField, TextField

MODALITIES = (
    (Modality.BLENDED.value, _l("En línea y con sesiones presenciales")),
    (Modality.ONLINE.value, _l("En línea")),
    (Modality.ON_SITE.value, _l("Presencial")),
)
STATUSES = (
    ("running", _l("En curso")),
    ("upcoming", _l("Por empezar")),
    ("over", _l("Terminadas")),
)


class CohortForm(BaseForm):
    """What an administrator says about a cohort."""

    name = TextField(
        _l("Nombre"),
        [DataRequired(_l("Escriba un nombre.")), Length(max=160)],
        description=_l("Por ejemplo «Grupo 2 · octubre y noviembre»."),
    )
    modality = ChoiceField(_l("Modalidad"), [DataRequired()])
    venue = TextField(_l("Sede"), [Optional(), Length(max=250)], description=NO_CASES)
    starts_on = DateField(_l("Primer día"), [InputRequired(_l("Elija el primer día."))])
    ends_on = DateField(
        _l("Último día"),
        [InputRequired(_l("Elija el último día."))],
        description=_l("Hasta ese día cuenta el avance."),
    )
    capacity = IntegerField(
        _l("Cupo"),
        [Optional(), NumberRange(1, 10_000, _l("Escriba un número entre 1 y 10 000."))],
        description=_l("Vacío si no hay límite."),
    )
    agreement = ChoiceField(
        _l("Convenio"),
        [Optional()],
        description=_l("Aquel bajo el que se imparte, si lo hay. Se ofrecen los vigentes."),
    )

    def fill(self, agreements: Sequence[Agreement]) -> None:
        """Offer the modalities and these agreements."""
        self.modality.fill(MODALITIES)
        self.agreement.fill(agreement_choices(agreements), empty=_("Sin convenio"))

    def fill_of(self, cohort: Cohort, day: date) -> None:
        """Offer the agreements of the cohort's programme that are in force, and its own."""
        self.fill(list_in_force([cohort.programme_id], day, keep=cohort.agreement_id))

    def show(self, cohort: Cohort) -> None:
        """Put the cohort's data into the form."""
        agreement = str(cohort.agreement_id or "")
        self.process(obj=cohort, modality=cohort.modality.value, agreement=agreement)

    @property
    def agreement_id(self) -> UUID | None:
        """Return the agreement that was chosen, once the form is valid."""
        return UUID(self.agreement.data) if self.agreement.data else None


class NewCohortForm(CohortForm):
    """A cohort with what is chosen once: the programme and the course, whose newest release it pins."""

    programme = ChoiceField(_l("Programa"), [DataRequired(_l("Elija el programa."))])
    release = ChoiceField(
        _l("Curso"),
        [DataRequired(_l("Elija el curso."))],
        description=_l("La cohorte estudia la versión vigente hoy, hasta que alguien la pase a otra."),
    )

    def fill_for(self, actor: Actor, day: date) -> None:
        """Offer the programmes that the actor manages, their agreements and the courses that are offered."""
        programmes = list_managed_programmes(actor)
        self.fill(list_in_force([each.id for each in programmes], day))
        self.programme.fill((str(each.id), each.name) for each in programmes)
        self.release.fill((str(each.release_id), each.title) for each in list_courses_public())


class GlossaryFilter(BaseForm):
    """What narrows a glossary; it travels in the address."""

    class Meta(BaseForm.Meta):
        csrf = False

    q = SearchField(_l("Buscar en el glosario"))


class CohortFilter(BaseForm):
    """What narrows the list of cohorts; it travels in the address."""

    class Meta(BaseForm.Meta):
        csrf = False

    q = SearchField(_l("Buscar"))
    status = ChoiceField(_l("Fechas"))

    def fill(self) -> None:
        """Offer the states."""
        self.status.fill(STATUSES, empty=_("Todas las fechas"))


class RosterForm(BaseForm):
    """What narrows a roster; it travels in the address."""

    class Meta(BaseForm.Meta):
        csrf = False

    q = SearchField(_l("Buscar personas"))
    institution = ChoiceField(_l("Institución"))
    standing = ChoiceField(_l("Avance"))

    def fill(self, institutions: Sequence[tuple[UUID, str]]) -> None:
        """Offer the institutions of the cohort and the standings."""
        choices = ((str(each), name) for each, name in institutions)
        self.institution.fill(choices, empty=_("Todas las instituciones"))
        self.standing.fill(((each.value, LABELS[each]) for each in Standing), empty=_("Todas, sin bajas"))

    def wanted(self, sort: str) -> RosterFilter:
        """Return the filter that the address asks for; what cannot be read is left out."""
        standing = self.standing.data or ""
        return RosterFilter(
            text=self.q.data or "",
            institution_id=_read_id(self.institution.data or ""),
            standing=Standing(standing) if standing in set(Standing) else None,
            sort=sort,
        )


class SearchForm(BaseForm):
    """Words of a person's name or address; it travels in the address."""

    class Meta(BaseForm.Meta):
        csrf = False

    q = SearchField(_l("Nombre o correo"))


class TrackForm(BaseForm):
    """The sector whose branches of the lessons are open first."""

    sector = ChoiceField(
        _l("Sector"),
        description=_l("Los apartados de este sector se ven abiertos; los demás quedan a un toque."),
    )

    def fill(self) -> None:
        """Offer the sectors."""
        self.sector.fill(sector_choices(), empty=_("Todos los apartados abiertos"))


class FileForm(BaseForm):
    """A list of people to enrol."""

    file = FileField(
        _l("Archivo CSV o Excel"),
        [FileRequired(_l("Elija un archivo."))],
        description=_l(
            "CSV o XLSX con una columna «correo» o «identificación» y, si hace falta, otra «sector». Hasta 2 000 filas."
        ),
    )


def _read_id(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


class PersonMoveForm(BaseForm):
    """Why a person studies with another cohort."""

    reason = TextField(
        _l("Motivo"),
        [DataRequired(_l("Escriba el motivo.")), Length(max=250)],
        description=_l("Queda en la bitácora. No escriba aquí datos de casos ni de personas reales."),
    )

"""The filters of the bank."""

from collections.abc import Iterable

from wtforms import BooleanField, SearchField

from lms.assessments.bank.rules import LEVELS, State, Wanted
from lms.assessments.bank.words import LEVEL_WORDS, STATES
from lms.core.i18n import _, _l, current_language
from lms.core.places import place_name
from lms.core.text import Text
from lms.web.forms import BaseForm, ChoiceField, TextField
from lms.web.sectors import SECTORS


class BankFilter(BaseForm):
    """Which questions the list shows."""

    class Meta(BaseForm.Meta):
        """A search changes nothing and needs no token."""

        csrf = False

    q = SearchField(_l("Buscar"))
    course = ChoiceField(_l("Curso"))
    module = ChoiceField(_l("Módulo"))
    sector = ChoiceField(_l("Sector"))
    country = ChoiceField(_l("País"))
    level = ChoiceField(_l("Nivel"))
    kind = ChoiceField(_l("Tipo"))
    state = ChoiceField(_l("Estado"))
    label = TextField(_l("Objetivo o etiqueta"))
    attention = BooleanField(_l("Solo las que necesitan atención"))

    def fill(
        self,
        courses: Iterable[tuple[str, str]],
        modules: Iterable[int],
        countries: Iterable[str],
        kinds: Iterable[tuple[str, Text]],
    ) -> None:
        """Offer what there is to choose."""
        language = current_language()
        self.course.fill(courses, empty=_("Todos los cursos"))
        self.module.fill(((str(number), str(number)) for number in modules), empty=_("Todos"))
        self.sector.fill(((each.id, each.label) for each in SECTORS.values()), empty=_("Todos"))
        self.country.fill(((code, place_name(code, language)) for code in countries), empty=_("Todos"))
        self.level.fill(((level, LEVEL_WORDS[level]) for level in LEVELS), empty=_("Todos"))
        self.kind.fill(kinds, empty=_("Todos"))
        self.state.fill(((state.value, STATES[state][0]) for state in State), empty=_("Todos"))

    @property
    def wanted(self) -> Wanted:
        """Return the filters; what is none of the choices asks for nothing."""
        module = _chosen(self.module)
        return Wanted(
            text=self.q.data or "",
            course=_chosen(self.course),
            module=int(module) if module else None,
            sector=_chosen(self.sector),
            country=_chosen(self.country),
            level=_chosen(self.level),
            kind=_chosen(self.kind),
            state=_chosen(self.state),
            label=self.label.data or "",
            needs_attention=bool(self.attention.data),
        )


def _chosen(field: ChoiceField) -> str:
    known = {str(value) for value, *_rest in field.iter_choices()}
    return str(field.data) if str(field.data) in known else ""

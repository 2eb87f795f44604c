"""Forms about territories."""

from collections.abc import Iterable

from wtforms import SearchField

from lms.core.i18n import _, _l
from lms.institutions.territories.words import KINDS
from lms.web.forms import BaseForm, ChoiceField


class TerritoryFilter(BaseForm):
    """What narrows the list of territories; it travels in the address."""

    class Meta(BaseForm.Meta):
        csrf = False

    q = SearchField(_l("Buscar por nombre o código"))
    kind = ChoiceField(_l("Tipo"))
    country = ChoiceField(_l("País"))

    def fill(self, countries: Iterable[tuple[str, str]]) -> None:
        """Offer the steps and the countries."""
        self.kind.fill(((each.value, label) for each, label in KINDS.items()), empty=_("Todos los tipos"))
        self.country.fill(countries, empty=_("Todos los países"))

    @property
    def query(self) -> dict[str, str]:
        """Return what was asked, as it travels in an address."""
        return {field.name: field.data for field in self if field.data}

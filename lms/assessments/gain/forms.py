"""The filters of the figures of change."""

from collections.abc import Iterable

from lms.core.i18n import _, _l
from lms.web.forms import BaseForm, ChoiceField
from lms.web.sectors import SECTORS


class SectorFilter(BaseForm):
    """Which sector a cohort's page shows."""

    class Meta(BaseForm.Meta):
        """A search changes nothing and needs no token."""

        csrf = False

    sector = ChoiceField(_l("Sector"))

    def fill(self) -> None:
        """Offer the sectors."""
        self.sector.fill(((each.id, each.label) for each in SECTORS.values()), empty=_("Todos los sectores"))

    @property
    def wanted_sector(self) -> str:
        """Return the sector asked for; empty for all, and for one that is none."""
        return self.sector.data if self.sector.data in SECTORS else ""


class GainFilter(SectorFilter):
    """Which people a programme's page shows."""

    programme = ChoiceField(_l("Programa"))
    course = ChoiceField(_l("Curso"))
    year = ChoiceField(_l("Año de la cohorte"))

    def offer(
        self,
        programmes: Iterable[tuple[str, str]],
        courses: Iterable[tuple[str, str]],
        years: Iterable[int],
    ) -> None:
        """Offer what there is to choose."""
        self.fill()
        self.programme.fill(programmes)
        self.course.fill(courses)
        self.year.fill(((str(year), str(year)) for year in years), empty=_("Todos los años"))

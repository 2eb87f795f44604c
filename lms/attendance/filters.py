"""What narrows the register of a cohort, as it travels in the address."""

from collections.abc import Sequence
from uuid import UUID

from wtforms import SearchField

from lms.attendance.models import AttendanceState
from lms.attendance.narrowing import Prospect, Wanted
from lms.attendance.words import LABELS, PROSPECTS
from lms.core.i18n import _, _l
from lms.institutions.directory.forms import sector_choices
from lms.web.forms import BaseForm, ChoiceField


class RegisterFilter(BaseForm):
    """What narrows the register of a cohort; it travels in the address."""

    class Meta(BaseForm.Meta):
        csrf = False

    q = SearchField(_l("Buscar personas"))
    institution = ChoiceField(_l("Institución"))
    sector = ChoiceField(_l("Sector"))
    state = ChoiceField(_l("Con alguna sesión en"))
    standing = ChoiceField(_l("Situación"))

    def fill(self, institutions: Sequence[tuple[UUID, str]], states: Sequence[AttendanceState]) -> None:
        """Offer the institutions of the cohort, the sectors and the programme's states."""
        self.institution.fill(((str(key), name) for key, name in institutions), empty=_("Todas"))
        self.sector.fill(sector_choices(), empty=_("Todos"))
        self.state.fill(((each.code, each.label or LABELS[each.role]) for each in states), empty=_("Todos"))
        self.standing.fill(((each.value, PROSPECTS[each]) for each in Prospect), empty=_("Todas"))

    def wanted(self, sort: str) -> Wanted:
        """Return the filter that the address asks for; what cannot be read is left out."""
        standing = self.standing.data or ""
        return Wanted(
            text=self.q.data or "",
            institution_id=_read_id(self.institution.data or ""),
            sector=self.sector.data or "",
            state=self.state.data or "",
            prospect=Prospect(standing) if standing in set(Prospect) else None,
            sort=sort,
        )


def _read_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None

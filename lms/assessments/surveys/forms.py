"""The filters of the totals of a survey."""

from collections.abc import Iterable

from lms.core.i18n import _, _l
from lms.web.forms import BaseForm, ChoiceField
from lms.web.sectors import SECTORS


class SurveyFilter(BaseForm):
    """Which survey a page shows, and of whom."""

    class Meta(BaseForm.Meta):
        """A search changes nothing and needs no token."""

        csrf = False

    survey = ChoiceField(_l("Encuesta"))
    institution = ChoiceField(_l("Institución"))
    sector = ChoiceField(_l("Sector"))

    def offer(self, surveys: Iterable[tuple[str, str]], institutions: Iterable[str]) -> None:
        """Offer what there is to choose."""
        self.survey.fill(surveys)
        self.institution.fill(
            ((name, name) for name in sorted(set(institutions), key=str.casefold)),
            empty=_("Todas las instituciones"),
        )
        self.sector.fill(((each.id, each.label) for each in SECTORS.values()), empty=_("Todos los sectores"))

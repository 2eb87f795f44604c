"""The filters of an institution's documents."""

from wtforms import SearchField

from lms.certificates.holdings.rules import Shown, Wanted
from lms.certificates.holdings.words import SHOWN
from lms.certificates.issuing.words import KINDS
from lms.core.i18n import _, _l
from lms.web.forms import BaseForm, ChoiceField


class HoldingsFilter(BaseForm):
    """Words, state and kind."""

    class Meta(BaseForm.Meta):
        """A search changes nothing and needs no token."""

        csrf = False

    q = SearchField(_l("Nombre, folio o código"))
    shown = ChoiceField(_l("Estado"), name="state")
    kind = ChoiceField(_l("Documento"))

    def fill(self) -> None:
        """Offer every state and both kinds."""
        self.shown.fill([(each.value, label) for each, label in SHOWN.items()], empty=_("Todos"))
        self.kind.fill([(each.value, label) for each, label in KINDS.items()], empty=_("Los dos"))

    @property
    def wanted(self) -> Wanted:
        """Return what is asked for; what no choice offers asks for nothing."""
        shown = self.shown.data if self.shown.data in set(Shown) else ""
        kind = self.kind.data if self.kind.data in set(KINDS) else ""
        return Wanted(text=self.q.data or "", shown=Shown(shown) if shown else None, kind=kind)

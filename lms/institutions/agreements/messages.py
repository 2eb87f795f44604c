"""What happens to agreements, and the daily look at their ends."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from lms.core.events import Event
from lms.core.i18n import _l
from lms.core.jobs.orders import Order
from lms.core.text import Text


@dataclass(frozen=True, kw_only=True)
class AgreementCreated(Event):
    """An agreement was registered."""

    code = "agreements.created"
    sentence = _l("Registró el convenio %(number)s.")
    number: str


@dataclass(frozen=True, kw_only=True)
class AgreementChanged(Event):
    """Somebody changed its data."""

    code = "agreements.changed"
    sentence = _l("Cambió datos del convenio: %(fields)s.")
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AgreementDiscarded(Event):
    """A draft was thrown away."""

    code = "agreements.discarded"
    sentence = _l("Descartó el borrador del convenio %(number)s.")
    number: str


@dataclass(frozen=True, kw_only=True)
class PartyAdded(Event):
    """An institution became a party."""

    code = "agreements.party-added"
    sentence = _l("Agregó a %(party)s como parte del convenio.")
    party: str


@dataclass(frozen=True, kw_only=True)
class PartyRemoved(Event):
    """An institution is no party any more."""

    code = "agreements.party-removed"
    sentence = _l("Quitó una parte del convenio.")


@dataclass(frozen=True, kw_only=True)
class DutyAdded(Event):
    """An obligation or a product was written down."""

    code = "agreements.duty-added"
    sentence = _l("Agregó al convenio: %(text)s.")
    text: str


@dataclass(frozen=True, kw_only=True)
class DutyAdvanced(Event):
    """An obligation or a product came to another state."""

    code = "agreements.duty-advanced"
    sentence = _l("Registró un avance de «%(text)s»: %(state)s.")
    text: str
    state: str


@dataclass(frozen=True, kw_only=True)
class DutyRemoved(Event):
    """An obligation or a product that had not begun was taken out."""

    code = "agreements.duty-removed"
    sentence = _l("Quitó del convenio: %(text)s.")
    text: str


@dataclass(frozen=True, kw_only=True)
class CampaignReached(Event):
    """Somebody noted how many people a campaign reached."""

    code = "agreements.campaign-reached"
    sentence = _l("Registró el alcance de la campaña «%(text)s». Personas: %(reach)s.")
    text: str
    reach: int


@dataclass(frozen=True, kw_only=True)
class CommitmentAdded(Event):
    """A number was promised."""

    code = "agreements.commitment-added"
    sentence = _l("Agregó un compromiso de %(wanted)s (%(counter)s).")
    wanted: int
    counter: str


@dataclass(frozen=True, kw_only=True)
class CommitmentRemoved(Event):
    """A number is promised no more."""

    code = "agreements.commitment-removed"
    sentence = _l("Quitó un compromiso de %(wanted)s (%(counter)s).")
    wanted: int
    counter: str


@dataclass(frozen=True, kw_only=True)
class PaperAdded(Event):
    """A paper was kept with an agreement."""

    code = "agreements.paper-added"
    sentence = _l("Agregó al convenio el documento «%(title)s».")
    title: str


@dataclass(frozen=True, kw_only=True)
class PaperRemoved(Event):
    """A paper was taken out and erased."""

    code = "agreements.paper-removed"
    sentence = _l("Quitó del convenio el documento «%(title)s».")
    title: str


@dataclass(frozen=True, kw_only=True)
class AgreementAmended(Event):
    """An extension, an addendum or an early end was signed."""

    code = "agreements.amended"
    sentence = _l("Registró una modificación del convenio (%(kind)s).")
    kind: str
    ends_on: date | None


@dataclass(frozen=True, kw_only=True)
class ExpiryWarned(Event):
    """Whoever keeps the agreement was told that it ends soon."""

    code = "agreements.expiry-warned"
    sentence = _l("Se avisó que el convenio termina el %(ends_on)s.")
    ends_on: date
    days: int


@dataclass(frozen=True, kw_only=True)
class WarnOfExpiry(Order):
    """Write to those who keep agreements that end in 90, 30 or 7 days."""

    code: ClassVar[str] = "agreements.warn-of-expiry"
    label: ClassVar[Text] = _l("Avisar de convenios por vencer")

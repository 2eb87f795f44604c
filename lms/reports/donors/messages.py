"""What happens to the links of donors."""

from dataclasses import dataclass

from lms.core.events import Event
from lms.core.i18n import _l


@dataclass(frozen=True, kw_only=True)
class TotalsShared(Event):
    """Somebody made a link to the totals of a programme."""

    code = "donors.totals-shared"
    sentence = _l("Creó un enlace a los totales del programa para «%(reader)s», hasta el %(last_day)s.")
    reader: str
    last_day: str


@dataclass(frozen=True, kw_only=True)
class SharingEnded(Event):
    """Somebody closed a link."""

    code = "donors.sharing-ended"
    sentence = _l("Cerró el enlace a los totales del programa de «%(reader)s».")
    reader: str

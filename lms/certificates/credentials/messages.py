"""What happens to keys."""

from dataclasses import dataclass

from lms.core.events import Event
from lms.core.i18n import _l


@dataclass(frozen=True, kw_only=True)
class BadgeKeyMade(Event):
    """A new key signs the badges of an issuer from now on."""

    code = "certificates.badge-key-made"
    sentence = _l("La llave %(public)s firma desde ahora las insignias de %(did)s.")
    did: str
    public: str


@dataclass(frozen=True, kw_only=True)
class BadgeKeyWithdrawn(Event):
    """A key may be known to somebody else."""

    code = "certificates.badge-key-withdrawn"
    sentence = _l("Se retiró la llave %(public)s de %(did)s: lo que firmó ya no cuenta.")
    did: str
    public: str


@dataclass(frozen=True, kw_only=True)
class TimeStampMissed(Event):
    """A file was signed without its time stamp, which was not had in time; its subject is the document."""

    code = "certificates.time-stamp-missed"
    sentence = _l("El documento %(folio)s se firmó sin sello de tiempo: el servicio no respondió.")
    folio: str

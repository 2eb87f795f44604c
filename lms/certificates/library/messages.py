"""What happens to designs."""

from dataclasses import dataclass

from lms.core.events import Event
from lms.core.i18n import _l


@dataclass(frozen=True, kw_only=True)
class DesignUploaded(Event):
    """Somebody uploaded a version of a design; nothing is drawn with it yet."""

    code = "certificate-designs.uploaded"
    sentence = _l("Se subió el diseño «%(name)s», versión %(version)s.")
    name: str
    version: int
    digest: str


@dataclass(frozen=True, kw_only=True)
class DesignPublished(Event):
    """Documents may be drawn with a version of a design from now on."""

    code = "certificate-designs.published"
    sentence = _l("Se publicó el diseño «%(name)s», versión %(version)s.")
    name: str
    version: int
    digest: str


@dataclass(frozen=True, kw_only=True)
class DesignDiscarded(Event):
    """A version that was never published is gone."""

    code = "certificate-designs.discarded"
    sentence = _l("Se descartó el diseño «%(name)s», versión %(version)s.")
    name: str
    version: int

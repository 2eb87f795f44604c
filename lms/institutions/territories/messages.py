"""What happens to territories."""

from dataclasses import dataclass

from lms.core.events import Event
from lms.core.i18n import _l


@dataclass(frozen=True, kw_only=True)
class TerritoriesImported(Event):
    """Somebody saved a file of territories."""

    code = "territories.imported"
    sentence = _l(
        "Se importó un archivo de territorios. Nuevos: %(added)s; con cambios: %(changed)s; "
        "instituciones ubicadas: %(linked)s."
    )
    added: int
    changed: int
    linked: int

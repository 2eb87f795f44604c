"""What happens when files are taken in, and what is done later."""

from dataclasses import dataclass
from typing import ClassVar

from lms.core.events import Event
from lms.core.i18n import _l
from lms.core.jobs.orders import Order
from lms.core.text import Text


@dataclass(frozen=True, kw_only=True)
class PeopleImported(Event):
    """Somebody saved a file of people."""

    code = "intake.people-imported"
    sentence = _l("Se importó un archivo de personas: %(added)s nuevas, %(changed)s con cambios.")
    added: int
    changed: int


@dataclass(frozen=True, kw_only=True)
class InstitutionsImported(Event):
    """Somebody saved a file of institutions."""

    code = "intake.institutions-imported"
    sentence = _l("Se importó un archivo de instituciones: %(added)s nuevas, %(changed)s con cambios.")
    added: int
    changed: int


@dataclass(frozen=True, kw_only=True)
class ForgetUpload(Order):
    """Remove a file that was sent to be imported."""

    code: ClassVar[str] = "intake.forget-upload"
    label: ClassVar[Text] = _l("Borrar un archivo importado")
    digest: str

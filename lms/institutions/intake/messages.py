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
    sentence = _l("Se importó un archivo de personas. Nuevas: %(added)s; con cambios: %(changed)s.")
    added: int
    changed: int


@dataclass(frozen=True, kw_only=True)
class InstitutionsImported(Event):
    """Somebody saved a file of institutions."""

    code = "intake.institutions-imported"
    sentence = _l("Se importó un archivo de instituciones. Nuevas: %(added)s; con cambios: %(changed)s.")
    added: int
    changed: int


@dataclass(frozen=True, kw_only=True)
class ForgetUpload(Order):
    """Remove a file that was sent to be imported."""

    code: ClassVar[str] = "intake.forget-upload"
    label: ClassVar[Text] = _l("Borrar un archivo importado")
    digest: str


@dataclass(frozen=True, kw_only=True)
class JudgeBatch(Order):
    """Compare some hundred rows of a long file with what is known; nothing but the verdicts is written."""

    code: ClassVar[str] = "intake.judge-batch"
    label: ClassVar[Text] = _l("Revisar una parte de un archivo de personas")
    run_id: str
    number: int


@dataclass(frozen=True, kw_only=True)
class SaveBatch(Order):
    """Save some hundred rows of a long file in one transaction, and order the next ones."""

    code: ClassVar[str] = "intake.save-batch"
    label: ClassVar[Text] = _l("Guardar una parte de un archivo de personas")
    run_id: str
    number: int


@dataclass(frozen=True, kw_only=True)
class ForgetRun(Order):
    """Remove a long file with its rows; the people stay."""

    code: ClassVar[str] = "intake.forget-run"
    label: ClassVar[Text] = _l("Borrar un archivo grande importado")
    run_id: str

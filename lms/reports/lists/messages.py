"""What is made of enrolments later."""

from dataclasses import dataclass
from typing import ClassVar

from lms.core.i18n import _l
from lms.core.jobs.orders import Order
from lms.core.text import Text


@dataclass(frozen=True)
class MakeList(Order):
    """Write every enrolment of a programme into a file."""

    code: ClassVar[str] = "lists.make"
    label: ClassVar[Text] = _l("Preparar la lista de inscripciones")
    lease_seconds: ClassVar[int] = 3600
    list_id: str


@dataclass(frozen=True)
class ForgetLists(Order):
    """Erase lists whose days are over."""

    code: ClassVar[str] = "lists.forget"
    label: ClassVar[Text] = _l("Borrar las listas de inscripciones vencidas")

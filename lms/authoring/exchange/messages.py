"""What happens when courses are carried, and what is done about it later."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from lms.core.events import Event
from lms.core.i18n import _l
from lms.core.jobs.orders import Order
from lms.core.text import Text


@dataclass(frozen=True, kw_only=True)
class CourseCarried(Event):
    """Somebody took a course away with the keys of its quizzes."""

    code = "exchange.course-carried"
    sentence = _l("Se llevó el curso «%(title)s» con las claves de sus cuestionarios (%(form)s).")
    title: str
    form: str
    source_id: UUID


@dataclass(frozen=True, kw_only=True)
class MakeBooklet(Order):
    """Draw the booklet of a course."""

    code: ClassVar[str] = "exchange.make-booklet"
    label: ClassVar[Text] = _l("Preparar el folleto de un curso")
    stamp: str
    slug: str
    files: dict[str, str]
    """SHA-256 of each file by its path: the job reads them without holding the database."""

"""What the bank asks to be done when nobody waits for it."""

from dataclasses import dataclass
from typing import ClassVar

from lms.core.i18n import _l
from lms.core.jobs.orders import Order
from lms.core.text import Text


@dataclass(frozen=True, kw_only=True)
class MeasureBank(Order):
    """Measure how the questions of every course perform, each course by itself."""

    code: ClassVar[str] = "bank.measure"
    label: ClassVar[Text] = _l("Medir las preguntas del banco")


@dataclass(frozen=True, kw_only=True)
class MeasureCourse(Order):
    """Measure how the questions of one course perform."""

    code: ClassVar[str] = "bank.measure-course"
    label: ClassVar[Text] = _l("Medir las preguntas de un curso")
    course_id: str

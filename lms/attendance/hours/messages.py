"""What happens to the rules about hours, and what is done about it later."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from lms.core.events import Event
from lms.core.i18n import _l
from lms.core.jobs.orders import Order
from lms.core.text import Text


@dataclass(frozen=True, kw_only=True)
class HoursPolicySet(Event):
    """A programme, which is the subject, wrote a new version of what counts as hours."""

    code = "hours.policy-set"
    sentence = _l("Se escribió la versión %(version)s de la política de horas.")
    version: int


@dataclass(frozen=True, kw_only=True)
class HoursClosed(Event):
    """The hours of an enrolment, which is the subject, were closed as they stood: its certificate says these."""

    code = "hours.closed"
    sentence = _l("Se cerraron las horas de una persona: %(minutes)s minutos.")
    enrolment_id: UUID
    minutes: int
    version: int


@dataclass(frozen=True, kw_only=True)
class ReviewHours(Order):
    """Look who of a cohort completes the course under the rule about hours that holds now."""

    code: ClassVar[str] = "hours.review"
    label: ClassVar[Text] = _l("Revisar quién completa el curso con la política de horas")
    cohort_id: str
    version: int

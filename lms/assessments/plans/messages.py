"""What happens to plans, and the letters about them."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from lms.core.events import Event
from lms.core.i18n import _l
from lms.core.jobs.orders import Order
from lms.core.text import Text


@dataclass(frozen=True, kw_only=True)
class PlanSent(Event):
    """A person sent a plan to their superior."""

    code = "plans.sent"
    sentence = _l("Envió su plan de aplicación a quien debe aprobarlo.")
    enrolment_id: UUID
    attempt_id: UUID


@dataclass(frozen=True, kw_only=True)
class PlanSentAgain(Event):
    """A person had the letter sent once more, perhaps to another address."""

    code = "plans.sent-again"
    sentence = _l("Volvió a enviar su plan de aplicación.")
    is_elsewhere: bool
    """Whether the address changed."""


@dataclass(frozen=True, kw_only=True)
class PlanApproved(Event):
    """A plan was approved."""

    code = "plans.approved"
    sentence = _l("Aprobó un plan de aplicación (%(way)s).")
    enrolment_id: UUID
    way: str
    """«enlace» for the superior, «aplicación» for the focal point."""


@dataclass(frozen=True, kw_only=True)
class PlanReturned(Event):
    """A plan went back to be mended."""

    code = "plans.returned"
    sentence = _l("Pidió cambios a un plan de aplicación (%(way)s).")
    enrolment_id: UUID
    way: str


@dataclass(frozen=True, kw_only=True)
class AskSuperior(Order):
    """Write to the superior with a link that is made when the letter is sent."""

    code: ClassVar[str] = "plans.ask-superior"
    label: ClassVar[Text] = _l("Pedir la aprobación de un plan")
    plan_id: str
    number: int
    """Ordinal of the letter about this plan, from 1."""
    is_reminder: bool


@dataclass(frozen=True, kw_only=True)
class LookAfterPlans(Order):
    """Remind superiors who have not answered, and forget addresses that are of no more use."""

    code: ClassVar[str] = "plans.look-after"
    label: ClassVar[Text] = _l("Recordar planes sin respuesta y olvidar correos que ya no se usan")

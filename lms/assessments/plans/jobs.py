"""Letters to superiors, and what time does to plans."""

from uuid import UUID

from lms.assessments.plans import letters, queries, service
from lms.assessments.plans.messages import AskSuperior, LookAfterPlans
from lms.assessments.plans.models import PlanState
from lms.core.clock import now
from lms.core.errors import NotFound
from lms.core.jobs.orders import Progress


def ask_superior(order: AskSuperior, _progress: Progress) -> None:
    """Write to the superior, unless the plan was answered or counts no more."""
    try:
        sent = queries.get_current(UUID(order.plan_id))
    except NotFound:
        return
    if sent.plan.state is PlanState.SENT and sent.plan.superior_email:
        letters.ask_superior(sent, order.number, is_reminder=order.is_reminder)


def look_after_plans(_order: LookAfterPlans, _progress: Progress) -> None:
    """Remind and forget."""
    service.look_after(now=now())

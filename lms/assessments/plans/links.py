"""The signed link with which a superior opens one plan. Nothing is stored: answering the plan ends it (ADR 7)."""

import hashlib
from uuid import UUID

from itsdangerous import BadSignature, TimestampSigner, URLSafeTimedSerializer

from lms.assessments.plans import queries, rules
from lms.assessments.plans.errors import PlanLinkRefused
from lms.assessments.plans.models import Plan, PlanState
from lms.assessments.plans.queries import SentPlan
from lms.core.clock import now
from lms.core.context import current_settings
from lms.core.errors import NotFound


class _Signer(TimestampSigner):
    """Dates links by the product's own clock."""

    def get_timestamp(self) -> int:
        return int(now().timestamp())


def sign_link(plan: Plan) -> str:
    """Return the token of the link for a plan as it was sent to one address."""
    return _serializer().dumps([str(plan.id), _fingerprint(plan)])


def plan_of_link(token: str) -> SentPlan:
    """Return the plan that a link opens; raises PlanLinkRefused when it was answered, moved or is too old."""
    try:
        plan_id, fingerprint = _serializer().loads(token, max_age=int(rules.LINK_LIFE.total_seconds()))
        found = queries.get_current(UUID(plan_id))
    except (BadSignature, NotFound, ValueError, TypeError) as error:
        raise PlanLinkRefused from error
    if found.plan.state is not PlanState.SENT or fingerprint != _fingerprint(found.plan):
        raise PlanLinkRefused
    return found


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_settings().secret_key), salt="plans.superior", signer=_Signer)


def _fingerprint(plan: Plan) -> str:
    return hashlib.sha256(f"{plan.id}|{plan.superior_email}".encode()).hexdigest()[:16]

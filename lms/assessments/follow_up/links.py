"""Signed links of the survey: nothing is stored, an answer or the closing ends them (ADR 7).

The fingerprint is a keyed digest of the address, so that "no more letters" works when the address is long gone.
"""

import hashlib
import hmac
from dataclasses import dataclass
from uuid import UUID

from itsdangerous import BadSignature, URLSafeSerializer

from lms.assessments.follow_up import queries
from lms.assessments.follow_up.errors import SurveyLinkRefused
from lms.assessments.follow_up.models import Respondent
from lms.assessments.follow_up.queries import AskedSurvey
from lms.core.calendar import today
from lms.core.context import current_settings
from lms.core.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What a link says: which survey, who answers, and the digest of where the letter went."""

    asked: AskedSurvey
    respondent: Respondent
    digest: str

    @property
    def address(self) -> str:
        """Return the address of whoever answers; empty when it is no longer kept."""
        if self.respondent is Respondent.SELF:
            return self.asked.person.email or ""
        return self.asked.follow_up.superior_email

    @property
    def is_answered(self) -> bool:
        """Say whether whoever answers already did."""
        found = self.asked.follow_up
        if self.respondent is Respondent.SELF:
            return found.answered_at is not None
        return found.superior_answered_at is not None


def digest_of(email: str) -> str:
    """Return the keyed digest of an address."""
    key = str(current_settings().secret_key).encode()
    return hmac.new(key, f"follow-up|{email.lower()}".encode(), hashlib.sha256).hexdigest()


def sign_link(follow_up_id: UUID, respondent: Respondent, email: str) -> str:
    """Return the token of the link for a survey as it goes to one address."""
    return _serializer().dumps([str(follow_up_id), respondent.value, digest_of(email)])


def read_link(token: str) -> Opened:
    """Return what a link says, open or not; raises SurveyLinkRefused for one that was never ours."""
    try:
        follow_up_id, respondent, digest = _serializer().loads(token)
        asked = queries.get_survey(UUID(follow_up_id))
        return Opened(asked=asked, respondent=Respondent(respondent), digest=digest)
    except (BadSignature, NotFound, ValueError, TypeError) as error:
        raise SurveyLinkRefused from error


def open_link(token: str) -> Opened:
    """Return what a link says while it may be answered; raises SurveyLinkRefused."""
    opened = read_link(token)
    is_moved = opened.digest != digest_of(opened.address)
    if opened.is_answered or is_moved or opened.asked.follow_up.closes_on < today():
        raise SurveyLinkRefused
    return opened


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_settings().secret_key), salt="follow-up")

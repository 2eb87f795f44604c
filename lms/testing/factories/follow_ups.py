"""Surveys about what people use of a course, for tests."""

from datetime import timedelta

from lms.accounts.queries import get_person
from lms.assessments.follow_up.links import sign_link
from lms.assessments.follow_up.models import FollowUp, Respondent
from lms.core.calendar import today
from lms.core.db import db
from lms.core.ids import new_id
from lms.learning.models import Completion


def make_survey_link(completion: Completion) -> str:
    """Ask the person of a completion, without a letter; return the token of their link."""
    day = today()
    found = FollowUp(
        id=new_id(), completion_id=completion.id, asked_on=day, closes_on=day + timedelta(days=30)
    )
    db.session.add(found)
    db.session.flush()
    return sign_link(found.id, Respondent.SELF, get_person(completion.person_id).email or "")

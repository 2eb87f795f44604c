"""When an enrolment is complete, and that it is written once."""

from sqlalchemy import func, select

from lms.core.actors import SYSTEM
from lms.core.audit import AuditEntry
from lms.core.db import db
from lms.learning import queries, service
from lms.learning.models import Completion
from lms.testing.factories.learning import finish_units, make_enrolment
from lms.testing.pytest_plugin import TODAY


def test_finishing_everything_writes_the_completion_with_what_holds_today(unit):
    with unit():
        enrolment = make_enrolment(sector="health")
        finish_units(enrolment)
        completion = queries.find_completion(enrolment.id)
        assert completion.hours == 4
        assert completion.sector == "health"
        assert completion.institution_id == enrolment.institution_id
        assert completion.completed_on == TODAY.date()

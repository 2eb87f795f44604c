"""Lists of enrolments, for tests."""

from lms.accounts.models import Person
from lms.core.clock import now
from lms.institutions.programmes.models import Programme
from lms.reports.lists.models import EnrolmentList
from lms.reports.lists.service import make_list, order_list


def make_enrolment_list(programme: Programme, person: Person, form: str = "csv") -> EnrolmentList:
    """Make the list that somebody asked for."""
    found = order_list(programme, form, person_id=person.id, now=now())
    make_list(found, lambda _done, _total: None, now=now())
    return found

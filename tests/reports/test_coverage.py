"""Tables of coverage that stay with what was agreed tell nothing of fewer than five people beside each other."""

from datetime import timedelta

from lms.core.actors import SYSTEM
from lms.core.clock import now, travel_to
from lms.core.db import db, do_postponed
from lms.institutions.programmes.models import Programme
from lms.institutions.sessions import deciding, papers
from lms.institutions.sessions.values import TaskValues
from lms.testing.factories.certificates import make_completion
from lms.testing.factories.commission import make_seat
from lms.testing.factories.institutions import make_institution
from lms.testing.factories.learning import make_cohort, make_enrolment
from lms.testing.factories.sittings import hold_sitting, make_sitting
from lms.testing.pytest_plugin import TODAY


def test_a_later_table_does_not_tell_how_few_completed_since(unit):
    with unit():
        cohort = make_cohort()
        programme = db.session.get_one(Programme, cohort.programme_id)
        slow, fast = make_institution("Juzgado"), make_institution("Hospital")
        for each in (slow, fast):
            make_seat(programme, each, starts_on=cohort.starts_on)
        sitting = make_sitting(programme)
        hold_sitting(sitting)
        accord = deciding.agree(sitting, TaskValues(text="Cobertura"), actor=SYSTEM, now=TODAY)
        told = []
        for day, (few, many) in enumerate(((6, 6), (2, 7))):
            with travel_to(now() + timedelta(days=day)):
                for place, count in ((slow, few), (fast, many)):
                    for _ in range(count):
                        make_completion(make_enrolment(cohort, institution=place))
                do_postponed()
                paper = papers.attach(
                    sitting, accord, programme, f"coverage:{TODAY.year}", actor=SYSTEM, now=now()
                )
                told.append({row[0]: (row[2], row[3]) for row in paper.table["rows"]})
    assert told == [
        {"Juzgado": ("6", "Sí"), "Hospital": ("6", "Sí")},
        {"Juzgado": ("×", "Sí"), "Hospital": ("13", "Sí")},
    ]

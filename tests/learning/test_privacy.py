"""What is kept about a person who learns, shown and erased."""

from lms.core.db import db
from lms.learning import queries
from lms.learning.models import Enrolment
from lms.learning.privacy import COMPLETIONS, ENROLMENTS, PROGRESS
from lms.testing.factories.learning import finish_units, make_enrolment


def test_a_person_gets_everything_that_is_kept(unit):
    with unit():
        enrolment = make_enrolment(sector="health")
        finish_units(enrolment)
        make_enrolment()
        (kept,) = ENROLMENTS.export(enrolment.person_id)
        assert kept["sector"] == "health"
        assert len(PROGRESS.export(enrolment.person_id)) == 4
        (completion,) = COMPLETIONS.export(enrolment.person_id)
        assert completion["hours"] == 4


def test_erasing_takes_the_trail_and_leaves_the_totals(unit):
    with unit():
        enrolment, other = make_enrolment(), make_enrolment()
        finish_units(enrolment)
        finish_units(other, count=1)
        assert [each.erase(enrolment.person_id) for each in (ENROLMENTS, PROGRESS, COMPLETIONS)] == [0, 4, 0]
    with unit():
        assert queries.progress_of([enrolment.id, other.id])[enrolment.id] == {}
        assert len(queries.progress_of([other.id])[other.id]) == 1
        assert queries.find_completion(enrolment.id) is not None
        assert db.session.get(Enrolment, enrolment.id).started_at is None

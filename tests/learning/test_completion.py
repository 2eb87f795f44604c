"""When an enrolment is complete, and that it is written once."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from lms.accounts.models import Person
from lms.core.actors import SYSTEM
from lms.core.audit import AuditEntry
from lms.core.clock import travel_to
from lms.core.db import db
from lms.learning import queries, service
from lms.learning.criteria import UnitsFinished
from lms.learning.models import Completion, Enrolment
from lms.plugins.criteria import CompletionCriterion, State, Verdict
from lms.testing.factories.accounts import make_person
from lms.testing.factories.institutions import affiliate_person, make_institution
from lms.testing.factories.learning import finish_units, make_cohort, make_enrolment, units_of
from lms.testing.pytest_plugin import TODAY


class Always(CompletionCriterion):
    name = "always"

    def __init__(self, state):
        self.state = state

    def judge(self, enrolment_ids):
        said = Verdict(criterion=self.name, state=self.state, title="Sesiones", detail="Falta una sesión.")
        return dict.fromkeys(enrolment_ids, said)


def count(code):
    return db.session.scalar(select(func.count()).where(AuditEntry.code == code))


def test_finishing_everything_writes_the_completion_with_what_holds_today(unit):
    with unit():
        enrolment = make_enrolment(sector="health")
        finish_units(enrolment)
        completion = queries.find_completion(enrolment.id)
        assert completion.hours == 4
        assert completion.sector == "health"
        assert completion.institution_id == enrolment.institution_id
        assert completion.completed_on == TODAY.date()


def move(enrolment, *, starts_on, sector="justice"):
    """Let the person work elsewhere from a day on."""
    place = make_institution(sector=sector)
    affiliate_person(db.session.get_one(Person, enrolment.person_id), place, starts_on=starts_on)
    return place


def test_whoever_changed_post_completes_where_they_work_that_day(unit):
    with unit():
        enrolment = make_enrolment(sector="health")
        enrolment.enrolled_at = TODAY - timedelta(days=30)
        before = enrolment.institution_id
        place = move(enrolment, starts_on=TODAY.date() - timedelta(days=5))
        finish_units(enrolment)
        completion = queries.find_completion(enrolment.id)
        assert (completion.institution_id, completion.sector) == (place.id, "justice")
        assert enrolment.institution_id == before


def test_a_change_of_post_after_completing_changes_nothing(unit):
    with unit():
        enrolment = make_enrolment(sector="health")
        finish_units(enrolment)
        move(enrolment, starts_on=TODAY.date() + timedelta(days=1))
    with unit():
        completion = queries.find_completion(enrolment.id)
        assert (completion.institution_id, completion.sector) == (enrolment.institution_id, "health")


def test_taking_part_for_another_body_stands_while_the_post_is_the_same(unit):
    with unit():
        person = make_person()
        affiliate_person(person, make_institution())
        other = make_institution(sector="security")
        enrolment = make_enrolment(person=person, institution=other, sector="security")
        finish_units(enrolment)
        assert queries.find_completion(enrolment.id).institution_id == other.id


def test_the_day_of_completion_is_the_programmes(unit):
    with unit(), travel_to(TODAY.replace(hour=3)):  # ten at night of the day before in Cancún
        enrolment = make_enrolment()
        finish_units(enrolment)
        assert queries.find_completion(enrolment.id).completed_on == TODAY.date() - timedelta(days=1)


def test_completion_is_written_once(unit):
    with unit():
        enrolment = make_enrolment()
        finish_units(enrolment)
        first = queries.find_completion(enrolment.id)
        again = service.review_completion(enrolment, actor=SYSTEM, now=TODAY + timedelta(days=3))
        assert again is first
        assert count("learning.enrolment-completed") == 1


def test_a_later_change_of_track_does_not_touch_the_completion(unit):
    with unit():
        enrolment = make_enrolment(sector="health")
        finish_units(enrolment)
        service.change_track(enrolment, "justice", actor=SYSTEM, now=TODAY)
        assert queries.find_completion(enrolment.id).sector == "health"


@pytest.mark.parametrize("state", [State.NOT_YET, State.CANNOT])
def test_one_criterion_of_another_slice_holds_completion_back(unit, contribute, state):
    contribute("completion_criteria", UnitsFinished(), Always(state))
    with unit():
        enrolment = make_enrolment()
        finish_units(enrolment)
        assert queries.find_completion(enrolment.id) is None
        assert queries.outcome_of(enrolment.id).state is state


def test_without_any_criterion_nobody_completes(unit, contribute):
    contribute("completion_criteria")
    with unit():
        enrolment = make_enrolment()
        finish_units(enrolment)
        assert queries.find_completion(enrolment.id) is None


def test_a_withdrawn_person_does_not_complete(unit):
    with unit():
        enrolment = make_enrolment()
        for each in units_of(enrolment):
            service.finish_unit(enrolment, each, actor=SYSTEM, now=TODAY)
        service.withdraw(enrolment, actor=SYSTEM, now=TODAY)
        assert service.review_completion(enrolment, actor=SYSTEM, now=TODAY) is None


def test_quizzes_are_not_lessons(unit):
    with unit():
        enrolment = make_enrolment()
        lessons = [each for each in units_of(enrolment) if each.kind.value == "lesson"]
        for each in lessons:
            service.finish_unit(enrolment, each, actor=SYSTEM, now=TODAY)
        verdict = UnitsFinished().judge([enrolment.id])[enrolment.id]
        assert verdict.state is State.MET
        assert str(verdict.detail) == "Terminó las 2 lecciones."


def test_missing_lessons_are_named_until_the_last_day_and_final_after_it(unit):
    with unit():
        cohort = make_cohort(starts_on=date(2026, 11, 1), ends_on=date(2026, 11, 20))
        enrolment = make_enrolment(cohort)
        finish_units(enrolment, count=1)
        verdict = UnitsFinished().judge([enrolment.id])[enrolment.id]
        assert verdict.state is State.NOT_YET
        assert "faltan 1" in str(verdict.detail)
        assert verdict.action == f"/learning/{enrolment.id}"
        with travel_to(TODAY + timedelta(days=1)):
            assert UnitsFinished().judge([enrolment.id])[enrolment.id].state is State.CANNOT


def test_many_enrolments_are_judged_in_one_query(unit, count_queries):
    with unit():
        cohort = make_cohort()
        ids = [make_enrolment(cohort).id for _ in range(4)]
    with unit(), count_queries() as statements:
        assert len(queries.outcomes_of(ids)) == 4
        assert len(statements) == 1


def test_starting_is_noted_once_and_finishing_each_unit_once(unit):
    with unit():
        enrolment = make_enrolment()
        first, second, *_ = units_of(enrolment)
        for each in (first, first, second):
            service.finish_unit(enrolment, each, actor=SYSTEM, now=TODAY)
        assert count("learning.course-started") == 1
        assert count("learning.unit-finished") == 2
        assert db.session.get(Enrolment, enrolment.id).last_unit_id == second.id
        assert db.session.scalar(select(func.count(Completion.id))) == 0

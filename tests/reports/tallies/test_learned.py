"""What people attended and learned is kept with every fact, whatever happens and in whatever order."""

from datetime import date, timedelta

import pytest

from lms.assessments.attempts import service as attempts
from lms.assessments.attempts.queries import get_quiz
from lms.attendance import service as attendance
from lms.attendance.hours.service import close as close_hours
from lms.attendance.models import Mark, Method
from lms.core.actors import SYSTEM, Reach
from lms.core.clock import now, travel_to
from lms.core.db import db, do_postponed
from lms.courses.compiler.quiz_terms import Moment
from lms.courses.queries import list_outline
from lms.learning import service as learning
from lms.learning.models import Cohort
from lms.plugins.reports import Period, Question
from lms.reports.queries.learning import read_learned
from lms.reports.tallies import queries, service
from lms.reports.tallies.ledgers import LEARNING
from lms.reports.tallies.models import CountedProgramme
from lms.reports.tallies.rules import EVER
from lms.testing.factories.attendance import make_meeting
from lms.testing.factories.courses import make_release
from lms.testing.factories.learning import make_cohort
from lms.testing.factories.measures import MEASURES, measure
from lms.testing.factories.surveys import FINAL_SURVEY
from tests.reports.tallies.learned_by_sql import COUNTS, learned_by_sql
from tests.reports.tallies.test_keeping import Story

STEPS = 30


class Course(Story):
    """A story whose people also go to meetings, are measured, say what they think and have their hours closed."""

    def __init__(self, seed):
        super().__init__(seed)
        release = make_release(
            slug=f"medido-{seed}", title="Medido", files={**MEASURES, "02-ruta/opinion.md": FINAL_SURVEY}
        )
        self.cohorts = [make_cohort(programme=self.programme, release=release) for _ in range(2)]
        self.meetings = [make_meeting(cohort, hours=2) for cohort in self.cohorts]
        units = [each for module in list_outline(release.id) for each in module.units]
        self.survey = get_quiz(next(each.id for each in units if each.slug == "opinion"))
        self.begun = now()
        for person in self.people:
            learning.enrol(self.chance.choice(self.cohorts), person, actor=SYSTEM, now=now())

    def go_on(self):
        new = [self.attend, self.attend, self.measure, self.measure, self.opine, self.close, self.close]
        self.chance.choice([*new, super().go_on, super().go_on])()

    def attend(self):
        if enrolment := self.any_enrolment():
            meeting = next(each for each in self.meetings if each.cohort_id == enrolment.cohort_id)
            mark = self.chance.choice((Mark.PRESENT, Mark.LATE, Mark.ABSENT, Mark.EXCUSED))
            attendance.mark(
                meeting, enrolment, mark=mark, method=Method.ROLL_CALL, actor=SYSTEM, now=now(), note=""
            )

    def measure(self):
        if enrolment := self.any_enrolment():
            moment = self.chance.choice((Moment.INITIAL, Moment.FINAL))
            if self.is_free(enrolment, moment):
                measure(enrolment, moment, self.chance.randint(0, 4))

    def opine(self):
        enrolment = self.any_enrolment()
        if enrolment and not attempts.queries.list_attempts(enrolment.id, self.survey.id):
            attempt = attempts.start_attempt(enrolment, self.survey, actor=SYSTEM, now=now())
            point = self.chance.choice("abc")
            attempts.save_answer(attempt, "opinion-frases", [f"1:{point}", "2:d"], now=now())
            attempts.submit(attempt, actor=SYSTEM, now=now())

    def close(self):
        if (enrolment := self.any_enrolment()) and self.completion_of(enrolment):
            close_hours(enrolment.id, actor=SYSTEM, now=now())

    @staticmethod
    def is_free(enrolment, moment):
        release_id = db.session.get_one(Cohort, enrolment.cohort_id).release_id
        units = [each for module in list_outline(release_id) for each in module.units]
        slug = "antes" if moment is Moment.INITIAL else "despues"
        unit = next(each for each in units if each.slug == slug)
        return not attempts.queries.list_attempts(enrolment.id, unit.id)


@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_in_whatever_order_nothing_differs(unit, seed):
    with unit():
        story, seen = Course(seed), set()
        for step in range(STEPS):
            with travel_to(story.begun + timedelta(minutes=step)):
                story.go_on()
                do_postponed()
                assert service.verify(story.programme, now=now()) == {}
                check(story.programme, seen)
        assert len(seen & {"attended", "before", "answered", "closed"}) > 1


def check(programme, seen):
    """Hold the kept sums of a year and a month to what SQL finds."""
    kept = queries.tallies_of(programme.id, ledger=LEARNING)
    for period in (f"{now():%Y}", f"{now():%Y-%m}"):
        rows = {
            (key.institution_id, key.sector): {name: getattr(sums, name) for name in COUNTS}
            for key, sums in kept.items()
            if key.period == period
        }
        assert rows == learned_by_sql(programme, period)
        seen |= {name for sums in rows.values() for name, value in sums.items() if value}


def test_a_programme_that_was_never_counted_says_the_same(unit):
    with unit():
        story = Course(7)
        for _ in range(STEPS):
            story.go_on()
        do_postponed()
        period = Period(first=date.min, last=now().date())
        question = Question(programme_id=story.programme.id, period=period, reach=Reach(everywhere=True))
        periods = [EVER, f"{now():%Y}", f"{now():%Y-%m}"]
        kept = read_learned(question, periods)
        assert any(any(sums) for sums in kept[EVER].values())
        db.session.delete(db.session.get_one(CountedProgramme, story.programme.id))
        db.session.flush()
        counted = read_learned(question, periods)
        assert {name: nonzero(kept[name]) for name in periods} == counted


def nonzero(found):
    return {spot: sums for spot, sums in found.items() if any(sums)}

"""Kept figures agree with the facts, whatever happens and in whatever order."""

import random
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from lms.accounts.models import Person
from lms.accounts.service import change_person
from lms.certificates.issuing import service as certificates
from lms.certificates.issuing.models import Certificate, RevokeReason
from lms.core.actors import SYSTEM, Reach, Role, ScopeKind
from lms.core.audit import AuditEntry
from lms.core.clock import now, travel_to
from lms.core.db import db, do_postponed
from lms.core.jobs.orders import enqueue
from lms.institutions.directory.service import affiliate, change_institution
from lms.institutions.merging.rules import Login, Side
from lms.institutions.merging.service import Pair, merge_people
from lms.institutions.programmes.queries import get_programme
from lms.institutions.programmes.rules import ProgrammeValues
from lms.institutions.programmes.service import change_programme
from lms.learning import service as learning
from lms.learning.models import Completion, Enrolment, EnrolmentState
from lms.plugins.reports import Period, Question
from lms.reports.queries.completion import count_from_facts, count_groups
from lms.reports.tallies import queries, service
from lms.reports.tallies.messages import TalliesMended, VerifyTallies
from lms.testing.factories.accounts import give_role, make_person
from lms.testing.factories.certificates import issue_to, make_completion
from lms.testing.factories.institutions import make_institution
from lms.testing.factories.learning import make_cohort, make_enrolment, units_of

STEPS = 24


class Story:
    """Things that happen to three people in two cohorts of one programme."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311  # a story, not a secret
        first = make_cohort()
        self.programme = get_programme(first.programme_id)
        self.cohorts = [first, make_cohort(programme=self.programme)]
        self.places = [make_institution(sector=sector) for sector in ("health", "justice", None)]
        self.people = [make_person() for _ in range(4)]
        for person in self.people:
            self.move(person)

    def go_on(self) -> None:
        acts = [
            self.enrol, self.enrol, self.withdraw, self.study, self.study, self.complete, self.issue,
            self.revoke, self.move_anybody, self.change_track, self.promote, self.merge,
            self.flip,
        ]  # fmt: skip
        self.chance.choice(acts)()

    def enrol(self) -> None:
        person = self.chance.choice([each for each in self.people if each.merged_into_id is None])
        learning.enrol(self.chance.choice(self.cohorts), person, actor=SYSTEM, now=now())

    def withdraw(self) -> None:
        if enrolment := self.any_enrolment():
            learning.withdraw(enrolment, actor=SYSTEM, now=now())

    def study(self) -> None:
        if enrolment := self.any_enrolment():
            unit = self.chance.choice(units_of(enrolment))
            learning.finish_unit(enrolment, unit, actor=SYSTEM, now=now())

    def complete(self) -> None:
        if (enrolment := self.any_enrolment()) and not self.completion_of(enrolment):
            make_completion(enrolment)

    def issue(self) -> None:
        if (enrolment := self.any_enrolment()) and self.completion_of(enrolment):
            person = db.session.get_one(Person, enrolment.person_id)
            if not person.is_test:
                issue_to(enrolment, number=1)

    def flip(self) -> None:
        """Let somebody only try things out from now on, or no longer."""
        person = self.chance.choice(self.people)
        change_person(person, values={"is_test": not person.is_test}, actor=SYSTEM, now=now())

    def revoke(self) -> None:
        standing = db.session.scalars(select(Certificate).where(Certificate.revoked_at.is_(None))).all()
        if standing:
            certificates.revoke(
                self.chance.choice(standing), reason=RevokeReason.WRONG_DATA, actor=SYSTEM, now=now()
            )

    def move_anybody(self) -> None:
        self.move(self.chance.choice(self.people))

    def move(self, person: Person) -> None:
        affiliate(
            person, self.chance.choice(self.places), starts_on=now().date(), actor=SYSTEM, now=now(),
            sector=self.chance.choice((None, "security")),
        )  # fmt: skip

    def change_track(self) -> None:
        if enrolment := self.any_enrolment():
            sector = self.chance.choice(("health", "justice", None))
            learning.change_track(enrolment, sector, actor=SYSTEM, now=now())

    def promote(self) -> None:
        give_role(
            self.chance.choice(self.people),
            Role.TRAINER,
            ScopeKind.COHORT,
            self.chance.choice(self.cohorts).id,
        )

    def merge(self) -> None:
        free = [each for each in self.people if each.merged_into_id is None]
        if len(free) > 2 and self.chance.random() < 0.3:
            kept, gone = self.chance.sample(free, 2)
            merge_people(
                Pair(kept, gone), Login(address=Side.KEPT, password=Side.KEPT), actor=SYSTEM, now=now()
            )

    def any_enrolment(self) -> Enrolment | None:
        found = db.session.scalars(select(Enrolment).where(Enrolment.state == EnrolmentState.ACTIVE)).all()
        return self.chance.choice(found) if found else None

    @staticmethod
    def completion_of(enrolment: Enrolment) -> Completion | None:
        return db.session.scalar(select(Completion).where(Completion.enrolment_id == enrolment.id))


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_in_whatever_order_nothing_differs(unit, seed):
    with unit():
        story = Story(seed)
        begun, was_counted = now(), False
        for step in range(STEPS):
            with travel_to(begun + timedelta(days=step)):
                story.go_on()
                do_postponed()
                assert service.verify(story.programme, now=now()) == {}
                check_pages(story.programme)
                was_counted |= bool(queries.tallies_of(story.programme.id))
        assert was_counted


def check_pages(programme) -> None:
    """Hold the kept figures of each period to what the facts say, and each sector to its part of the whole."""
    zone, last = ZoneInfo(programme.timezone), now().astimezone(ZoneInfo(programme.timezone)).date()
    for first in (date.min, last.replace(month=1, day=1), last.replace(day=1)):
        question = Question(
            programme_id=programme.id, period=Period(first=first, last=last), reach=Reach(everywhere=True)
        )
        kept = count_groups(question, zone)
        assert sorted(kept, key=str) == sorted(count_from_facts(question, zone), key=str)
        for sector in {group.sector for group in kept} - {None}:
            part = count_groups(replace(question, sector=sector), zone)
            assert sorted(part, key=str) == sorted((each for each in kept if each.sector == sector), key=str)


def test_another_clock_of_a_programme_counts_everybody_again(unit, run_jobs):
    with unit():
        with travel_to(datetime(2026, 11, 1, 3, tzinfo=UTC)):  # in Cancún it is still October
            cohort = make_cohort()
            programme = get_programme(cohort.programme_id)
            make_enrolment(cohort)
        do_postponed()
        assert "2026-10" in {key.period for key in queries.tallies_of(programme.id)}
        known = {field.name: getattr(programme, field.name) for field in fields(ProgrammeValues)}
        change_programme(programme, ProgrammeValues(**{**known, "timezone": "UTC"}), actor=SYSTEM, now=now())
    run_jobs()
    with unit():
        programme = get_programme(programme.id)
        assert "2026-11" in {key.period for key in queries.tallies_of(programme.id)}
        assert service.verify(programme, now=now()) == {}


def test_another_sector_of_an_institution_counts_again_who_has_no_other(unit, run_jobs):
    with unit():
        cohort, place = make_cohort(), make_institution(sector="health")
        for sector in (None, "security"):
            affiliate(
                person := make_person(), place, starts_on=now().date(), sector=sector, actor=SYSTEM, now=now()
            )
            learning.enrol(cohort, person, actor=SYSTEM, now=now())
        do_postponed()
        change_institution(
            place, name=place.name, short_name="", sector="justice", territory="", actor=SYSTEM, now=now()
        )
    run_jobs()
    with unit():
        programme = get_programme(cohort.programme_id)
        assert service.verify(programme, now=now()) == {}
        counted = {(key.basis, key.sector) for key in queries.tallies_of(programme.id)}
        assert counted == {("then", "health"), ("then", "security"), ("now", "justice"), ("now", "security")}


def test_a_post_that_began_today_is_followed_before_anything_is_found_to_differ(unit, at, run_jobs):
    with unit():
        cohort, person = make_cohort(), make_person()
        for days, sector in ((0, "health"), (1, "justice")):
            affiliate(
                person, make_institution(sector=sector), starts_on=now().date() + timedelta(days=days),
                actor=SYSTEM, now=now(),
            )  # fmt: skip
            learning.enrol(cohort, person, actor=SYSTEM, now=now())
    with at(now() + timedelta(days=1)):
        with unit():
            enqueue(VerifyTallies(), now=now())
        run_jobs()
        with unit():
            assert "justice" in {key.sector for key in queries.tallies_of(cohort.programme_id)}
            assert not db.session.scalars(
                select(AuditEntry).where(AuditEntry.code == TalliesMended.code)
            ).all()

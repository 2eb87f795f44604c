"""The scene of the attendance benchmarks: a hall full of people who are signed in, or a cohort with all its marks."""

import random
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from flask import Flask, url_for

from bench.floors import session_cookie
from bench.scene import Visit
from bench.sittings import installed
from lms.accounts import service as accounts
from lms.accounts.models import Person
from lms.attendance import codes
from lms.attendance.models import Meeting
from lms.attendance.rules import Mark
from lms.attendance.service import RollEntry, call_roll
from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.core.db import db, unit_of_work
from lms.learning.models import Cohort, Enrolment
from lms.testing.factories.accounts import make_administrator, make_person
from lms.testing.factories.attendance import make_meeting
from lms.testing.factories.institutions import affiliate_person, make_institution
from lms.testing.factories.learning import make_cohort, make_enrolment

INSTITUTIONS = 20
MARKS = (Mark.PRESENT, Mark.PRESENT, Mark.LATE, Mark.PRESENT, Mark.EXCUSED, Mark.ABSENT, Mark.PRESENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hall:
    """An installation with one meeting that is on, and the cookies of the people who come to it."""

    app: Flask
    variables: dict[str, str]
    meeting_id: UUID
    secret: str
    cookies: list[str]
    user_id: str
    """One of the people, for the floor."""

    def code(self) -> str:
        """Return the code that the hall sees now."""
        return codes.code_at(self.secret, self.meeting_id, now())

    def scanned(self) -> str:
        """Return the address in the QR of now."""
        return f"/a/{self.code()}"


def make_hall(folder: Path, people: int, *, database_url: str = "") -> Hall:
    """Make an installation in an empty folder in which so many people are about to come to one meeting."""
    app, variables = installed(folder, database_url=database_url)
    with app.test_request_context(), unit_of_work():
        cohort, meeting = _planned()
        enrolled = _enrol(cohort, people)
        cookies = [_cookie(app, db.session.get_one(Person, each.person_id)) for each in enrolled]
        return Hall(
            app=app, variables=variables, meeting_id=meeting.id, secret=meeting.secret, cookies=cookies,
            user_id=str(enrolled[0].person_id),
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """An installation with a cohort whose register is full, and who looks at it."""

    app: Flask
    variables: dict[str, str]
    user_id: str
    register: Visit


def make_roster(folder: Path, *, people: int, meetings: int) -> Roster:
    """Make a cohort in an empty folder with so many people and so many meetings, three quarters of them over."""
    app, variables = installed(folder)
    with app.test_request_context(), unit_of_work():
        cohort, _today = _planned()
        enrolled = _enrol(cohort, people)
        keeper = make_administrator()
        for number in range(1, meetings):
            days = number - meetings * 3 // 4
            meeting = make_meeting(cohort, starts_at=now() + timedelta(days=days or -60))
            if meeting.starts_at < now():
                _call(meeting, enrolled, number)
        path = url_for("attendance.register", cohort_id=cohort.id)
        return Roster(
            app=app, variables=variables, user_id=str(keeper.id),
            register=Visit(path=path, cookie=_cookie(app, keeper)),
        )  # fmt: skip


def _planned() -> tuple[Cohort, Meeting]:
    cohort = make_cohort()
    return cohort, make_meeting(cohort, title="Apertura")


def _enrol(cohort: Cohort, people: int) -> list[Enrolment]:
    places = [make_institution() for _ in range(min(people, INSTITUTIONS))]
    persons = [make_person() for _ in range(people)]
    for number, person in enumerate(persons):
        affiliate_person(person, places[number % len(places)])
    return [make_enrolment(cohort, person) for person in persons]


def _call(meeting: Meeting, enrolled: list[Enrolment], turn: int) -> None:
    chance = random.Random(turn)  # noqa: S311 - the same marks every time
    entries = [RollEntry(enrolment=each, mark=chance.choice(MARKS)) for each in enrolled]
    call_roll(meeting, entries, actor=SYSTEM, now=now())


def _cookie(app: Flask, person: Person) -> str:
    return session_cookie(app, accounts.open_session(person, stay=False, device="", now=now()))

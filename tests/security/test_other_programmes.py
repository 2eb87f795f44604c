"""What happens in one programme changes no page of another one, not even where both share people and a course.

Whoever has a part in one programme only asks for all they may open, then much happens in the other programme, and they
ask again. A page that reads otherwise tells something, be it a name or a number.
"""

import re
from datetime import date

import pytest

from lms.accounts.models import Person
from lms.core.actors import SYSTEM, Role, ScopeKind
from lms.core.clock import now
from lms.core.db import db
from lms.core.policy import policy_of
from lms.courses.models import Release
from lms.institutions.directory.models import Institution
from lms.institutions.programmes.models import MembershipKind, Programme
from lms.institutions.programmes.service import add_member
from lms.learning.models import Cohort
from lms.testing.factories.accounts import give_role, make_person
from lms.testing.factories.agreements import make_agreement, make_parts
from lms.testing.factories.assessments import make_result, quizzes_of
from lms.testing.factories.attendance import make_meeting
from lms.testing.factories.certificates import issue_to, make_completion
from lms.testing.factories.donors import make_donor_link
from lms.testing.factories.grading import make_graded_history, make_waiting_answer
from lms.testing.factories.institutions import make_member
from lms.testing.factories.learning import make_cohort, make_enrolment
from lms.testing.factories.spans import make_span
from lms.testing.factories.targets import make_training_target
from lms.testing.factories.world import make_world
from tests.architecture.test_access_matrix import fill, parameters

TOKEN = re.compile(r"[\w-]{30,}\.[\w-]{6}\.[\w-]{27}")
"""A signed value with its moment: another one every second."""
STAFF = (Role.ADMINISTRATOR, Role.REVIEWER, Role.TRAINER)
OF_THE_RECORD = {"merging.merge", "merging.merge_page"}
"""Whoever makes one record of two is told how much each holds, wherever it came from: that is what they decide."""


@pytest.fixture
def worlds(unit):
    """Two programmes: the trainee of the second one and their institution have a part in the first one too."""
    with unit():
        other, own = make_world("curso-uno"), make_world("curso-dos")
        shared = db.session.get_one(Institution, own.institution.id)
        programme = db.session.get_one(Programme, other.programme.id)
        add_member(
            programme, shared, kind=MembershipKind.MEMBER, starts_on=programme.starts_on, actor=SYSTEM, now=now()
        )  # fmt: skip
        return other, own


def happen(other, own):
    """Let much happen in the first programme: with its own people, shared ones, and the course of the second."""
    programme = db.session.get_one(Programme, other.programme.id)
    theirs, shared = (db.session.get_one(Institution, each.institution.id) for each in (other, own))
    cohort = db.session.get_one(Cohort, other.cohort.id)
    follower = make_cohort(programme=programme, release=db.session.get_one(Release, own.release.id))
    both = db.session.get_one(Person, own.people[Role.TRAINEE].id)
    for person in (both, *(make_member(theirs) for _ in range(6))):
        _study(follower, person)
        make_enrolment(cohort, person)
    make_meeting(follower)
    make_parts(make_agreement(programme), shared)
    make_training_target(programme, shared)
    make_donor_link(programme)
    make_span(programme, date(2026, 3, 1), date(2026, 9, 1))
    for each in (programme, theirs, cohort):
        each.name = f"Otro nombre de {each.name}"


def _study(cohort, person):
    enrolment = make_enrolment(cohort, person)
    make_result(enrolment, quizzes_of(enrolment)[0], wrong=1)
    answer = make_waiting_answer(enrolment)
    make_graded_history(answer, programme_id=cohort.programme_id)
    make_completion(enrolment)
    issue_to(enrolment)


def addresses(app, places):
    """Yield the endpoint and the address of what is read by staff; figures also asked for by territory."""
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and not policy_of(app.view_functions[rule.endpoint]).is_public:
            yield rule.endpoint, fill(rule, places)
            if rule.rule.startswith("/reports/") and not parameters(rule):
                yield rule.endpoint, f"{rule.rule}?programme={places['programme_id']}&group=territory"


def read(app, browser, places):
    """Return the text of every page and file that opens; workbooks say when they were made."""
    found = {}
    for endpoint, address in addresses(app, places):
        with browser.raw.get(address) as answer:
            if answer.status_code == 200 and not answer.get_data().startswith(b"PK"):
                found[endpoint, address] = TOKEN.sub("", answer.get_data().decode(errors="replace"))
    return found


@pytest.fixture
def browsers(client_for, unit, worlds):
    """A browser of each member of staff of the second programme, and of who teaches one cohort of it."""
    _other, own = worlds
    with unit():
        trainer = make_person()
        give_role(trainer, Role.TRAINER, ScopeKind.COHORT, own.cohort.id)
    people = {role.value: own.people[role] for role in STAFF} | {"trainer of a cohort": trainer}
    return {name: client_for(person) for name, person in people.items()}


def test_what_happens_in_one_programme_is_told_in_no_other(app, browsers, unit, worlds):
    other, own = worlds
    before = {name: read(app, browser, own.places) for name, browser in browsers.items()}
    assert all(len(pages) > 50 for pages in before.values())
    with unit():
        happen(other, own)
    told = [
        f"{name}: {endpoint}"
        for name, browser in browsers.items()
        for (endpoint, address), text in read(app, browser, own.places).items()
        if endpoint not in OF_THE_RECORD and before[name].get((endpoint, address)) != text
    ]
    assert told == []


def test_a_link_of_one_programmes_donors_tells_nothing_of_another(client, unit, worlds):
    other, own = worlds
    address = f"/totals/{own.places['donor_token']}"
    before = client.get(address).text
    with unit():
        happen(other, own)
    assert client.get(address).text == before

"""Two records of one person become one: nothing is lost, the way back is exact, and only who may does it."""

import random
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from lms.accounts.models import Person, PersonAddress, RoleAssignment, SignInSession
from lms.accounts.queries import find_person_by_email
from lms.accounts.service import open_session
from lms.attendance.models import Attendance
from lms.attendance.rules import Mark, Method
from lms.attendance.service import create_meeting, mark
from lms.certificates.issuing.models import Certificate
from lms.core.actors import SYSTEM, Role, ScopeKind
from lms.core.audit import AuditEntry
from lms.core.db import Base, db
from lms.institutions.directory.models import Affiliation, Institution
from lms.institutions.directory.queries import count_people
from lms.institutions.merging.models import DistinctPeople, MergeChange, PersonMerge
from lms.institutions.merging.rules import Login, Side
from lms.institutions.merging.service import Pair, forget_changes, merge_people, undo_merge
from lms.institutions.people.service import create_provisional
from lms.institutions.programmes.models import MembershipKind, Programme
from lms.institutions.programmes.service import add_member
from lms.learning import service as learning
from lms.learning.models import Cohort, Completion, Enrolment, EnrolmentState, UnitProgress
from lms.learning.queries import count_enrolled
from lms.testing.factories.accounts import PASSWORD, give_role, make_administrator, make_person
from lms.testing.factories.assessments import make_result
from lms.testing.factories.certificates import issue_to, make_completion
from lms.testing.factories.courses import make_release
from lms.testing.factories.institutions import (
    LONG_AGO,
    make_focal_point,
    make_institution,
    make_member,
)
from lms.testing.factories.learning import finish_units, make_cohort, make_enrolment, units_of
from lms.testing.pytest_plugin import TODAY

KEPT = Login(address=Side.KEPT, password=Side.KEPT)
NOT_RECORDS = {
    "audit_entry", "job", "sign_in_session", "person_merge", "person_merge_change", "rate_count", "report_tally",
    "report_standing",
}  # fmt: skip
"""Evidence of what was done, what is to be done, sessions, which stay ended, and figures counted from the rest."""


@pytest.fixture
def two(unit):
    """Return the ids of two records of one person in the same cohort, and of the cohort."""
    with unit():
        health = make_institution("Servicios de Salud")
        cohort = make_cohort()
        one, other = make_member(health), make_member(health)
        make_enrolment(cohort, one)
        make_enrolment(cohort, other)
        return one.id, other.id, cohort.id


@pytest.fixture
def admin(client_for, unit):
    with unit():
        person = make_administrator()
    return client_for(person)


def person(person_id):
    return db.session.get(Person, person_id)


def merge(kept_id, gone_id, login=KEPT):
    return merge_people(Pair(person(kept_id), person(gone_id)), login, actor=SYSTEM, now=TODAY)


def everything():
    """Return every row of every table about people, as plain values."""
    db.session.expire_all()
    return {
        table.name: sorted(
            (tuple(map(repr, row)) for row in db.session.execute(select(table))),
        )
        for table in Base.metadata.sorted_tables
        if table.name not in NOT_RECORDS and not table.name.startswith("plugin_")
    }


def meeting_of(cohort, number):
    return create_meeting(
        cohort, actor=SYSTEM, now=TODAY, title=f"Sesión {number}", starts_at=TODAY - timedelta(hours=3 * number),
        ends_at=TODAY - timedelta(hours=3 * number - 1), venue="", facilitator="", opens_minutes_before=30,
        late_after_minutes=15, is_mandatory=False,
    )  # fmt: skip


def fill(chance, cohorts, meetings, someone):
    """Give somebody enrolments, progress, results, completions, certificates, marks and roles, by chance."""
    for cohort in cohorts:
        if chance.random() < 0.3:
            continue
        enrolment = make_enrolment(cohort, someone)
        finish_units(enrolment, count=chance.randint(0, 2))
        for _ in range(chance.randint(0, 2)):
            make_result(enrolment, wrong=2)
        if chance.random() < 0.5:
            make_completion(enrolment)
            if chance.random() < 0.7:
                issue_to(enrolment)
        attend(chance, meetings[cohort.id], enrolment)
        if chance.random() < 0.3:
            enrolment.state = EnrolmentState.WITHDRAWN
    for role in chance.sample((Role.REVIEWER, Role.TRAINER), chance.randint(0, 2)):
        give_role(someone, role, ScopeKind.PROGRAMME, cohorts[0].programme_id)


def attend(chance, meetings, enrolment):
    for each in meetings:
        verdict = chance.choice([None, *Mark])
        if verdict:
            mark(each, enrolment, mark=verdict, method=Method.ROLL_CALL, actor=SYSTEM, now=TODAY)


@pytest.mark.parametrize("seed", range(5))
def test_merging_loses_no_row_and_undoing_it_restores_every_cell(unit, seed):
    chance = random.Random(seed)  # noqa: S311 - not a secret
    with unit():
        release, place = make_release(), make_institution()
        cohorts = [make_cohort(release=release) for _ in range(3)]
        meetings = {cohort.id: [meeting_of(cohort, number) for number in (1, 2)] for cohort in cohorts}
        people = [make_member(chance.choice([place, make_institution()])) for _ in range(2)]
        people[1].national_id = chance.choice([None, "CURP0001"])
        for each in people:
            fill(chance, cohorts, meetings, each)
        one, other = (each.id for each in people)
    with unit():
        before = everything()
        made = merge(one, other, Login(address=chance.choice(list(Side)), password=Side.KEPT))
        after = everything()
        lost = {name for name, rows in before.items() if len(rows) > len(after[name])}
        assert lost == set()
        assert {row.person_id for row in db.session.scalars(select(Completion))} <= {one}
        assert {row.person_id for row in db.session.scalars(select(Certificate))} <= {one}
        counting = select(Enrolment).where(Enrolment.person_id == other)
        assert {row.state for row in db.session.scalars(counting)} <= {EnrolmentState.WITHDRAWN}
        undo_merge(made, actor=SYSTEM, now=TODAY + timedelta(days=1))
        assert everything() == before


def test_of_two_enrolments_in_a_cohort_one_counts_with_what_both_had(unit, two):
    kept, gone, cohort_id = two
    with unit():
        cohort = db.session.get(Cohort, cohort_id)
        first, second = meeting_of(cohort, 1), meeting_of(cohort, 2)
        mine, theirs = (
            db.session.scalars(select(Enrolment).where(Enrolment.person_id == each)).one()
            for each in (kept, gone)
        )
        mark(first, mine, mark=Mark.ABSENT, method=Method.ROLL_CALL, actor=SYSTEM, now=TODAY)
        mark(first, theirs, mark=Mark.PRESENT, method=Method.ROLL_CALL, actor=SYSTEM, now=TODAY)
        mark(second, theirs, mark=Mark.LATE, method=Method.ROLL_CALL, actor=SYSTEM, now=TODAY)
        finish_units(theirs, count=2)
        completion = make_completion(theirs)
        merge(kept, gone)
        db.session.expire_all()
        marks = select(Attendance.meeting_id, Attendance.mark).where(Attendance.enrolment_id == mine.id)
        assert dict(db.session.execute(marks).all()) == {first.id: Mark.PRESENT, second.id: Mark.LATE}
        assert db.session.get(Completion, completion.id).enrolment_id == mine.id
        assert count_enrolled(cohort_id) == 1
        assert (theirs.state, theirs.merged_into_id) == (EnrolmentState.WITHDRAWN, mine.id)
        finished = select(func.count(UnitProgress.finished_at)).where(UnitProgress.enrolment_id == mine.id)
        assert db.session.scalar(finished) == 2


def test_a_course_that_both_had_in_part_is_completed_by_the_merge(unit, two, run_jobs):
    kept, gone, _cohort = two
    with unit():
        for each, chosen in ((kept, slice(None, None, 2)), (gone, slice(1, None, 2))):
            enrolment = db.session.scalars(select(Enrolment).where(Enrolment.person_id == each)).one()
            from_both(enrolment, chosen)
    with unit():
        made = merge(kept, gone).id
    run_jobs()
    with unit():
        assert db.session.scalars(select(Completion.person_id)).all() == [kept]
        with pytest.raises(Exception, match="Cursos completados de la misma cohorte"):
            undo_merge(db.session.get(PersonMerge, made), actor=SYSTEM, now=TODAY)


def from_both(enrolment, chosen):

    for unit in units_of(enrolment)[chosen]:
        learning.finish_unit(enrolment, unit, actor=SYSTEM, now=TODAY)


def test_the_preview_says_what_happens_and_asks_for_the_word(admin, unit, two, run_jobs):
    kept, gone, _cohort = two
    with unit():
        addresses = (person(kept).email, person(gone).email)
        give_role(person(gone), Role.TRAINER, ScopeKind.PROGRAMME, db.session.scalar(select(Programme.id)))
        open_session(person(gone), stay=False, device="", now=TODAY)
    path = f"/people/{kept}/merge/{gone}"
    page = admin.get(path)
    row = next(row for row in page.select("tbody tr") if row.select_one("th").text == "Inscripciones")
    assert "Una estaba en los dos registros" in row.text
    assert "Grupo" in row.text
    assert "tal cual" in admin.post(path, {"address": "gone", "word": "sí"}, status=422).errors()
    done = admin.follow(admin.post(path, {"address": "gone", "word": " fusionar "}))
    assert "Se puede deshacer" in done.text
    with unit():
        assert person(kept).email == addresses[1]
        assert [find_person_by_email(each).id for each in addresses] == [kept, kept]
        assert not person(gone).is_active
        sessions = select(SignInSession.revoked_at).where(SignInSession.person_id == gone)
        assert None not in db.session.scalars(sessions).all()
        assert db.session.scalars(select(RoleAssignment.person_id)).all().count(kept) == 1
        codes = set(db.session.scalars(select(AuditEntry.code).where(AuditEntry.subject_id == kept)))
        assert "merging.people-merged" in codes
        left = db.session.scalars(select(Enrolment.id).where(Enrolment.person_id == gone)).one()
    assert "Inscripción fusionada" in admin.get(f"/learning/enrolments/{left}").text
    assert addresses[0] not in admin.get("/people/").text
    admin.get(f"/people/{gone}", status=404)
    admin.get(path, status=404)
    run_jobs()
    undone = admin.follow(admin.post(done.response.request.path + "/undo"))
    assert "como antes" in undone.text
    with unit():
        assert (person(kept).email, person(gone).email) == addresses
        assert db.session.scalars(select(PersonAddress)).all() == []


def test_an_invitation_to_either_address_reaches_the_person(admin, unit, run_jobs, mailbox, client):
    with unit():
        place = make_institution()
        one, other = make_member(place), make_member(place)
    admin.post(f"/people/{other.id}/invite")
    run_jobs()
    link = next(word for word in mailbox.sent[0].text.split() if "/account/invitation/" in word)
    admin.post(f"/people/{one.id}/merge/{other.id}", {"address": "kept", "word": "FUSIONAR"})
    client.get(link.removeprefix("http://localhost"))
    mailbox.sent.clear()
    admin.post(f"/people/{one.id}/invite")
    run_jobs()
    assert {message.to for message in mailbox.sent} == {one.email, other.email}


def test_candidates_say_why_and_a_pair_told_apart_comes_no_more(admin, unit, count_queries):
    with unit():
        place = make_institution()
        first = make_member(place)
        second = make_person(given_names="Jose", email="j.o.s.e@example.org")
        third = make_person(given_names="Otra", email="jose+curso@example.org")
        walk_in = create_provisional(
            f"{first.first_surname} {first.given_names.upper()}", place, actor=SYSTEM, now=TODAY
        )
        first.national_id = second.national_id = "X1"
        ids = first.id, walk_in.id
    page = admin.get("/people/duplicates")
    found = [
        (row.select_one("th a").text, row.select("td")[1].text.strip()) for row in page.select("tbody tr")
    ]
    assert [why for _who, why in found] == [
        "Misma identificación",
        "Mismo correo",
        "Mismo nombre e institución",
    ]
    assert third.email in page.text
    with count_queries() as statements:
        admin.get("/people/duplicates")
    assert len(statements) <= 6
    admin.post(f"/people/{ids[0]}/apart/{ids[1]}")
    admin.post(f"/people/{ids[1]}/apart/{ids[0]}")
    assert len(admin.get("/people/duplicates").select("tbody tr")) == 2
    with unit():
        assert db.session.scalar(select(func.count()).select_from(DistinctPeople)) == 1


def test_what_changed_since_closes_the_way_back_and_says_what(admin, unit, two):
    kept, gone, _cohort = two
    with unit():
        elsewhere = make_enrolment(make_cohort(), person(gone)).id
        made = merge(kept, gone).id
    with unit():
        finish_units(db.session.get(Enrolment, elsewhere), count=1)
    answer = admin.follow(admin.post(f"/people/merges/{made}/undo"))
    assert "Unidades abiertas" in answer.text
    with unit():
        assert not person(gone).is_active


def test_after_thirty_days_there_is_no_way_back_and_what_stood_before_is_forgotten(
    client_for, unit, two, at, run_jobs
):
    kept, gone, _cohort = two
    with unit():
        made, boss = merge(kept, gone).id, make_administrator()
    with at(TODAY + timedelta(days=31)):
        client_for(boss).post(f"/people/merges/{made}/undo", status=409)

        with unit():
            forget_changes(now=TODAY + timedelta(days=31))
            assert db.session.scalar(select(func.count()).select_from(MergeChange)) == 0


def test_a_merged_person_works_once_and_counts_once(unit, two):
    kept, gone, _cohort = two
    with unit():
        place = db.session.scalar(select(Affiliation.institution_id))
        merge(kept, gone)
        db.session.expire_all()

        assert count_people([place], TODAY.date()) == {place: 1}


def test_only_who_administers_both_may_and_nobody_takes_an_account_over(client_for, unit, two):
    kept, gone, cohort_id = two
    with unit():
        programme = db.session.get(Programme, db.session.get(Cohort, cohort_id).programme_id)
        place = db.session.scalar(select(Affiliation.institution_id))

        health = db.session.get(Institution, place)
        add_member(programme, health, kind=MembershipKind.MEMBER, starts_on=LONG_AGO, actor=SYSTEM, now=TODAY)
        boss, neighbour = make_member(health), make_focal_point(make_institution())
        give_role(boss, Role.ADMINISTRATOR, ScopeKind.PROGRAMME, programme.id)
        outsider = make_member(make_institution())
        used = make_member(health, password=PASSWORD)
        chief = make_member(health)
        give_role(chief, Role.ADMINISTRATOR)
    browser, stranger = client_for(boss), client_for(neighbour)
    stranger.get(f"/people/{kept}/merge/{gone}", status=403)
    stranger.get("/people/duplicates", status=403)
    browser.get(f"/people/{kept}/merge/{outsider.id}", status=404)
    browser.get(f"/people/{kept}/merge/{chief.id}", status=403)
    browser.get(f"/people/{kept}/merge/{boss.id}", status=409)
    page = browser.post(
        f"/people/{kept}/merge/{used.id}", {"address": "kept", "word": "fusionar"}, status=422
    )
    assert "ya usa su cuenta" in page.errors()
    done = browser.post(f"/people/{kept}/merge/{used.id}", {"address": "gone", "word": "fusionar"})
    client_for(chief).get(done.location)
    browser.get(done.location)

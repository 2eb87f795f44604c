"""How marks came about, what looks odd about them, and what a programme says each is worth."""

from datetime import timedelta
from fractions import Fraction

import pytest
from sqlalchemy import select

from lms.accounts.models import Person
from lms.attendance.credits import states_of
from lms.attendance.judging import list_judged, review
from lms.attendance.messages import ForgetBrowsers
from lms.attendance.models import (
    Attendance,
    AttendanceObservation,
    AttendanceReview,
    AttendanceState,
    Mark,
    Meeting,
)
from lms.attendance.recording import Sighting
from lms.attendance.rules import Device, Kind, read_fraction
from lms.attendance.service import observe, observe_all
from lms.core.actors import SYSTEM, Actor, Role, ScopeKind
from lms.core.audit import AuditEntry
from lms.core.clock import now
from lms.core.db import db
from lms.core.jobs.orders import enqueue
from lms.learning import queries as learning
from lms.learning.models import Cohort
from lms.plugins.criteria import State
from lms.testing.factories.accounts import give_role, make_person
from lms.testing.factories.attendance import make_mark, make_meeting
from lms.testing.factories.learning import make_cohort, make_enrolment
from lms.testing.pytest_plugin import TODAY


@pytest.fixture
def room(unit, cohort):
    """Return a meeting of today and two people of its cohort."""
    with unit():
        return make_meeting(cohort, title="Taller"), make_enrolment(cohort), make_enrolment(cohort)


def see(meeting, enrolment, kind=Kind.ENTRY, *, at=TODAY, now=TODAY, origin=None, **values):
    return observe(
        meeting, enrolment, kind=kind, method="qr", happened_at=at, device=Device.PHONE,
        origin=origin or f"{kind}:{enrolment.id}:{at}", actor=Actor(person_id=enrolment.person_id), now=now, **values,
    )  # fmt: skip


def name_of(enrolment):
    return db.session.get(Person, enrolment.person_id).name


# ── observing ──


def test_the_same_origin_again_changes_nothing_and_another_person_s_neither(unit, room):
    meeting, first, second = room
    with unit():
        see(meeting, first, origin="phone-1:7")
        see(meeting, first, origin="phone-1:7", at=TODAY - timedelta(hours=1))
        assert see(meeting, second, origin="phone-1:7") is None
        (mark,) = db.session.scalars(select(Attendance)).all()
        assert (mark.enrolment_id, mark.checked_in_at) == (first.id, TODAY)


def test_marks_that_come_late_and_out_of_order_give_the_same(unit, room):
    meeting, first, second = room
    ten, eleven = TODAY + timedelta(minutes=5), TODAY + timedelta(hours=1)
    later = TODAY + timedelta(days=1)
    with unit():
        for person, order in ((first, (0, 1, 2)), (second, (2, 0, 1))):
            steps = [(Kind.ENTRY, ten, ""), (Kind.EXIT, eleven, ""), (Kind.VERDICT, later, Mark.EXCUSED)]
            for kind, at, state in (steps[index] for index in order):
                see(meeting, person, kind, at=at, now=later, state=state)
        found = {
            (each.mark, each.state, each.seconds, each.checked_in_at)
            for each in db.session.scalars(select(Attendance))
        }
        assert found == {(Mark.EXCUSED, "excused", 0, ten)}


def test_many_cost_as_many_queries_as_one(unit, cohort, room, count_queries):
    meeting = room[0]

    def counted(people):
        with unit():
            sightings = [
                Sighting(
                    enrolment=each, kind=Kind.ENTRY, method="qr", happened_at=TODAY, device=Device.FILE,
                    origin=f"file:{each.id}",
                )
                for each in people
            ]  # fmt: skip
            with count_queries() as statements:
                observed = observe_all(
                    db.session.get(Meeting, meeting.id), sightings, actor=SYSTEM, now=TODAY
                )
            assert observed.added == len(people)
            return sum("audit_entry" not in each for each in statements)

    with unit():
        make_meeting(cohort, starts_at=TODAY + timedelta(days=3))
        few, many = [[make_enrolment(cohort) for _ in range(count)] for count in (2, 12)]
    counted(few[:1])
    assert counted(many) <= counted([few[1]])


def test_when_the_times_of_a_meeting_change_its_marks_follow(unit, trainer, room):
    meeting, first, _second = room
    with unit():
        see(meeting, first, at=TODAY + timedelta(minutes=10))
        assert db.session.scalars(select(Attendance)).one().mark is Mark.LATE
    path = f"/attendance/meetings/{meeting.id}/edit"
    page = trainer.get(path)
    sent = {
        each["name"]: each.get("value", "")
        for each in page.select("main input[name]")
        if each.get("type") != "checkbox"
    }
    trainer.post(path, {**sent, "place": "on-site", "late_after_minutes": "30"})
    with unit():
        assert db.session.scalars(select(Attendance)).one().mark is Mark.PRESENT


# ── evidence and what looks odd ──


def test_the_evidence_says_how_who_and_when(unit, trainer, room):
    meeting, first, _second = room
    with unit():
        see(meeting, first)
        make_mark(meeting, first, Mark.EXCUSED, note="Comisión de trabajo")
    text = trainer.get(f"/attendance/cohorts/{meeting.cohort_id}/evidence/{first.id}").text
    for words in ("con el código QR", "La propia persona", "teléfono", "en la lista", "Comisión de trabajo"):
        assert words in text


def test_what_looks_odd_is_listed_judged_and_changes_nothing(unit, trainer, room, at):
    meeting, first, second = room
    with unit():
        see(meeting, first, browser="a" * 32)
        see(meeting, second, at=TODAY + timedelta(seconds=40), browser="a" * 32)
        see(meeting, second, Kind.ENTRY, at=TODAY + timedelta(hours=9), now=TODAY + timedelta(hours=9))
        other = make_meeting(make_cohort(), title="Otra sala")
        twin = make_enrolment(
            db.session.get(Cohort, other.cohort_id), person=db.session.get(Person, first.person_id)
        )
        make_mark(other, twin)
        before = [(each.mark, each.seconds) for each in db.session.scalars(select(Attendance))]
        names = name_of(first), name_of(second)
    path = f"/attendance/meetings/{meeting.id}/oddities"
    page = trainer.get(path)
    found = [each.get_text(" ", strip=True) for each in page.select("main section.card")]
    same, outside, places = sorted(found, key=lambda text: ("Varias" not in text, "fuera" not in text))
    assert all(name in same for name in names)
    assert names[1] in outside
    assert "Otra sala" in places
    forms = page.select("main section.card form")
    key = next(f.select("[name=key]")[0]["value"] for f in forms if "same-browser" in str(f))
    with at(TODAY + timedelta(hours=1)):
        done = trainer.follow(trainer.post(path, {"key": key, "note": "Compartieron teléfono"}))
        assert "Compartieron teléfono" in done.text
        assert len(done.select("main section.card form")) == len(forms) - 1
        trainer.post(path, {"key": "same-browser:forged"}, status=404)
    with unit():
        assert [(each.mark, each.seconds) for each in db.session.scalars(select(Attendance))] == before
        see(
            meeting,
            make_enrolment(db.session.get(Cohort, meeting.cohort_id)),
            now=TODAY + timedelta(hours=11),
            browser="a" * 32,
        )
    with at(TODAY + timedelta(hours=3)):
        assert "Compartieron teléfono" not in trainer.get(path).text


def test_which_browser_it_was_is_forgotten_when_the_time_for_complaints_is_over(unit, room, at, run_jobs):
    meeting, first, second = room
    with unit():
        for each in (first, second):
            see(meeting, each, browser="a" * 32)
        key = list_judged(meeting)[0].oddity.key
        review(meeting, key, note="Compartieron teléfono", actor=SYSTEM, now=TODAY)
    for days, kept in ((90, 2), (91, 0)):
        with at(TODAY + timedelta(days=days)):
            with unit():
                enqueue(ForgetBrowsers(), now=now())
            run_jobs()
        with unit():
            rows = db.session.scalars(select(AttendanceObservation)).all()
            assert sum(bool(each.browser) for each in rows) == kept
            judged = db.session.scalars(select(AttendanceReview)).one()
            assert ("a" * 32 in judged.key, judged.note) == (bool(kept), "Compartieron teléfono")
            assert len({each.device for each in rows}) == 1
            said = db.session.scalars(
                select(AuditEntry).where(AuditEntry.code == "attendance.oddity-reviewed")
            )
            assert not any("a" * 32 in str(each.data) for each in said)


# ── what each state is worth ──


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1/2", Fraction(1, 2)),
        ("0,5", Fraction(1, 2)),
        ("50 %", Fraction(1, 2)),
        ("1/3", Fraction(1, 3)),
        ("1", 1),
        ("0", 0),
        *((text, None) for text in ("", "2", "3/2", "101%", "-1", "1/0", "x", "1e3", "½")),
    ],
)
def test_fractions_as_people_write_them(typed, value):
    assert read_fraction(typed) == value


def test_a_programme_says_what_each_state_is_worth(unit, client_for, cohort):
    with unit():
        person = make_person()
        give_role(person, Role.ADMINISTRATOR, ScopeKind.PROGRAMME, cohort.programme_id)
        enrolment = make_enrolment(cohort)
        make_mark(make_meeting(cohort, starts_at=TODAY - timedelta(days=2)), enrolment, Mark.LATE)
        known = db.session.scalars(
            select(AttendanceState.code).where(AttendanceState.programme_id == cohort.programme_id)
        ).all()
        assert sorted(known) == sorted(Mark)
    client = client_for(person)
    path = f"/attendance/programmes/{cohort.programme_id}/states"
    assert client.get("/attendance/states").select(f'a[href="{path}"]')
    page = client.get(path)
    sent = {each["name"]: each.get("value", "") for each in page.select("main input[name]")}
    assert "entre 0 y 1" in client.post(path, {**sent, "credit_1": "1.5"}, status=422).errors()
    sent |= {"label_1": "Retardo", "credit_0": "0", "credit_1": "2/3", "minimum_share": "90 %"}
    shown = client.post(path, sent, status=200)
    assert "Ya no alcanza, 67" in shown.text
    with unit():
        assert {each.credit for each in states_of(cohort.programme_id) if each.code == "late"} == {1}
    seen = shown.select("input[name=seen]")[0]["value"]
    client.post(path, {**sent, "seen": seen, "save": "1"})
    with unit():
        outcome = learning.outcome_of(enrolment.id)
        (verdict,) = [each for each in outcome.verdicts if each.criterion == "attended-share"]
        assert verdict.state is State.CANNOT
        assert "0,67 de 1 sesiones" in str(verdict.detail)
        present = db.session.scalars(
            select(AttendanceState.credit).where(AttendanceState.code == "present")
        ).all()
        assert present == [1]
        assert make_meeting(cohort).minimum_share == Fraction(9, 10)
    assert "Retardo" in client.get(f"/attendance/cohorts/{cohort.id}/register").text

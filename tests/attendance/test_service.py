"""What the verbs of attendance do, write down and refuse."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from lms.accounts.models import Person
from lms.attendance import codes, service
from lms.attendance.criteria import AttendedShare
from lms.attendance.errors import (
    CheckInClosed,
    CheckInNotOpen,
    CodeRefused,
    EntryOverruled,
    MeetingCancelled,
    MeetingHeld,
    NotEnrolled,
    RollTooEarly,
)
from lms.attendance.models import Attendance, Mark, Meeting, Method
from lms.attendance.service import MeetingValues, RollEntry
from lms.core.actors import SYSTEM, Actor
from lms.core.audit import AuditEntry
from lms.core.db import db
from lms.institutions.programmes.models import Programme
from lms.learning import queries as learning
from lms.learning import service as learning_service
from lms.learning.models import Cohort
from lms.plugins.criteria import State
from lms.testing.factories.attendance import code_on_screen, make_mark, make_meeting
from lms.testing.factories.learning import finish_units, make_cohort, make_enrolment
from lms.testing.pytest_plugin import TODAY


def check_in(meeting, enrolment, *, now=TODAY, code=None, scanned_at=None):
    shown = code or codes.code_at(meeting.secret, meeting.id, scanned_at or now)
    actor = Actor(person_id=enrolment.person_id)
    return service.check_in(
        meeting,
        enrolment,
        code=shown,
        method=Method.QR,
        actor=actor,
        now=now,
        scanned_at=scanned_at or now,
    )


def said(code):
    return db.session.scalars(select(AuditEntry).where(AuditEntry.code == code).order_by(AuditEntry.id)).all()


def verdict_on(enrolment):
    outcome = learning.outcome_of(enrolment.id)
    return next((each for each in outcome.verdicts if each.criterion == "attended-share"), None)


@pytest.fixture
def room(unit):
    """Return ``room()`` inside an open unit: a meeting of today, and somebody of its cohort."""
    with unit():
        cohort = make_cohort()
        yield make_meeting(cohort), make_enrolment(cohort)


def values_of(meeting, **changes):
    return MeetingValues(**{name: getattr(meeting, name) for name in MeetingValues.__annotations__} | changes)


# ── check-in ──


def test_a_check_in_is_a_mark_with_its_moment_and_a_fact(room):
    meeting, enrolment = room
    record = check_in(meeting, enrolment)
    assert (record.mark, record.method, record.checked_in_at) == (Mark.PRESENT, Method.QR, TODAY)
    assert record.recorded_by == enrolment.person_id
    (entry,) = said("attendance.recorded")
    assert entry.subject_id == meeting.id
    assert entry.data == {"enrolment_id": str(enrolment.id), "mark": "present", "method": "qr"}


def test_asking_twice_changes_nothing(room):
    meeting, enrolment = room
    first = check_in(meeting, enrolment)
    again = check_in(meeting, enrolment, now=TODAY + timedelta(hours=1), code="AAAAAA")
    assert again is first
    assert (again.mark, again.recorded_at) == (Mark.PRESENT, TODAY)
    assert len(said("attendance.recorded")) == 1
    assert said("attendance.corrected") == []


def test_whoever_comes_after_a_quarter_of_an_hour_is_late(room):
    meeting, enrolment = room
    assert check_in(meeting, enrolment, now=TODAY + timedelta(minutes=5)).mark is Mark.LATE


def test_signing_in_after_the_scan_does_not_make_anybody_late(room):
    meeting, enrolment = room
    now = TODAY + timedelta(minutes=8)
    record = check_in(meeting, enrolment, now=now, scanned_at=TODAY + timedelta(minutes=4))
    assert record.mark is Mark.PRESENT
    assert (record.checked_in_at, record.recorded_at) == (TODAY + timedelta(minutes=4), now)


def test_a_scan_opens_the_door_for_ten_minutes(room):
    meeting, enrolment = room
    with pytest.raises(CodeRefused):
        check_in(meeting, enrolment, now=TODAY + timedelta(minutes=10, seconds=1), scanned_at=TODAY)


@pytest.mark.parametrize("code", ["AAAAAA", ""])
def test_a_wrong_code_is_refused_and_leaves_nothing(room, code):
    meeting, enrolment = room
    with pytest.raises(CodeRefused):
        check_in(meeting, enrolment, code=code or "       ")
    assert db.session.scalar(select(func.count()).select_from(Attendance)) == 0


def test_the_code_of_another_meeting_is_refused(room):
    meeting, enrolment = room
    other = make_meeting(db.session.get(Cohort, enrolment.cohort_id))
    with pytest.raises(CodeRefused):
        check_in(meeting, enrolment, code=code_on_screen(other))


def test_too_early_and_too_late_are_refused_with_the_times(room):
    meeting, enrolment = room
    with pytest.raises(CheckInNotOpen) as early:
        check_in(meeting, enrolment, now=TODAY - timedelta(hours=1))
    assert early.value.opens_at == meeting.starts_at - timedelta(minutes=30)
    with pytest.raises(CheckInClosed) as late:
        check_in(meeting, enrolment, now=TODAY + timedelta(hours=4))
    assert late.value.closed_at == meeting.ends_at


def test_only_people_of_the_cohort_are_marked(room):
    meeting, enrolment = room
    neighbour = make_enrolment()
    with pytest.raises(NotEnrolled):
        check_in(meeting, neighbour)
    with pytest.raises(NotEnrolled):
        make_mark(meeting, neighbour)
    with pytest.raises(NotEnrolled):
        service.weigh_check_in(meeting, None, at=TODAY)
    learning_service.withdraw(enrolment, actor=SYSTEM, now=TODAY)
    with pytest.raises(NotEnrolled):
        check_in(meeting, enrolment)


def test_nobody_is_marked_at_a_cancelled_meeting(room):
    meeting, enrolment = room
    service.cancel_meeting(meeting, actor=SYSTEM, now=TODAY)
    with pytest.raises(MeetingCancelled):
        check_in(meeting, enrolment)
    with pytest.raises(MeetingCancelled):
        make_mark(meeting, enrolment)


@pytest.mark.parametrize("mark", [Mark.ABSENT, Mark.EXCUSED])
def test_whoever_was_noted_as_away_and_comes_is_there(room, mark):
    meeting, enrolment = room
    make_mark(meeting, enrolment, mark)
    assert check_in(meeting, enrolment).mark is Mark.PRESENT
    (entry,) = said("attendance.corrected")
    assert (entry.data["before"], entry.data["after"]) == (mark.value, "present")


def test_a_code_does_not_undo_a_correction(room):
    meeting, enrolment = room
    check_in(meeting, enrolment)
    make_mark(meeting, enrolment, Mark.ABSENT)
    with pytest.raises(EntryOverruled):
        check_in(meeting, enrolment)
    make_mark(meeting, enrolment, Mark.EXCUSED)
    assert check_in(meeting, enrolment).mark is Mark.EXCUSED


# ── roll call ──


def test_a_correction_keeps_the_old_mark_and_the_new_one(room):
    meeting, enrolment = room
    check_in(meeting, enrolment)
    record = make_mark(meeting, enrolment, Mark.EXCUSED, note="Comisión de trabajo")
    assert (record.mark, record.method, record.note) == (
        Mark.EXCUSED, Method.ROLL_CALL, "Comisión de trabajo",
    )  # fmt: skip
    assert record.checked_in_at == TODAY
    (entry,) = said("attendance.corrected")
    assert entry.data == {
        "enrolment_id": str(enrolment.id),
        "before": "present",
        "after": "excused",
        "method": "roll-call",
    }


def test_the_same_mark_again_changes_nothing(room):
    meeting, enrolment = room
    for _ in range(2):
        make_mark(meeting, enrolment, Mark.LATE)
    assert len(said("attendance.recorded")) == 1
    assert said("attendance.corrected") == []


def test_a_roll_is_saved_at_once_and_again_changes_nothing(room):
    meeting, enrolment = room
    others = [make_enrolment(db.session.get(Cohort, meeting.cohort_id)) for _ in range(3)]
    entries = [RollEntry(enrolment=each, mark=Mark.PRESENT) for each in (enrolment, *others)]
    first = service.call_roll(meeting, entries, actor=SYSTEM, now=TODAY)
    again = service.call_roll(meeting, entries, actor=SYSTEM, now=TODAY)
    assert (first.saved, again.saved) == (4, 0)
    assert len(said("attendance.recorded")) == 4


def test_a_stale_page_does_not_overwrite_a_check_in(room):
    meeting, enrolment = room
    check_in(meeting, enrolment, now=TODAY + timedelta(minutes=30))
    blind = [RollEntry(enrolment=enrolment, mark=Mark.PRESENT)]
    result = service.call_roll(meeting, blind, actor=SYSTEM, now=TODAY + timedelta(hours=1))
    assert (result.saved, result.kept) == (0, 1)
    seen = [RollEntry(enrolment=enrolment, mark=Mark.PRESENT, seen=Mark.LATE)]
    result = service.call_roll(meeting, seen, actor=SYSTEM, now=TODAY + timedelta(hours=1))
    assert (result.saved, result.kept) == (1, 0)


def test_a_refused_roll_saves_nobody(room):
    meeting, enrolment = room
    soon = make_meeting(db.session.get(Cohort, meeting.cohort_id), starts_at=TODAY + timedelta(days=1))
    entries = [
        RollEntry(enrolment=enrolment, mark=Mark.EXCUSED),
        RollEntry(enrolment=make_enrolment(), mark=Mark.PRESENT),
    ]
    with pytest.raises(NotEnrolled):
        service.call_roll(soon, entries, actor=SYSTEM, now=TODAY)
    with pytest.raises(RollTooEarly):
        service.call_roll(soon, [RollEntry(enrolment=enrolment, mark=Mark.ABSENT)], actor=SYSTEM, now=TODAY)
    assert said("attendance.recorded") == []
    assert service.call_roll(soon, entries[:1], actor=SYSTEM, now=TODAY).saved == 1


# ── meetings ──


def test_planning_and_changing_are_facts(room):
    meeting, _enrolment = room
    assert len(meeting.secret) >= 32
    changed = service.change_meeting(
        meeting, actor=SYSTEM, now=TODAY, **values_of(meeting, title="Otro título", venue="Sala 2")
    )
    assert changed == {"title", "venue"}
    (entry,) = said("attendance.meeting-changed")
    assert entry.data["fields"] == ["title", "venue"]


def test_saving_a_meeting_as_it_is_changes_nothing_and_tells_nobody(room, mailbox):
    meeting, _enrolment = room
    assert not service.change_meeting(meeting, actor=SYSTEM, now=TODAY, **values_of(meeting))
    assert said("attendance.meeting-changed") == []


def test_a_meeting_that_was_held_is_not_cancelled(room):
    meeting, enrolment = room
    make_mark(meeting, enrolment)
    with pytest.raises(MeetingHeld):
        service.cancel_meeting(meeting, actor=SYSTEM, now=TODAY)


def test_cancelling_twice_is_one_fact(room):
    meeting, _enrolment = room
    for _ in range(2):
        service.cancel_meeting(meeting, actor=SYSTEM, now=TODAY)
    assert len(said("attendance.meeting-called-off")) == 1
    with pytest.raises(MeetingCancelled):
        service.change_meeting(meeting, actor=SYSTEM, now=TODAY, **values_of(meeting, title="X"))


@pytest.fixture
def notices(run_jobs, mailbox):
    """Return ``notices()``: the e-mails about meetings that left since the last time."""

    def read():
        run_jobs()
        found = [message for message in mailbox.sent if "sesión" in message.subject]
        mailbox.sent.clear()
        return found

    return read


@pytest.fixture
def announced(unit, notices):
    """Return (meeting id, addresses) of a meeting ahead with two people in its cohort and one withdrawn."""
    with unit():
        cohort = make_cohort()
        meeting = make_meeting(cohort, title="Mapa de la ruta", starts_at=TODAY + timedelta(days=2))
        people = [make_enrolment(cohort) for _ in range(3)]
        learning_service.withdraw(people[2], actor=SYSTEM, now=TODAY)
        emails = {db.session.get(Person, each.person_id).email for each in people[:2]}
    notices()
    return meeting.id, emails


def test_everybody_enrolled_is_told_when_and_where_it_is_now(unit, announced, notices):
    meeting_id, emails = announced
    with unit():
        meeting = db.session.get(Meeting, meeting_id)
        starts = TODAY + timedelta(days=3)
        changes = {"starts_at": starts, "ends_at": starts + timedelta(hours=2), "venue": "Sala 9"}
        service.change_meeting(meeting, actor=SYSTEM, now=TODAY, **values_of(meeting, **changes))
    sent = notices()
    assert {message.to for message in sent} == emails
    assert "lunes 23 de noviembre de 2026, de 10:00 a 12:00" in sent[0].text
    assert "Sala 9" in sent[0].text


@pytest.mark.parametrize("changes", [{"title": "Otro"}, {"late_after_minutes": 20}, {"is_mandatory": True}])
def test_what_changes_nobody_s_way_is_not_told(unit, announced, notices, changes):
    with unit():
        meeting = db.session.get(Meeting, announced[0])
        service.change_meeting(meeting, actor=SYSTEM, now=TODAY, **values_of(meeting, **changes))
    assert notices() == []


def test_everybody_enrolled_is_told_of_a_cancelled_meeting_once(unit, announced, notices):
    meeting_id, emails = announced
    for _ in range(2):
        with unit():
            service.cancel_meeting(db.session.get(Meeting, meeting_id), actor=SYSTEM, now=TODAY)
    sent = notices()
    assert sorted(message.to for message in sent) == sorted(emails)
    assert all("Mapa de la ruta" in message.subject for message in sent)


def test_nobody_is_told_of_what_is_over(unit, announced, notices):
    with unit():
        meeting = db.session.get(Meeting, announced[0])
        service.cancel_meeting(meeting, actor=SYSTEM, now=TODAY + timedelta(days=5))
    assert notices() == []


# ── the criterion ──


def test_without_planned_meetings_there_is_no_verdict(unit):
    with unit():
        enrolment = make_enrolment()
        assert verdict_on(enrolment) is None
        meeting = make_meeting(db.session.get(Cohort, enrolment.cohort_id))
        assert verdict_on(enrolment).state is State.NOT_YET
        service.cancel_meeting(meeting, actor=SYSTEM, now=TODAY)
        assert verdict_on(enrolment) is None


def test_the_programme_says_what_share_is_needed(unit):
    with unit():
        cohort = make_cohort()
        enrolment = make_enrolment(cohort)
        for days in (3, 2, 1):
            make_mark(make_meeting(cohort, starts_at=TODAY - timedelta(days=days)), enrolment)
        make_meeting(cohort, starts_at=TODAY + timedelta(days=1))
        assert verdict_on(enrolment).state is State.NOT_YET
        assert "3 de 4 sesiones (75" in str(verdict_on(enrolment).detail)
        db.session.get(Programme, cohort.programme_id).attendance_share = 0.75
        assert verdict_on(enrolment).state is State.MET


def test_what_cannot_be_reached_says_what_the_secretary_can_do(unit):
    with unit():
        cohort = make_cohort()
        enrolment = make_enrolment(cohort)
        meetings = [make_meeting(cohort, starts_at=TODAY - timedelta(days=days)) for days in (9, 8)]
        make_meeting(cohort, starts_at=TODAY + timedelta(days=1))
        make_mark(meetings[0], enrolment, Mark.ABSENT)
        verdict = verdict_on(enrolment)
        assert verdict.state is State.CANNOT
        assert "secretaría técnica puede registrar una falta justificada" in str(verdict.detail)
        for meeting in meetings:
            make_mark(meeting, enrolment, Mark.EXCUSED)
        assert verdict_on(enrolment).state is State.NOT_YET


def test_a_mandatory_meeting_that_was_missed_is_named(unit):
    with unit():
        cohort = make_cohort()
        enrolment = make_enrolment(cohort)
        for days in (6, 5, 4, 3):
            make_mark(make_meeting(cohort, starts_at=TODAY - timedelta(days=days)), enrolment)
        make_meeting(
            cohort, title="Taller de entrevista", starts_at=TODAY - timedelta(days=2), is_mandatory=True
        )
        verdict = verdict_on(enrolment)
        assert verdict.state is State.CANNOT
        assert "Taller de entrevista" in str(verdict.detail)


def test_verdicts_on_many_cost_as_much_as_on_one(unit, count_queries):
    with unit():
        cohort = make_cohort()
        meeting = make_meeting(cohort)
        people = [make_enrolment(cohort) for _ in range(12)]
        for each in people[:6]:
            make_mark(meeting, each)
        ids = [each.id for each in people]
        db.session.flush()
        with count_queries() as statements:
            verdicts = AttendedShare().judge(ids)
        assert len(statements) == 3
        assert sum(verdict.state is State.MET for verdict in verdicts.values()) == 6


def test_checking_in_completes_the_course_when_nothing_else_is_missing(room):
    meeting, enrolment = room
    finish_units(enrolment)
    assert learning.find_completion(enrolment.id) is None
    check_in(meeting, enrolment)
    assert learning.find_completion(enrolment.id) is not None


def test_cancelling_the_missed_meeting_completes_the_course(room):
    meeting, enrolment = room
    cohort = db.session.get(Cohort, meeting.cohort_id)
    make_mark(make_meeting(cohort, starts_at=TODAY - timedelta(days=3)), enrolment)
    finish_units(enrolment)
    assert learning.find_completion(enrolment.id) is None
    service.cancel_meeting(meeting, actor=SYSTEM, now=TODAY)
    assert learning.find_completion(enrolment.id) is not None

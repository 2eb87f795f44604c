"""Marks that were given without a line and arrive later: once, in any order, with their refusals and conflicts."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from lms.accounts.models import Person
from lms.attendance.judging import list_judged
from lms.attendance.models import Attendance, AttendanceObservation, Mark
from lms.attendance.oddities import Odd
from lms.attendance.service import cancel_meeting
from lms.core.actors import SYSTEM, Role, ScopeKind
from lms.core.clock import now
from lms.core.context import SETTINGS
from lms.core.db import db
from lms.learning.models import Enrolment
from lms.learning.service import withdraw
from lms.testing.factories.accounts import give_role, make_person
from lms.testing.factories.attendance import make_mark, make_meeting
from lms.testing.factories.institutions import make_institution
from lms.testing.factories.learning import make_cohort, make_enrolment
from lms.testing.pytest_plugin import TODAY

MARKS = "/attendance/offline/marks"
DEVICE = str(uuid4())


@pytest.fixture
def cohort(unit):
    with unit():
        return make_cohort(name="Grupo 2")


@pytest.fixture
def room(unit, cohort):
    """Return a meeting of today and three people of its cohort."""
    with unit():
        return make_meeting(cohort, title="Taller"), *(make_enrolment(cohort) for _ in range(3))


@pytest.fixture
def trainer(unit, cohort):
    with unit():
        person = make_person()
        give_role(person, Role.TRAINER, ScopeKind.COHORT, cohort.id)
    return person


@pytest.fixture
def keeper(client_for, trainer):
    return client_for(trainer)


@pytest.fixture
def send(keeper):
    """Return ``send(*items)``: what became of each by its number."""

    def sent(*items, device=DEVICE, status=200, client=keeper):
        headers = {"X-CSRFToken": client.csrf_token()}
        answer = client.raw.post(MARKS, json={"device": device, "items": items}, headers=headers)
        assert answer.status_code == status, answer.text
        return {each["n"]: each for each in answer.json["results"]} if status == 200 else None

    return sent


def item(n, meeting, enrolment=None, state="present", *, at=TODAY, **values):
    return {
        "n": n, "meeting": str(meeting.id), "row": str(enrolment.id) if enrolment else None, "state": state,
        "seen": "", "at": int(at.timestamp() * 1000), "offset": 0, **values,
    }  # fmt: skip


def outcomes(answers):
    return {n: each["outcome"] for n, each in answers.items()}


def marks_of(meeting):
    rows = db.session.scalars(select(Attendance).where(Attendance.meeting_id == meeting.id))
    return {row.enrolment_id: row.state for row in rows}


def observations():
    return db.session.scalar(select(func.count()).select_from(AttendanceObservation))


def test_the_page_names_nobody_and_the_list_says_no_more_than_it_must(keeper, room, unit):
    page = keeper.get(f"/attendance/offline/?meeting_id={room[0].id}")
    with unit():
        names = {db.session.get(Person, each.person_id).name for each in room[1:]}
    assert not any(name in page.response.text for name in names)
    assert page.select("noscript a[href*='roll-call']")
    today = keeper.raw.get("/attendance/offline/today").json
    assert [each["id"] for each in today["meetings"]] == [str(room[0].id)]
    headers = {"X-CSRFToken": today["token"]}
    found = keeper.raw.post(
        "/attendance/offline/rosters", json={"meetings": [str(room[0].id)]}, headers=headers
    )
    (meeting,) = found.json["meetings"]
    assert {each["name"] for each in meeting["people"]} == names
    assert {key for each in meeting["people"] for key in each} == {"id", "name", "place", "state", "rooms"}
    assert "no-store" in found.headers["Cache-Control"]


def test_the_worker_keeps_only_the_page_and_its_assets(client, keeper):
    text = client.raw.get("/attendance/offline/worker.js").text
    assert "js/offline.js" in text
    assert "{{" not in text
    script = keeper.raw.get("/static/js/offline.js")
    assert len(script.data) <= 13 * 1024


def test_marks_are_taken_with_their_own_time_and_sending_them_again_is_harmless(send, room, unit):
    meeting, first, second, _third = room
    early = TODAY - timedelta(minutes=5)
    sent = [item(1, meeting, first, at=early), item(2, meeting, second, "late", at=early)]
    assert outcomes(send(*sent)) == {1: "taken", 2: "taken"}
    assert outcomes(send(*sent, item(3, meeting, first, "absent"))) == {1: "known", 2: "known", 3: "taken"}
    with unit():
        assert marks_of(meeting) == {first.id: "absent", second.id: "late"}
        rows = db.session.scalars(select(AttendanceObservation)).all()
        assert {row.happened_at for row in rows} == {early, TODAY}
        assert {(row.method, row.recorded_at) for row in rows} == {("offline", TODAY)}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_order_repetition_and_cuts_of_batches_change_nothing(send, cohort, unit, data):
    with unit():
        meeting, people = make_meeting(cohort), [make_enrolment(cohort) for _ in range(2)]
    who = data.draw(
        st.lists(st.tuples(st.integers(0, 1), st.sampled_from(list(Mark))), min_size=1, max_size=6)
    )
    sent = [
        item(n, meeting, people[index], state.value, at=TODAY - timedelta(minutes=9 - n))
        for n, (index, state) in enumerate(who, start=1)
    ]
    expected = {people[index].id: state.value for index, state in who}
    order = data.draw(st.permutations(sent + data.draw(st.lists(st.sampled_from(sent), max_size=4))))
    cut = data.draw(st.integers(0, len(order)))
    device = str(uuid4())
    for part in (order[:cut], order[cut:]):
        send(*part, device=device)
    with unit():
        assert marks_of(meeting) == expected
        kept = select(func.count()).where(AttendanceObservation.meeting_id == meeting.id)
        assert db.session.scalar(kept) == len(sent)


def test_what_cannot_be_taken_says_why_and_keeps_no_other_back(send, room, cohort, unit):
    meeting, first, second, third = room
    with unit():
        withdraw(db.session.merge(second), actor=SYSTEM, now=now())
        gone, stranger = make_meeting(cohort), make_meeting()
        upcoming = make_meeting(cohort, starts_at=TODAY + timedelta(hours=2))
        old = make_meeting(cohort, starts_at=TODAY - timedelta(days=8))
        cancel_meeting(gone, actor=SYSTEM, now=now())
    answers = send(
        item(1, meeting, first), item(2, meeting, second), item(3, gone, first), item(4, stranger, first),
        item(5, upcoming, first), item(6, old, first), item(7, meeting, third, "dancing"), item(8, meeting),
    )  # fmt: skip
    assert outcomes(answers) == {1: "taken"} | dict.fromkeys(range(2, 9), "refused")
    assert answers[2]["reason"] == "Ya no está en la cohorte: no se registró."
    assert answers[3]["reason"] == "Esta sesión se canceló."
    with unit():
        assert marks_of(meeting) == {first.id: "present"}


def test_how_long_lists_are_kept_and_marks_are_taken_is_a_setting_that_the_page_says(
    app, send, keeper, room, cohort, unit
):
    with unit():
        old = make_meeting(cohort, starts_at=TODAY - timedelta(days=8))
    usual = app.extensions[SETTINGS]
    app.extensions[SETTINGS] = replace(usual, offline_days=9)
    try:
        page = keeper.get("/attendance/offline/")
        assert page.select("[data-life]")[0]["data-life"] == str(9 * 86_400_000)
        assert "(días: 9)" in page.text
        assert outcomes(send(item(1, old, room[1]))) == {1: "taken"}
    finally:
        app.extensions[SETTINGS] = usual
    assert send(item(2, old, room[2]))[2]["reason"].startswith("Pasaron más de 7 días")


def test_what_somebody_else_said_meanwhile_is_shown_and_the_keeper_chooses(send, room, unit):
    meeting, first, *_ = room
    with unit():
        make_mark(meeting, db.session.merge(first), Mark.EXCUSED, note="Turno")
    answers = send(item(1, meeting, first))
    assert outcomes(answers) == {1: "conflict"}
    assert answers[1]["state"] == "excused"
    assert answers[1]["theirs"].startswith("Falta justificada, en la lista (la plataforma, ")
    with unit():
        assert marks_of(meeting) == {first.id: "excused"}
    assert outcomes(send(item(2, meeting, first, seen="excused"))) == {2: "taken"}
    with unit():
        assert marks_of(meeting) == {first.id: "present"}


def test_marks_that_arrive_days_later_are_taken_and_listed_as_late(send, client_for, trainer, room, unit, at):
    meeting, first, *_ = room
    later = TODAY + timedelta(days=3)
    with at(later):
        keeper = client_for(trainer)
        assert outcomes(send(item(1, meeting, first), client=keeper)) == {1: "taken"}
        page = keeper.get(f"/attendance/cohorts/{meeting.cohort_id}/evidence/{first.id}")
        assert "Registrado tarde" in page.text
        with unit():
            assert [each.oddity.odd for each in list_judged(meeting)] == [Odd.RECORDED_LATE]


def test_somebody_who_was_not_on_the_list_waits_to_be_confirmed_once(send, keeper, room, cohort, unit):
    meeting = room[0]
    with unit():
        place = make_institution(name="Hospital General de Tulum")
    guest = {"name": "Participante Nueva 901", "place": "hospital general de TULUM"}
    answers = send(item(1, meeting, **guest))
    assert outcomes(answers) == {1: "taken"}
    again = send(item(1, meeting, **guest))
    assert (again[1]["outcome"], again[1]["row"]) == ("known", answers[1]["row"])
    unclear = send(item(2, meeting, name="Participante Nueva 902", place="hospital"))[2]
    assert (unclear["outcome"], [each["id"] for each in unclear["choices"]]) == ("unclear", [str(place.id)])
    chosen = item(2, meeting, name="Participante Nueva 902", place="hospital", institution=str(place.id))
    assert outcomes(send(chosen)) == {2: "taken"}
    with unit():
        found = db.session.scalars(select(Person).where(Person.is_provisional)).all()
        assert sorted(each.name for each in found) == ["Participante Nueva 901", "Participante Nueva 902"]
        enrolled = db.session.scalars(select(Enrolment).where(Enrolment.person_id.in_([p.id for p in found])))
        assert {(each.institution_id, each.cohort_id) for each in enrolled} == {(place.id, cohort.id)}
    waiting = keeper.get(f"/attendance/cohorts/{cohort.id}/walk-ins")
    assert sorted(each.text for each in waiting.select("li h3")) == [
        "Participante Nueva 901",
        "Participante Nueva 902",
    ]
    (refusing, _other) = waiting.select("form[action$=reject]")
    keeper.post(refusing["action"])
    assert len(keeper.get(f"/attendance/cohorts/{cohort.id}/walk-ins").select("li h3")) == 1
    assert outcomes(send(item(1, meeting, **guest))) == {1: "known"}


def test_many_marks_cost_as_many_queries_as_two(send, room, cohort, unit, count_queries):
    meeting = room[0]
    with unit():
        people = [make_enrolment(cohort) for _ in range(12)]

    def counted(numbers):
        with count_queries() as statements:
            send(*(item(n, meeting, people[n]) for n in numbers))
        return sum("audit_" not in each for each in statements)

    counted([0])
    assert counted(range(1, 3)) == counted(range(3, 12))


def test_without_a_session_nothing_is_taken_and_after_signing_in_the_same_is(client, send, room, unit):
    meeting, first, *_ = room
    body = {"device": DEVICE, "items": [item(1, meeting, first)]}
    assert client.raw.post(MARKS, json=body).status_code == 400
    assert client.raw.get("/attendance/offline/today").status_code == 303
    with unit():
        assert observations() == 0
    assert outcomes(send(*body["items"])) == {1: "taken"}


@pytest.mark.parametrize(
    "broken",
    [
        {"n": "1"},
        {"meeting": "x"},
        {"at": 1.5},
        {"state": "x" * 201},
        {"offset": 2**60},
        {"name": "a\0b"},
        {"n": True},
    ],
)
def test_what_our_page_does_not_send_is_refused_whole(send, room, broken):
    send({**item(1, room[0], room[1]), **broken}, status=422)

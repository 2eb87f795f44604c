"""The states of a programme: more than five, worth something else from a day on, retired; and who completes by it."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from lms.attendance import service
from lms.attendance.credits import states_of
from lms.attendance.models import Mark
from lms.attendance.register import read_register
from lms.attendance.rules import Earlier, change_credit, credit_on
from lms.core.actors import SYSTEM
from lms.core.db import db
from lms.institutions.programmes.models import Programme
from lms.learning import queries
from lms.testing.factories.accounts import make_administrator
from lms.testing.factories.assessments import pass_quizzes
from lms.testing.factories.attendance import make_mark, make_meeting
from lms.testing.factories.learning import finish_units, make_cohort, make_enrolment
from lms.testing.pytest_plugin import TODAY

ONE, HALF, NONE = Fraction(1), Fraction(1, 2), Fraction(0)


@pytest.fixture
def cohort(unit):
    with unit():
        return make_cohort()


@pytest.fixture
def keeper(unit, client_for):
    with unit():
        person = make_administrator()
    return client_for(person)


def path_of(cohort):
    return f"/attendance/programmes/{cohort.programme_id}/states"


def sent_by(page):
    return {each["name"]: each.get("value", "") for each in page.select("main form[novalidate] input[name]")}


def add(keeper, cohort, **values):
    typed = {"label": "Comisión de servicio", "role": "excused", "credit": "1/2", "letter": "c", **values}
    keeper.post(f"{path_of(cohort)}/new", typed)


# ── what a state is worth on a day ──


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([], (ONE, ONE, ONE)),
        ([(HALF, None)], (HALF, HALF, HALF)),
        ([(HALF, 10)], (ONE, HALF, HALF)),
        ([(HALF, 10), (NONE, 20)], (ONE, HALF, NONE)),
        ([(HALF, 20), (NONE, 10)], (ONE, NONE, NONE)),
        ([(HALF, 10), (NONE, None)], (NONE, NONE, NONE)),
        ([(HALF, 10), (ONE, 10)], (ONE, ONE, ONE)),
        ([(HALF, 10), (ONE, 20)], (ONE, HALF, ONE)),
    ],
)
def test_a_change_counts_from_its_day_on_and_takes_those_after_it_back(changes, expected):
    credit, earlier = ONE, ()
    for to, day in changes:
        since = None if day is None else date(2026, 11, day)
        earlier = change_credit(credit, earlier, to=to, since=since)
        credit = to
        assert all(isinstance(each, Earlier) for each in earlier)
    days = (date(2026, 11, 9), date(2026, 11, 19), date(2026, 11, 20))
    assert tuple(credit_on(day, credit, earlier) for day in days) == expected


def test_a_new_worth_from_a_day_on_leaves_earlier_meetings_and_hours_as_they_were(unit, keeper, cohort):
    with unit():
        enrolment = make_enrolment(cohort)
        for days in (9, 2):
            make_mark(make_meeting(cohort, starts_at=TODAY - timedelta(days=days)), enrolment, Mark.LATE)
    sent = sent_by(keeper.get(path_of(cohort)))
    sent |= {"credit_1": "0", "since": f"{TODAY - timedelta(days=5):%Y-%m-%d}"}
    shown = keeper.post(path_of(cohort), sent, status=200)
    keeper.post(path_of(cohort), {**sent, "seen": sent_by(shown)["seen"], "save": "1"})
    page = keeper.get(f"/attendance/cohorts/{cohort.id}/register")
    assert "1 de 2" in page.text
    assert "Llegó tarde (0; antes del 15 nov 2026, 1)" in page.text
    lines = keeper.get(f"/attendance/cohorts/{cohort.id}/hours/{enrolment.id}").text
    assert "El estado cuenta en parte" in lines
    assert "antes" in keeper.get(path_of(cohort)).text


# ── more than five ──


def test_a_state_of_the_programme_is_given_shown_counted_and_retired(unit, keeper, cohort):
    add(keeper, cohort)
    with unit():
        (state,) = [each for each in states_of(cohort.programme_id) if not each.is_default]
        enrolment, meeting = make_enrolment(cohort), make_meeting(cohort, starts_at=TODAY - timedelta(days=2))
        values = {"mark": Mark.EXCUSED, "state": state.code, "method": "roll-call"}
        service.mark(meeting, enrolment, actor=SYSTEM, now=TODAY, **values)
    register = f"/attendance/cohorts/{cohort.id}/register"
    assert "0,50 de 1" in keeper.get(register).text
    assert "Comisión de servicio" in keeper.raw.get(f"{register}.csv").get_data().decode("utf-8-sig")
    assert "Comisión de servicio" in keeper.get(f"{register}?state={state.code}").text
    keeper.post(f"{path_of(cohort)}/retire", {"state": state.code})
    assert "Comisión de servicio (0,50)" in keeper.get(register).text
    keeper.post(f"{path_of(cohort)}/retire", {"state": state.code, "restore": "1"})
    with unit():
        assert all(each.retired_at is None for each in states_of(cohort.programme_id))


def test_no_two_states_in_use_have_one_letter_and_the_usual_ones_stay(unit, keeper, cohort):
    taken = {"label": "Otro", "role": "absent", "credit": "0", "letter": "p"}
    assert "ya tiene esa letra" in keeper.post(f"{path_of(cohort)}/new", taken, status=422).errors()
    add(keeper, cohort)
    keeper.post(f"{path_of(cohort)}/retire", {"state": "state-6"})
    add(keeper, cohort, label="Otra comisión")
    again = keeper.follow(keeper.post(f"{path_of(cohort)}/retire", {"state": "state-6", "restore": "1"}))
    assert "ya tiene esa letra" in again.text
    assert (
        "no se puede retirar"
        in keeper.follow(keeper.post(f"{path_of(cohort)}/retire", {"state": "late"})).text
    )
    keeper.post(f"{path_of(cohort)}/retire", {"state": "nada"}, status=404)


# ── who completes by it ──


@pytest.mark.parametrize("way", ["worth", "share"])
def test_who_has_everything_under_the_new_rule_completes_the_course(unit, keeper, cohort, run_jobs, way):
    with unit():
        enrolment = make_enrolment(cohort)
        make_mark(make_meeting(cohort, starts_at=TODAY - timedelta(days=3)), enrolment, Mark.LEFT_EARLY)
        finish_units(enrolment)
        pass_quizzes(enrolment)
    run_jobs()
    sent = sent_by(keeper.get(path_of(cohort)))
    sent |= {"credit_2": "1"} if way == "worth" else {"attendance_share": "50 %"}
    shown = keeper.post(path_of(cohort), sent, status=200)
    assert "Cumple" in shown.text
    with unit():
        assert queries.find_completion(enrolment.id) is None
    keeper.post(path_of(cohort), {**sent, "seen": sent_by(shown)["seen"], "save": "1"})
    run_jobs()
    with unit():
        assert queries.find_completion(enrolment.id)
        share = db.session.get_one(Programme, cohort.programme_id).attendance_share
        assert share == (0.8 if way == "worth" else 0.5)


def test_nothing_is_asked_when_nobody_would_stand_elsewhere(unit, keeper, cohort):
    sent = sent_by(keeper.get(path_of(cohort)))
    done = keeper.follow(keeper.post(path_of(cohort), {**sent, "credit_1": "1/2", "letter_1": "L"}))
    assert "Cambios guardados" in done.text
    with unit():
        (late,) = [each for each in states_of(cohort.programme_id) if each.code == "late"]
        assert (late.credit, late.key) == (HALF, "L")


def test_a_meeting_may_ask_for_no_stay_at_all(unit, cohort):
    with unit():
        assert make_meeting(cohort).minimum_share == Fraction(3, 4)
        values = {
            "title": "Sesión", "starts_at": TODAY, "ends_at": TODAY + timedelta(hours=2), "venue": "",
            "facilitator": "", "opens_minutes_before": 30, "late_after_minutes": 15, "is_mandatory": False,
        }  # fmt: skip
        held = service.create_meeting(cohort, minimum_share=NONE, actor=SYSTEM, now=TODAY, **values)
        assert held.minimum_share == 0


def test_a_page_adds_up_what_the_whole_register_does(unit, cohort):
    with unit():
        meetings = [make_meeting(cohort, starts_at=TODAY - timedelta(days=9 - day)) for day in range(3)]
        marks = [Mark.PRESENT, Mark.LEFT_EARLY, Mark.ABSENT, None]
        for number in range(53):
            enrolment = make_enrolment(cohort)
            for place, meeting in enumerate(meetings):
                if mark := marks[(number + place) % 4]:
                    make_mark(meeting, enrolment, mark)
    with unit():
        page = read_register(SYSTEM, cohort, now=TODAY, number=2)
        whole = read_register(SYSTEM, cohort, now=TODAY)
        assert (len(page.rows), page.people, whole.people) == (3, 53, 53)
        assert (page.totals.attended, page.totals.here) == (whole.totals.attended, whole.totals.here)
        assert list(page.rows) == list(whole.rows)[50:]


def test_the_roll_offers_every_state_in_use_and_keeps_what_a_retired_one_said(unit, keeper, cohort):
    add(keeper, cohort)
    with unit():
        enrolment, meeting = (
            make_enrolment(cohort),
            make_meeting(cohort, starts_at=TODAY - timedelta(hours=1)),
        )
    path = f"/attendance/meetings/{meeting.id}/roll-call"
    (radio,) = keeper.get(path).select("input[type=radio][value=state-6]")
    assert (radio["data-key"], radio["data-role"]) == ("C", "excused")
    keeper.post(path, {f"mark-{enrolment.id}": "state-6", f"note-{enrolment.id}": "Oficio 14"})
    keeper.post(f"{path_of(cohort)}/retire", {"state": "state-6"})
    page = keeper.get(path)
    assert page.select("input[value=state-6][checked]")
    assert page.select(f"input[name=note-{enrolment.id}]")[0]["value"] == "Oficio 14"
    sent = {f"mark-{enrolment.id}": "excused", f"seen-{enrolment.id}": "absent"}
    assert "se conserv" in keeper.follow(keeper.post(path, sent)).text
    keeper.post(path, {**sent, f"seen-{enrolment.id}": "state-6"})
    assert not keeper.get(path).select("input[value=state-6]")

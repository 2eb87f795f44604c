"""The tablet at the door: one meeting, nobody signed in, nothing about others, and nobody lost."""

import re
from types import SimpleNamespace

import pytest

from lms.accounts.models import Person
from lms.attendance.kiosk.models import WalkIn, WalkInState
from lms.attendance.kiosk.rules import is_found
from lms.attendance.models import AttendanceObservation, Mark
from lms.attendance.queries import find_attendance
from lms.attendance.rules import Kind
from lms.core.actors import Role, ScopeKind
from lms.core.db import db
from lms.institutions.directory.models import Institution
from lms.learning.models import Enrolment, EnrolmentState
from lms.learning.queries import outcome_of
from lms.testing.factories.accounts import give_role, make_administrator, make_person
from lms.testing.factories.attendance import make_meeting
from lms.testing.factories.learning import make_cohort, make_enrolment

PIN = "2468"


@pytest.fixture
def hall(unit, client_for):
    """Return a meeting with a tablet at its door, and a person whose name has accents."""
    with unit():
        cohort = make_cohort(name="Grupo 2")
        own = make_enrolment(cohort)
        person = db.session.get_one(Person, own.person_id)
        person.given_names, person.first_surname, person.second_surname = "Íñigo", "Núñez", "Peña"
        person.search_text = "inigo nunez pena participante@example.org"
        for _ in range(9):
            make_enrolment(cohort)
        meeting = make_meeting(cohort)
        trainer, stranger = make_person(), make_person()
        give_role(trainer, Role.TRAINER, ScopeKind.COHORT, cohort.id)
        give_role(stranger, Role.TRAINER, ScopeKind.COHORT, make_cohort().id)
        institution = db.session.get_one(Institution, own.institution_id)
    client = client_for(trainer)
    place = f"/attendance/meetings/{meeting.id}/kiosk"
    client_for(stranger).post(place, {"pin": PIN}, status=404)
    client.post(place, {"pin": PIN})
    return SimpleNamespace(
        cohort=cohort, own=own, meeting=meeting, trainer=trainer, institution=institution, tablet=client,
        place=place,
    )  # fmt: skip


def find(hall, text):
    hall.tablet.post("/kiosk/search", {"q": text})
    return hall.tablet.get("/kiosk/found")


def tap(hall, **values):
    hall.tablet.post("/kiosk/mark", {"enrolment": hall.own.id, "step": "entry", **values})
    return hall.tablet.get("/kiosk/done")


def doors(unit, hall):
    with unit():
        rows = db.session.query(AttendanceObservation).order_by(AttendanceObservation.id)
        return [(row.kind, row.method, row.device.value, row.actor_id == hall.trainer.id) for row in rows]


@pytest.mark.parametrize(
    ("typed", "is_one"), [("nunez", True), ("pena inigo", True), ("ñigo", False), ("example", False)]
)
def test_a_search_finds_beginnings_of_names_in_any_order(typed, is_one):
    assert is_found("Íñigo Núñez Peña", typed.split()) is is_one


def test_somebody_finds_their_name_taps_it_and_nothing_of_it_stays(unit, hall):
    assert "Escriba al menos tres letras" in hall.tablet.post("/kiosk/search", {"q": "nu"}, status=422).text
    page = find(hall, "peña nunez")
    assert [tag["value"] for tag in page.select("[name=enrolment]")] == [str(hall.own.id)]
    assert "example.org" not in page.text
    assert page.response.headers["Cache-Control"] == "private, no-store"
    hall.tablet.get("/kiosk/found", status=303)  # going back shows nothing
    shown = tap(hall)
    assert shown.title == "Registrado"
    assert shown.response.headers["Refresh"] == "3; url=/kiosk/"
    hall.tablet.get("/kiosk/done", status=303)
    tap(hall)
    assert doors(unit, hall) == [(Kind.ENTRY, "kiosk", "computer", True)]
    with unit():
        assert find_attendance(hall.meeting.id, hall.own.id).mark is Mark.PRESENT


def test_a_name_of_many_and_an_address_show_nobody(hall):
    assert find(hall, "participante").select("[name=enrolment]") == []
    assert find(hall, "example.org").select("[name=enrolment]") == []


def test_the_tablet_answers_for_its_door_only_until_its_pin(unit, hall, client_for):
    for path in ("/", hall.place, "/account", "/cohorts/"):
        assert hall.tablet.get(path, status=303).location == "/kiosk/"
    for _ in range(4):
        assert "Ese PIN no es" in hall.tablet.post("/kiosk/exit", {"pin": "0000"}, status=422).text
    assert "demasiados PIN" in hall.tablet.post("/kiosk/exit", {"pin": "0000"}, status=422).text
    assert "demasiados PIN" in hall.tablet.post("/kiosk/exit", {"pin": PIN}, status=422).text
    keeper = client_for(hall.trainer)
    (action,) = [tag["action"] for tag in keeper.get(hall.place).select("form[action$=unlock]")]
    keeper.post(action)
    assert hall.tablet.post("/kiosk/exit", {"pin": PIN}).location == "/account/sign-in"
    hall.tablet.get("/kiosk/", status=303)
    assert "sign-in" in hall.tablet.get(hall.place, status=303).location


def test_a_tablet_closed_from_afar_marks_nobody(unit, hall, client_for):
    keeper = client_for(hall.trainer)
    (action,) = [tag["action"] for tag in keeper.get(hall.place).select("form[action$=close]")]
    keeper.post(action)
    hall.tablet.post("/kiosk/mark", {"enrolment": hall.own.id})
    assert doors(unit, hall) == []


def test_coming_and_going_are_both_tapped_where_exits_are_noted(unit, hall):
    with unit():
        db.session.get_one(type(hall.meeting), hall.meeting.id).records_exit = True
    assert len(find(hall, "nunez").select("[name=step]")) == 2
    for step in ("entry", "exit", "exit", "entry"):
        tap(hall, step=step)
    assert [row[0] for row in doors(unit, hall)] == [Kind.ENTRY, Kind.EXIT, Kind.ENTRY]


def walk_in(hall, **values):
    page = hall.tablet.get("/kiosk/new")
    data = {
        "name": "Participante 080", "place": hall.institution.name, "institution": hall.institution.id,
        "email": "p080@example.org", "key": page.select("[name=key]")[0]["value"], **values,
    }  # fmt: skip
    hall.tablet.post("/kiosk/new", data)
    hall.tablet.post("/kiosk/new", data)  # a second tap on the same page
    return hall.tablet.get("/kiosk/done")


def test_whoever_is_on_no_list_takes_part_until_the_staff_decides(unit, hall, client_for, mailbox, run_jobs):
    assert "confirmará sus datos" in walk_in(hall).text
    with unit():
        (row,) = db.session.query(WalkIn).all()
        own = db.session.get_one(Enrolment, row.enrolment_id)
        person = db.session.get_one(Person, own.person_id)
        assert (person.is_provisional, person.email) == (True, None)
        assert find_attendance(hall.meeting.id, own.id).mark is Mark.PRESENT
        said = [each.criterion for each in outcome_of(own.id).verdicts]
    assert "confirmed-person" in said
    run_jobs()
    assert [
        each for each in mailbox.sent if each.to == "p080@example.org"
    ] == []  # nobody has checked the address
    keeper = client_for(hall.trainer)
    listed = keeper.get(f"/attendance/cohorts/{hall.cohort.id}/walk-ins")
    assert "p080@example.org" in listed.text
    keeper.post(f"/attendance/walk-ins/{row.id}/accept")
    with unit():
        assert db.session.get_one(Person, person.id).email == "p080@example.org"
        assert db.session.get_one(WalkIn, row.id).state is WalkInState.ACCEPTED


def test_a_typed_address_never_reaches_the_record_of_another(unit, hall, client_for):
    with unit():
        known = make_person(email="p090@example.org")
        administrator = make_administrator()
    walk_in(hall, email="P090@example.org")
    keeper = client_for(administrator)
    page = keeper.get(f"/attendance/cohorts/{hall.cohort.id}/walk-ins")
    assert re.search(f"/people/{known.id}/merge/", str(page.soup))
    with unit():
        (row,) = db.session.query(WalkIn).all()
        assert db.session.get_one(Enrolment, row.enrolment_id).person_id != known.id
    keeper.post(f"/attendance/walk-ins/{row.id}/reject")
    with unit():
        assert db.session.get_one(Enrolment, row.enrolment_id).state is EnrolmentState.WITHDRAWN

"""What whoever comes sees and does: the scanned code, the typed one, refusals, one's own meetings."""

import threading
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select

from lms.accounts.models import Person
from lms.attendance import codes, scans, service
from lms.attendance.models import Attendance, AttendanceObservation, Mark, Meeting, Method
from lms.attendance.rules import Device, Kind
from lms.core.actors import SYSTEM
from lms.core.audit import AuditEntry
from lms.core.clock import now
from lms.core.db import db
from lms.learning import service as learning
from lms.learning.models import Cohort, Enrolment
from lms.testing.client import ReviewingClient
from lms.testing.factories.accounts import PASSWORD
from lms.testing.factories.attendance import make_mark, make_meeting
from lms.testing.factories.institutions import make_institution, make_member
from lms.testing.factories.learning import make_cohort, make_enrolment
from lms.testing.pytest_plugin import TODAY


@pytest.fixture
def meeting(unit):
    """Return a meeting that began ten minutes ago."""
    with unit():
        return make_meeting(title="Taller de entrevista", venue="Auditorio")


@pytest.fixture
def learner(unit, meeting):
    """Return somebody of its cohort."""
    return enrol(unit, meeting)


def enrol(unit, meeting, **kwargs):
    with unit():
        person = make_member(make_institution(), **kwargs)
        make_enrolment(db.session.get(Cohort, meeting.cohort_id), person)
        return person


def shown(meeting):
    return codes.code_at(meeting.secret, meeting.id, now())


def marks(unit):
    with unit():
        return [(each.mark, each.method) for each in db.session.scalars(select(Attendance))]


# ── by scanning ──


def test_scanning_and_one_tap_register_the_entry(client_for, unit, meeting, learner):
    client, code = client_for(learner), shown(meeting)
    page = client.get(f"/a/{code}")
    assert page.title == "Taller de entrevista"
    assert learner.name in page.text
    (form,) = [each for each in page.select("main form") if "/a/" in each["action"]]
    assert marks(unit) == []
    done = client.follow(client.post(form["action"]))
    assert done.title == "Entrada registrada"
    assert "10:00" in done.text
    assert "Auditorio" in done.text
    assert marks(unit) == [(Mark.PRESENT, Method.QR)]


def test_scanning_again_shows_the_confirmation_again(client_for, unit, meeting, learner, at):
    client = client_for(learner)
    client.post(f"/a/{shown(meeting)}")
    with at(TODAY + timedelta(minutes=20)):
        page = client.follow(client.get(f"/a/{shown(meeting)}", status=303))
        assert "10:00" in page.text
        client.post(f"/a/{shown(meeting)}")
    assert marks(unit) == [(Mark.PRESENT, Method.QR)]


def test_a_stranger_signs_in_and_comes_back_though_the_code_has_changed(client, unit, meeting, at):
    person = enrol(unit, meeting, password=PASSWORD)
    code = shown(meeting)
    entrance = client.get(f"/a/{code}", status=303).location
    assert urlsplit(entrance).path == "/account/sign-in"
    assert parse_qs(urlsplit(entrance).query)["next"] == [f"/a/{code}"]
    with at(TODAY + timedelta(minutes=4)):
        back = client.post(entrance, {"email": person.email, "password": PASSWORD})
        assert back.location == f"/a/{code}"
        assert client.follow(back).title == "Taller de entrevista"
        page = client.follow(client.post(f"/a/{code}"))
    assert "10:00" in page.text
    assert marks(unit) == [(Mark.PRESENT, Method.QR)]


def test_a_link_that_is_passed_on_opens_nothing_once_the_code_has_changed(
    client_for, unit, meeting, learner, at
):
    code = shown(meeting)
    client_for(enrol(unit, meeting)).get(f"/a/{code}")
    with at(TODAY + timedelta(minutes=2)):
        page = client_for(learner).get(f"/a/{code}", status=422)
        assert page.title == "Ese código ya cambió"
        client_for(learner).post(f"/a/{code}", status=422)
    assert marks(unit) == []


def test_the_note_of_a_scan_is_out_of_reach_of_scripts_and_ends(client_for, meeting, learner, at):
    client, code = client_for(learner), shown(meeting)
    cookie = client.get(f"/a/{code}").response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "Path=/a" in cookie
    with at(TODAY + timedelta(minutes=10, seconds=1)):
        client.get(f"/a/{code}", status=422)


def test_a_forged_note_is_worth_nothing(client_for, app, meeting, learner, at):
    client, code = client_for(learner), shown(meeting)
    client.raw.set_cookie(
        scans.COOKIE, f'["{meeting.id.hex}", "{code}", {int(TODAY.timestamp())}].x', path="/a"
    )
    with at(TODAY + timedelta(minutes=2)):
        client.get(f"/a/{code}", status=422)


# ── by typing ──


@pytest.mark.parametrize("write", ["{}{}", "{} {}", "{}-{}"])
def test_typing_the_code_registers_the_entry(client_for, unit, meeting, learner, write):
    client, code = client_for(learner), shown(meeting)
    client.get("/a")
    page = client.follow(client.post("/a", {"code": write.format(code[:3], code[3:]).lower()}))
    assert page.title == "Entrada registrada"
    assert marks(unit) == [(Mark.PRESENT, Method.CODE)]


def test_a_mistyped_code_is_said_beside_its_field_and_kept(client_for, unit, meeting, learner):
    page = client_for(learner).post("/a", {"code": "ABC DEF"}, status=422)
    assert "Ese código no es de ninguna sesión de ahora" in page.errors()
    assert page.select("#code")[0]["value"] == "ABC DEF"
    assert marks(unit) == []


def test_guessing_is_stopped_and_the_right_code_forgets_the_tries(client_for, meeting, learner):
    client = client_for(learner)
    for _ in range(11):
        client.post("/a", {"code": "AAAAAA"}, status=422)
    client.post("/a", {"code": shown(meeting)})
    for _ in range(12):
        client.post("/a", {"code": "AAAAAA"}, status=422)
    client.post("/a", {"code": shown(meeting)}, status=429)
    client.post(f"/a/{shown(meeting)}", status=429)


def test_an_empty_code_asks_for_one(client_for, meeting, learner):
    assert "Escriba el código" in client_for(learner).post("/a", {"code": " "}, status=422).errors()


# ── refusals, each with its page ──


@pytest.mark.parametrize("way", ["get", "post"])
def test_too_early_says_when_it_opens(client_for, meeting, learner, at, way):
    with at(TODAY - timedelta(hours=2)):
        page = getattr(client_for(learner), way)(f"/a/{shown(meeting)}", status=409)
    assert page.title == "El registro todavía no abre"
    assert "Abre a las 9:20" in page.text


@pytest.mark.parametrize("way", ["get", "post"])
def test_too_late_says_when_it_closed(client_for, meeting, learner, at, way):
    with at(TODAY + timedelta(hours=5)):
        page = getattr(client_for(learner), way)(f"/a/{shown(meeting)}", status=409)
    assert page.title == "El registro ya cerró"
    assert "13:50" in page.text


@pytest.mark.parametrize("way", ["get", "post"])
def test_a_cancelled_meeting_says_so(client_for, unit, meeting, learner, way):
    with unit():
        service.cancel_meeting(db.session.get(Meeting, meeting.id), actor=SYSTEM, now=TODAY)
    page = getattr(client_for(learner), way)(f"/a/{shown(meeting)}", status=409)
    assert page.title == "Esta sesión se canceló"


@pytest.mark.parametrize("way", ["get", "post"])
def test_whoever_is_in_another_cohort_is_told_what_to_do(client_for, unit, meeting, way):
    with unit():
        neighbour = db.session.get(Person, make_enrolment(make_cohort()).person_id)
    page = getattr(client_for(neighbour), way)(f"/a/{shown(meeting)}", status=403)
    assert page.title == "No encontramos su nombre en esta sesión"
    assert "Pida a quien facilita" in page.text
    assert marks(unit) == []


def test_whoever_was_withdrawn_is_not_marked(client_for, unit, meeting, learner):
    with unit():
        enrolment = db.session.scalar(select(Enrolment).where(Enrolment.person_id == learner.id))
        learning.withdraw(enrolment, actor=SYSTEM, now=TODAY)
    client_for(learner).post(f"/a/{shown(meeting)}", status=403)


def test_a_corrected_entry_is_explained(client_for, unit, meeting, learner):
    client = client_for(learner)
    entry = client.post(f"/a/{shown(meeting)}").location
    with unit():
        enrolment = db.session.scalar(select(Enrolment).where(Enrolment.person_id == learner.id))
        make_mark(db.session.get(Meeting, meeting.id), enrolment, Mark.ABSENT)
    page = client.post(f"/a/{shown(meeting)}", status=409)
    assert page.title == "La lista dice que usted no estuvo"
    client.get(entry, status=404)


def test_a_code_of_one_meeting_opens_no_other(client_for, unit, meeting, learner):
    with unit():
        other = make_meeting(db.session.get(Cohort, meeting.cohort_id), title="La de al lado")
    client_for(learner).post(f"/a/{shown(other)}")
    with unit():
        assert [each.meeting_id for each in db.session.scalars(select(Attendance))] == [other.id]


def test_two_taps_at_the_same_instant_are_one_entry(app, client_for, unit, meeting, learner):
    first, second = client_for(learner), client_for(learner)
    code, barrier, answers = shown(meeting), threading.Barrier(2), []

    def tap(client: ReviewingClient) -> None:
        barrier.wait(timeout=10)
        answers.append(client.raw.post(f"/a/{code}", data={"csrf_token": client.csrf_token()}))

    threads = [threading.Thread(target=tap, args=(client,)) for client in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert [answer.status_code for answer in answers] == [303, 303]
    assert len(marks(unit)) == 1
    with unit():
        facts = db.session.scalars(select(AuditEntry).where(AuditEntry.code == "attendance.recorded")).all()
        assert len(facts) == 1


# ── why not ──


def test_a_code_that_never_was_is_told_from_one_that_changed(client_for, meeting, learner, at):
    code = shown(meeting)
    assert client_for(learner).get("/a/AAAAAA", status=422).title == "No reconocemos ese código"
    with at(TODAY + timedelta(minutes=9)):
        assert client_for(learner).get(f"/a/{code}", status=422).title == "Ese código ya cambió"
    with at(TODAY + timedelta(minutes=30)):
        assert client_for(learner).get(f"/a/{code}", status=422).title == "No reconocemos ese código"


# ── leaving, and what is kept of the device ──

PHONE = "Mozilla/5.0 (Linux; Android 14; Pixel) AppleWebKit/537.36 Chrome/130 Mobile Safari/537.36"


def observed(unit):
    with unit():
        rows = db.session.scalars(select(AttendanceObservation).order_by(AttendanceObservation.id)).all()
        return [(each.kind, each.method, each.device, each.happened_at) for each in rows]


def test_whoever_leaves_scans_again_and_may_come_back(client_for, unit, meeting, learner, at):
    with unit():
        db.session.get(Meeting, meeting.id).records_exit = True
    client = client_for(learner)
    client.raw.environ_base["HTTP_USER_AGENT"] = PHONE
    client.post(f"/a/{shown(meeting)}")
    with at(TODAY + timedelta(hours=1)):
        page = client.get(f"/a/{shown(meeting)}")
        (form,) = page.select("form[action$=exit]")
        for _tap in range(2):
            done = client.follow(client.post(form["action"], {"method": "qr"}))
        assert "Se retiró antes" in done.text
        assert "11:00" in done.text
    with at(TODAY + timedelta(hours=2)):
        assert "Registrar mi entrada" in client.get(f"/a/{shown(meeting)}").text
        client.post(f"/a/{shown(meeting)}")
    assert observed(unit) == [
        (Kind.ENTRY, "qr", Device.PHONE, TODAY),
        (Kind.EXIT, "qr", Device.PHONE, TODAY + timedelta(hours=1)),
        (Kind.ENTRY, "qr", Device.PHONE, TODAY + timedelta(hours=2)),
    ]
    with unit():
        (record,) = db.session.scalars(select(Attendance)).all()
        assert (record.mark, record.seconds) == (Mark.LEFT_EARLY, 3600 + 6600)


def test_where_exits_are_not_noted_nobody_leaves(client_for, unit, meeting, learner):
    client = client_for(learner)
    client.post(f"/a/{shown(meeting)}")
    assert client.post(f"/a/{shown(meeting)}/exit", status=409).title == "Todavía no registra su entrada"


def test_two_marks_from_one_browser_share_a_number_that_no_other_meeting_knows(
    app, client_for, unit, meeting, learner
):
    with unit():
        other = make_meeting(db.session.get(Cohort, meeting.cohort_id), title="La de al lado")
    client = client_for(learner)
    for each in (meeting, other):
        client.post(f"/a/{shown(each)}")
    with unit():
        first, second = db.session.scalars(select(AttendanceObservation.browser)).all()
        assert first
        assert second
        assert first != second


# ── one's own meetings ──


def test_my_meetings_say_what_was_and_what_is_missing(client_for, unit, meeting, learner):
    with unit():
        cohort = db.session.get(Cohort, meeting.cohort_id)
        enrolment = db.session.scalar(select(Enrolment).where(Enrolment.person_id == learner.id))
        make_mark(make_meeting(cohort, title="Apertura", starts_at=TODAY - timedelta(days=9)), enrolment)
        make_meeting(cohort, title="Cierre", starts_at=TODAY + timedelta(days=9))
        gone = make_meeting(cohort, title="Suspendida", starts_at=TODAY + timedelta(days=2))
        service.cancel_meeting(gone, actor=SYSTEM, now=TODAY)
    page = client_for(learner).get("/attendance/")
    assert "Asistencia: 1 de 3" in page.text
    assert "Asistió a 1 de 3 sesiones" in page.text
    rows = {row.find("h4").get_text(): row.get_text(" ", strip=True) for row in page.select(".meeting-row")}
    assert "Presente" in rows["Apertura"]
    assert "Por venir" in rows["Cierre"]
    assert "Cancelada" in rows["Suspendida"]


def test_without_meetings_the_page_says_what_will_be_there(client_for, unit):
    with unit():
        person = make_member(make_institution())
    assert "Todavía no tiene sesiones" in client_for(person).get("/attendance/").text


def test_the_home_leads_to_the_check_in_while_it_is_open(client_for, meeting, learner):
    client = client_for(learner)
    page = client.get("/learning/")
    (button,) = [link for link in page.select("main a.button") if "Registrar asistencia" in link.get_text()]
    assert button["href"] == "/a"
    client.post(f"/a/{shown(meeting)}")
    assert "Entrada registrada" in client.get("/learning/").text


def test_the_home_says_when_the_check_in_opens(client_for, meeting, learner, at):
    with at(TODAY - timedelta(days=1)):
        page = client_for(learner).get("/learning/")
        assert "Próxima sesión" in page.text
        assert "El registro abre a las 9:20" in page.text
    with at(TODAY + timedelta(days=1)):
        assert "Próxima sesión" not in client_for(learner).get("/learning/").text


def test_the_entry_of_another_person_is_not_found(client_for, unit, meeting, learner):
    entry = client_for(learner).post(f"/a/{shown(meeting)}").location
    neighbour = enrol(unit, meeting)
    client_for(neighbour).get(entry, status=404)


def test_pages_of_the_trainee_are_few_queries(client_for, unit, meeting, learner, count_queries):
    with unit():
        cohort = db.session.get(Cohort, meeting.cohort_id)
        for days in range(1, 9):
            make_meeting(cohort, starts_at=TODAY + timedelta(days=days))
    client = client_for(learner)
    for path, most in (
        ("/attendance/", 4),
        ("/a", 2),
        (f"/a/{shown(meeting)}", 7),
    ):  # one of each asks for rooms
        with count_queries() as statements:
            client.get(path)
        assert len(statements) <= most, (path, statements)


def test_times_are_those_of_the_venue(client_for, unit, meeting, learner):
    with unit():
        db.session.get(Meeting, meeting.id).timezone = "America/Tijuana"
    page = client_for(learner).get("/attendance/")
    assert "6:50 a 10:50" in page.text
    assert "hora de Tijuana" in page.text
    entry = client_for(learner)
    assert "7:00" in entry.follow(entry.post(f"/a/{shown(meeting)}")).text

"""Reports of calls through the pages: looked at, matched, applied, corrected, and gone when their time is over."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
import xlsxwriter
from sqlalchemy import func, select

from lms.accounts.models import Person
from lms.attendance.meeting_reports.messages import EraseCallReports
from lms.attendance.meeting_reports.models import CallReport
from lms.attendance.meeting_reports.planning import token_of
from lms.attendance.meeting_reports.stays import read_stays
from lms.attendance.meeting_reports.tables import find_tables
from lms.attendance.models import AttendanceObservation, Mark
from lms.attendance.queries import find_attendance
from lms.core.actors import SYSTEM, Role, ScopeKind
from lms.core.clock import now
from lms.core.db import db
from lms.core.jobs.orders import enqueue
from lms.institutions.programmes.models import MembershipKind, Programme
from lms.institutions.programmes.service import add_member
from lms.learning.queries import find_enrolment
from lms.testing.factories.accounts import give_role, make_person
from lms.testing.factories.attendance import make_mark, make_meeting
from lms.testing.factories.institutions import make_institution
from lms.testing.factories.learning import make_cohort, make_enrolment

STARTS = datetime(2026, 3, 14, 14, 0, tzinfo=UTC)  # nine in the morning in Cancún
AFTER = STARTS + timedelta(days=2)
HEADING = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,In Waiting Room\n"
TEAMS = """\
2. Participantes
Nombre\tPrimera entrada\tÚltima salida\tDuración de la reunión\tCorreo electrónico\tRol
Ana Pérez Núñez\t14/3/26, 8:55:00\t14/3/26, 11:05:00\t2 h 5 min 30 s\tana@example.org\tAsistente

3. Actividades en la reunión
Nombre\tHora de entrada\tHora de salida\tDuración\tCorreo electrónico\tRol
Ana Pérez Núñez\t14/3/26, 8:55:00\t14/3/26, 9:40:30\t45 min 30 s\tana@example.org\tAsistente
Ana Pérez Núñez\t14/3/26, 9:45:00\t14/3/26, 11:05:00\t1 h 20 min\tana@example.org\tAsistente
"""
MEET = """\
First name,Last name,Email,Duration,Time joined,Time exited
Ana,Pérez Núñez,ana@example.org,2 hr 10 min,8:55 AM,11:05 AM
Luis,Quispe,otro@example.org,59 min,10:01 AM,11:00 AM
"""


def stay(name, joined, left, email=""):
    return f"{name},{email},03/14/2026 {joined} AM,03/14/2026 {left} AM,1,No,No\n"


def zoom(*stays):
    return (HEADING + "".join(stays)).encode()


class Room:
    """A meeting of two hours with Ana and Luis, and who keeps its register."""

    def __init__(self, unit, client_for):
        self.unit = unit
        with unit():
            self.cohort = make_cohort(name="Grupo 2")
            place = make_institution()
            self.ana = make_enrolment(self.cohort, named("Ana", "Pérez", "Núñez", "ana"), institution=place)
            self.luis = make_enrolment(self.cohort, named("Luis", "Quispe", "", "luis"), institution=place)
            self.meeting = make_meeting(self.cohort, title="Mañana", starts_at=STARTS, hours=2)
            trainer, stranger = make_person(), make_person()
            give_role(trainer, Role.TRAINER, ScopeKind.COHORT, self.cohort.id)
            give_role(stranger, Role.TRAINER, ScopeKind.COHORT, make_cohort().id)
        self.trainer, self.stranger = client_for(trainer), client_for(stranger)

    def send(self, content, status=303):
        data = {"file": (BytesIO(content), "reporte.csv")}
        sent = self.trainer.post(f"/attendance/meetings/{self.meeting.id}/call-reports", data, status=status)
        return sent.location or sent

    def apply(self, address, *meetings, mode="replace", status=303):
        chosen = [str(each.id) for each in meetings or [self.meeting]]
        return self.trainer.post(f"{address}/apply", {"s": chosen, "mode": mode}, status=status)

    def report(self, content, *meetings, mode="replace"):
        address = self.send(content)
        self.apply(address, *meetings, mode=mode)
        return address

    def mark(self, enrolment, meeting=None):
        with self.unit():
            found = find_attendance((meeting or self.meeting).id, enrolment.id)
            return found and (found.mark, found.seconds, found.method)

    def observations(self):
        with self.unit():
            return db.session.scalar(select(func.count()).select_from(AttendanceObservation))


def named(given_names, first_surname, second_surname, address):
    person = make_person(email=f"{address}@example.org")
    person.given_names, person.first_surname, person.second_surname = (
        given_names,
        first_surname,
        second_surname,
    )
    return person


@pytest.fixture
def room(unit, client_for, at):
    with at(AFTER):
        yield Room(unit, client_for)


@pytest.mark.parametrize(
    ("content", "program", "seconds"),
    [
        (zoom(stay("iPhone", "08:55:00", "09:40:30", "ana@example.org"),
              stay("Ana", "09:45:00", "11:05:00", "ana@example.org")), "Zoom", 6930),
        (TEAMS.encode("utf-16"), "Microsoft Teams", 6930),
        (MEET.encode(), "Google Meet", 7200),
    ],
)  # fmt: skip
def test_a_report_of_each_program_is_shown_before_it_gives_marks_to_the_second(
    room, content, program, seconds
):
    address = room.send(content)
    page = room.trainer.get(address)
    assert program in page.text
    assert f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}" in page.text
    assert room.mark(room.ana) is None
    room.apply(address)
    assert room.mark(room.ana) == (Mark.PRESENT, seconds, "call-report")


@pytest.mark.parametrize(
    ("left", "mark"),
    [("10:30:00", Mark.PRESENT), ("10:29:59", Mark.LEFT_EARLY)],
)
def test_the_meetings_own_threshold_decides_to_the_second(room, left, mark):
    room.report(zoom(stay("Ana", "08:55:00", left, "ana@example.org")))
    assert room.mark(room.ana)[0] is mark


def test_the_same_file_again_adds_nothing_and_a_corrected_one_replaces_only_whom_it_names(room):
    first = zoom(
        stay("Ana", "08:55:00", "11:05:00", "ana@example.org"), stay("Luis Quispe", "09:00:00", "11:00:00")
    )
    address = room.report(first)
    noted = room.observations()
    assert room.send(first) == address
    room.apply(address)
    assert room.observations() == noted
    corrected = room.report(zoom(stay("Ana", "09:20:00", "11:00:00", "ana@example.org")))
    assert room.mark(room.ana) == (Mark.LATE, 6000, "call-report")
    assert room.mark(room.luis) == (Mark.PRESENT, 7200, "call-report")
    room.apply(address)
    assert room.mark(room.ana)[:2] == (Mark.PRESENT, 7200)
    room.apply(corrected)
    assert room.mark(room.ana)[:2] == (Mark.LATE, 6000)


def test_two_reports_of_a_call_that_was_cut_add_up(room):
    room.report(zoom(stay("Ana", "09:00:00", "09:50:00", "ana@example.org")))
    second = zoom(stay("Ana", "10:00:00", "11:00:00", "ana@example.org"))
    assert "Ya se aplicó otro reporte" in room.trainer.get(room.send(second)).text
    room.report(second, mode="add")
    assert room.mark(room.ana)[:2] == (Mark.PRESENT, 6600)


def test_what_a_person_decided_stays_and_is_told(room):
    with room.unit():
        make_mark(room.meeting, room.ana, Mark.EXCUSED)
    address = room.report(zoom(stay("Ana", "09:00:00", "11:00:00", "ana@example.org")))
    assert room.mark(room.ana)[0] is Mark.EXCUSED
    page = room.trainer.get(address).text
    assert "lo decidió una persona; el reporte daría: Presente" in page


def test_whoever_is_decided_is_remembered_shown_and_may_be_corrected(room):
    content = zoom(stay("Ana Perez", "09:00:00", "11:00:00"), stay("Invitado", "09:00:00", "11:00:00"))
    address = room.send(content)
    assert "Falta saber quiénes son 2 personas" in room.trainer.get(address).text
    room.apply(address)
    assert room.mark(room.ana) is None
    asked = room.trainer.get(f"{address}/people")
    names = [field["name"] for field in asked.select("input[type=radio][checked]")]
    assert str(room.ana.id) in [field["value"] for field in asked.select("input[type=radio]")]
    said = dict(zip(names, [str(room.luis.id), "none"], strict=True))
    room.trainer.post(f"{address}/people", said)
    room.apply(address)
    assert room.mark(room.luis)[0] is Mark.PRESENT
    token = names[0].removeprefix("who-")
    found = room.trainer.get(f"{address}/people/{token}?q=nunez").text
    assert "Ana Pérez Núñez" in found
    room.trainer.post(f"{address}/people/{token}", {"who": str(room.ana.id)})
    room.apply(address)
    assert room.mark(room.ana)[:2] == (Mark.PRESENT, 7200)
    assert room.mark(room.luis)[:2] == (Mark.ABSENT, 0)
    remembered = room.trainer.get(f"/attendance/cohorts/{room.cohort.id}/call-names")
    assert "Ana Perez" in remembered.text
    later = room.trainer.get(room.send(zoom(stay("ANA PEREZ", "09:00:00", "10:00:00"))))
    assert "por decisión de quien lleva la lista" in later.text
    for form in remembered.select("form[action$=forget]"):
        room.trainer.post(form["action"])
    assert "Falta saber quiénes son 2 personas" in room.trainer.get(address).text


def test_whoever_is_on_no_list_is_enrolled_to_be_confirmed_and_marked(room):
    with room.unit():
        office, programme = make_institution(), db.session.get_one(Programme, room.cohort.programme_id)
        member = {"kind": MembershipKind.MEMBER, "starts_on": STARTS.date()}
        add_member(programme, office, **member, actor=SYSTEM, now=now())
    address = room.send(zoom(stay("Rosa Chuquimia", "09:00:00", "11:00:00")))
    page = f"{address}/people/{token_of('rosa chuquimia')}"
    room.trainer.post(f"{page}/walk-in", {"name": "Rosa Chuquimia", "institution": ""}, status=422)
    for _twice in range(2):
        room.trainer.post(f"{page}/walk-in", {"name": "Rosa Chuquimia", "institution": str(office.id)})
    waiting = room.trainer.get(f"/attendance/cohorts/{room.cohort.id}/walk-ins")
    assert [each.text for each in waiting.select("li h3")] == ["Rosa Chuquimia"]
    room.apply(address)
    with room.unit():
        person = db.session.scalars(select(Person).where(Person.is_provisional)).one()
        enrolment = find_enrolment(room.cohort.id, person.id)
    assert room.mark(enrolment)[:2] == (Mark.PRESENT, 7200)


def test_one_file_of_the_whole_day_covers_the_sessions_that_are_chosen(room):
    with room.unit():
        later = make_meeting(
            room.cohort, title="Mediodía", starts_at=STARTS + timedelta(hours=2, minutes=10), hours=0.5
        )
    address = room.send(zoom(stay("Ana", "08:50:00", "11:30:00", "ana@example.org")))
    assert "Mediodía" in room.trainer.get(address).text
    room.apply(address)
    assert room.mark(room.ana, later) is None
    room.apply(address, room.meeting, later)
    assert room.mark(room.ana)[:2] == (Mark.PRESENT, 7200)
    assert room.mark(room.ana, later)[:2] == (Mark.LEFT_EARLY, 1200)


def test_an_unknown_file_asks_once_for_its_columns(room):
    unknown = "quien,cuanto\nAna Pérez Núñez,110\n"
    address = room.send(unknown.encode())
    asked = room.trainer.get(address)
    assert "No reconocemos este archivo" in asked.text
    room.apply(address, status=409)
    fields = {field["name"]: "" for field in asked.select("form select")}
    refused = room.trainer.post(f"{address}/columns", {**fields, "name": "0"}, status=422)
    assert "las de entrada y salida o la de duración" in refused.errors()
    room.trainer.post(f"{address}/columns", {**fields, "name": "0", "duration": "1"})
    assert "1:50:00" in room.trainer.get(address).text
    assert "1:40:00" in room.trainer.get(room.send(unknown.replace("110", "100").encode())).text


def workbook(*sheets):
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        date = book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"})
        for rows in sheets:
            sheet = book.add_worksheet()
            for line, row in enumerate(rows):
                for at, cell in enumerate(row):
                    if isinstance(cell, datetime):
                        sheet.write_datetime(line, at, cell, date)
                    else:
                        sheet.write(line, at, cell)
    return out.getvalue()


def test_a_workbook_of_a_call_is_read_with_the_same_seconds_and_the_same_questions(room):
    summary = [["1. Resumen"], ["Título de la reunión", "Mañana"]]
    heading = ["Nombre", "Hora de entrada", "Hora de salida", "Duración", "Correo electrónico", "Rol"]
    began, ended = datetime(2026, 3, 14, 8, 55), datetime(2026, 3, 14, 9, 40, 30)  # noqa: DTZ001 - a cell has no zone
    row = ["Ana Pérez Núñez", began, ended, "45 min 30 s", "ana@example.org", "Asistente"]
    address = room.report(workbook(summary, [["3. Actividades en la reunión"], heading, row]))
    assert "Microsoft Teams" in room.trainer.get(address).text
    assert room.mark(room.ana)[:2] == (Mark.LEFT_EARLY, 2430)
    with room.trainer.raw.get(f"{address}/file") as answer:
        assert answer.headers["Content-Disposition"].endswith("reporte.xlsx")
    unknown = room.send(workbook([["quien", "cuanto"], ["Luis Quispe", 110]]))
    fields = {field["name"]: "" for field in room.trainer.get(unknown).select("form select")}
    room.trainer.post(f"{unknown}/columns", {**fields, "name": "0", "duration": "1"})
    room.apply(unknown)
    assert room.mark(room.luis)[:2] == (Mark.PRESENT, 6600)


def test_a_day_that_a_spreadsheet_took_for_a_month_is_found_again():
    zone, near = ZoneInfo("America/Cancun"), datetime(2026, 3, 4, 14, tzinfo=UTC)
    taken = datetime(2026, 4, 3, 9, 0)  # noqa: DTZ001 - 03/04 in the report: the fourth of March
    table = find_tables(workbook([["Name", "Join Time", "Leave Time"], ["Ana", taken, taken]]))[0]
    (stay_,), unused = read_stays(table, near=near, zone=zone)
    assert (stay_.joined_at, unused) == (near, [])


def test_rows_left_out_say_their_line_and_why(room):
    content = HEADING + "Luis Quispe,,03/07/2026 09:00:00 AM,03/07/2026 11:00:00 AM,1,No,No\n"
    page = room.trainer.get(room.send(content.encode() + stay("Ana", "09:00:00", "11:00:00").encode()))
    assert "Línea 2 · Luis Quispe: Es de otro día" in page.text


def test_a_broken_workbook_is_refused_at_its_field_and_a_stranger_sees_nothing(room):
    assert "Es un libro de Excel" in room.send(b"PK\x03\x04rest", status=422).text
    assert "Es un libro de Excel" in room.send(b"\xd0\xcf\x11\xe0rest", status=422).text
    address = room.send(MEET.encode())
    for page in ("", "/people", "/file"):
        room.stranger.get(f"{address}{page}", status=404)
    with room.trainer.raw.get(f"{address}/file") as answer:
        assert answer.data == MEET.encode()
        assert answer.headers["Content-Disposition"].startswith("attachment")


def test_files_are_erased_in_time_and_the_marks_and_counts_stay(room, at, run_jobs):
    held = room.send(MEET.encode())
    applied = room.report(zoom(stay("Ana", "09:00:00", "11:00:00", "ana@example.org")))
    for moment, files in ((timedelta(days=3), 1), (timedelta(days=91), 0)):
        with at(AFTER + moment):
            with room.unit():
                enqueue(EraseCallReports(), now=now())
            run_jobs()
            with room.unit():
                kept = select(func.count()).where(CallReport.file_id.is_not(None))
                assert db.session.scalar(kept) == files
    assert "El archivo ya se borró" in room.trainer.get(applied).text
    assert "El archivo ya se borró" in room.trainer.get(held).text
    assert room.mark(room.ana)[0] is Mark.PRESENT

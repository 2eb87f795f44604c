"""What whoever keeps the register sees and does: meetings, the roll, the screen of the room, the register."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest

from lms.accounts.models import Person
from lms.attendance import codes, queries
from lms.attendance.models import Mark, Meeting
from lms.core.clock import now
from lms.core.db import db
from lms.institutions.programmes.models import Programme
from lms.testing.factories.accounts import make_person
from lms.testing.factories.attendance import make_mark, make_meeting
from lms.testing.factories.learning import make_enrolment
from lms.testing.pytest_plugin import TODAY
from lms.web.formats import duration

FORM = {
    "title": "Mapa de la ruta",
    "day": "2026-11-27",
    "starts": "09:00",
    "ends": "13:00",
    "venue": "Auditorio, edificio B",
    "facilitator": "",
    "opens_minutes_before": "30",
    "late_after_minutes": "15",
    "timezone": "America/Cancun",
    "place": "on-site",
}


def plan(unit, cohort, **values):
    with unit():
        return make_meeting(cohort, **values)


def people(unit, cohort, count):
    with unit():
        found = [make_enrolment(cohort) for _ in range(count)]
        return [(each.id, db.session.get(Person, each.person_id).name) for each in found]


def meetings_of(unit, cohort):
    with unit():
        return [each.meeting for each in queries.list_meetings(cohort.id)]


# ── meetings ──


def test_an_online_meeting_has_no_venue_though_its_cohort_has_one(trainer, unit, cohort, client_for):
    with unit():
        learner = db.session.get_one(Person, make_enrolment(cohort).person_id)
    path = f"/attendance/cohorts/{cohort.id}/meetings/new"
    page = trainer.follow(trainer.post(path, {**FORM, "place": "online", "room": "Sala 3"})).text
    assert "9:00 a 13:00 · En línea" in " ".join(page.split())
    (meeting,) = meetings_of(unit, cohort)
    assert (meeting.venue, meeting.room) == ("", "")
    with unit():
        db.session.get_one(Meeting, meeting.id).venue = "Auditorio"  # as meetings of before have it
    calendar = client_for(learner).raw.get(f"/attendance/meetings/{meeting.id}/calendar.ics").text
    assert "LOCATION:En línea" in calendar
    assert "Auditorio" not in calendar


def test_planning_a_meeting_on_the_clocks_of_the_venue(trainer, unit, cohort):
    page = trainer.post(f"/attendance/cohorts/{cohort.id}/meetings/new", {**FORM, "is_mandatory": "y"})
    text = trainer.follow(page).text
    assert "Mapa de la ruta" in text
    assert "9:00 a 13:00" in text
    (meeting,) = meetings_of(unit, cohort)
    assert meeting.starts_at.isoformat() == "2026-11-27T14:00:00+00:00"
    assert meeting.is_mandatory


def test_a_programme_elsewhere_says_whose_clock_it_is(trainer, unit, cohort):
    with unit():
        db.session.get(Programme, cohort.programme_id).timezone = "America/Lima"
    path = f"/attendance/cohorts/{cohort.id}/meetings/new"
    (zone,) = trainer.get(path).select("#timezone")
    sent = {**FORM, "starts": "22:00", "ends": "01:00", "timezone": zone["value"]}
    trainer.post(path, sent)
    (meeting,) = meetings_of(unit, cohort)
    assert meeting.ends_at.isoformat() == "2026-11-28T06:00:00+00:00"
    assert "22:00 a 1:00 (hora de Lima)" in trainer.get(f"/attendance/cohorts/{cohort.id}").text


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": " "}, "Escriba un título"),
        ({"day": ""}, "Elija el día"),
        ({"starts": ""}, "hora de inicio"),
        ({"ends": "08:00"}, "como mucho 12 horas"),
        ({"late_after_minutes": "900"}, "de 0 a 240"),
        ({"opens_minutes_before": "-5"}, "de 0 a 240"),
        ({"timezone": "Cancún"}, "No es una zona horaria conocida"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(trainer, unit, cohort, change, sentence):
    page = trainer.post(f"/attendance/cohorts/{cohort.id}/meetings/new", {**FORM, **change}, status=422)
    assert sentence in page.errors()
    assert meetings_of(unit, cohort) == []


def test_an_hour_that_the_clocks_skip_is_said_beside_its_field(trainer, unit, cohort):
    skipped = {"day": "2026-03-08", "starts": "02:30", "ends": "04:00", "timezone": "America/Tijuana"}
    sent = {**FORM, **skipped}
    page = trainer.post(f"/attendance/cohorts/{cohort.id}/meetings/new", sent, status=422)
    assert "esa hora no existe" in page.errors()


def test_changing_a_meeting_shows_what_it_is_and_says_who_is_told(trainer, unit, cohort):
    meeting = plan(unit, cohort, starts_at=TODAY + timedelta(days=3))
    people(unit, cohort, 2)
    path = f"/attendance/meetings/{meeting.id}/edit"
    page = trainer.get(path)
    assert page.select("#starts")[0]["value"] == "10:00"
    assert "a las 2 personas inscritas" in page.text
    done = trainer.follow(trainer.post(path, {**FORM, "venue": "Sala 9"}))
    assert "Avisaremos por correo" in done.text
    assert "Sala 9" in done.text
    again = trainer.follow(trainer.post(path, {**FORM, "venue": "Sala 9"}))
    assert "Avisaremos" not in again.text


def test_cancelling_asks_first_and_says_who_is_told(trainer, unit, cohort):
    meeting = plan(unit, cohort, title="Cierre", starts_at=TODAY + timedelta(days=3))
    people(unit, cohort, 3)
    page = trainer.get(f"/attendance/meetings/{meeting.id}/cancel")
    assert page.title == "¿Cancelar «Cierre»?"
    assert "Avisaremos por correo a las 3 personas inscritas" in page.text
    assert meetings_of(unit, cohort)[0].cancelled_at is None
    text = trainer.follow(trainer.post(f"/attendance/meetings/{meeting.id}/cancel")).text
    assert "Cancelada" in text
    assert "Pasar lista" not in text


def test_a_meeting_that_was_held_is_kept(trainer, unit, cohort):
    meeting = plan(unit, cohort)
    with unit():
        make_mark(db.session.get(Meeting, meeting.id), make_enrolment(cohort))
    trainer.post(f"/attendance/meetings/{meeting.id}/cancel", status=409)


def test_pages_without_anything_say_what_to_do(trainer, cohort):
    assert "Programar una sesión" in trainer.get(f"/attendance/cohorts/{cohort.id}").text
    assert "Todavía no hay sesiones" in trainer.get(f"/attendance/cohorts/{cohort.id}/register").text


def test_the_tabs_of_the_cohort_lead_here(trainer, cohort):
    groups = trainer.get(f"/learning/cohorts/{cohort.id}").select(".tabs a")
    (attendance,) = [link["href"] for link in groups if link.get_text(strip=True) == "Asistencia"]
    page = trainer.get(attendance)
    tabs = {link.get_text(strip=True): link["href"] for link in page.select(".subtabs a")}
    assert tabs["Sesiones"] == f"/attendance/cohorts/{cohort.id}"
    assert tabs["Asistencia"] == f"/attendance/cohorts/{cohort.id}/register"


# ── the roll ──


def test_the_roll_of_forty_people_is_one_page_and_one_sending(trainer, unit, cohort, count_queries):
    meeting = plan(unit, cohort)
    found = people(unit, cohort, 40)
    path = f"/attendance/meetings/{meeting.id}/roll-call"
    with count_queries() as statements:
        page = trainer.get(path)
    assert len(statements) <= 6, statements
    assert len(page.select("fieldset")) == 40
    assert all(name in page.text for _id, name in found)
    sent = {f"mark-{key}": "present" for key, _name in found}
    done = trainer.follow(trainer.post(path, sent))
    assert "Se guardaron 40 asistencias" in done.text
    assert "40 de 40 con registro" in done.text
    assert len(done.select("input[value=present][checked]")) == 40


def test_all_present_chooses_for_whoever_has_no_mark_and_saves_nothing(trainer, unit, cohort):
    meeting = plan(unit, cohort)
    (first, _name), (second, _other) = people(unit, cohort, 2)
    path = f"/attendance/meetings/{meeting.id}/roll-call"
    trainer.post(path, {f"mark-{first}": "absent"})
    page = trainer.get(f"{path}?all=present")
    assert page.select(f"input[name=mark-{first}][checked]")[0]["value"] == "absent"
    assert page.select(f"input[name=mark-{second}][checked]")[0]["value"] == "present"
    assert "1 de 2 con registro" in trainer.get(path).text


def test_a_justified_absence_carries_its_note_and_only_it(trainer, unit, cohort):
    meeting = plan(unit, cohort)
    (first, _name), (second, _other) = people(unit, cohort, 2)
    path = f"/attendance/meetings/{meeting.id}/roll-call"
    page = trainer.get(path)
    assert "No escriba aquí datos de casos" in page.text
    sent = {f"mark-{first}": "excused", f"note-{first}": " Comisión ", f"mark-{second}": "late",
            f"note-{second}": "Tráfico"}  # fmt: skip
    page = trainer.follow(trainer.post(path, sent))
    assert page.select(f"#note-{first}")[0]["value"] == "Comisión"
    assert page.select(f"#note-{second}")[0]["value"] == ""


def test_a_mark_that_does_not_exist_is_ignored(trainer, unit, cohort):
    meeting = plan(unit, cohort)
    ((key, _name),) = people(unit, cohort, 1)
    path = f"/attendance/meetings/{meeting.id}/roll-call"
    assert "No había cambios" in trainer.follow(trainer.post(path, {f"mark-{key}": "asleep"})).text


def test_a_check_in_meanwhile_is_kept_and_said(trainer, unit, cohort):
    meeting = plan(unit, cohort)
    ((key, _name),) = people(unit, cohort, 1)
    with unit():
        enrolment = queries.enrolments_of(cohort.id)[key]
        make_mark(db.session.get(Meeting, meeting.id), enrolment, Mark.LATE)
    path = f"/attendance/meetings/{meeting.id}/roll-call"
    page = trainer.follow(trainer.post(path, {f"mark-{key}": "present"}))
    assert "cambió mientras usted pasaba lista" in page.text
    assert page.select("input[checked]")[0]["value"] == "late"


def test_before_the_opening_only_justified_absences_can_be_chosen(trainer, unit, cohort):
    meeting = plan(unit, cohort, starts_at=TODAY + timedelta(days=1))
    ((key, _name),) = people(unit, cohort, 1)
    path = f"/attendance/meetings/{meeting.id}/roll-call"
    page = trainer.get(f"{path}?all=present")
    assert page.select("input[checked]") == []
    assert {tag["value"] for tag in page.select("input[type=radio]:not([disabled])")} == {"excused"}
    trainer.post(path, {f"mark-{key}": "present"}, status=422)
    trainer.post(path, {f"mark-{key}": "excused"})


# ── the screen of the room ──


def refresh_of(page):
    """Return after how many seconds a browser without scripts asks again; None when it does not."""
    found = page.select("noscript meta[http-equiv=refresh]")
    return found[0]["content"] if found else None


def test_the_screen_shows_the_code_of_now_and_asks_again_when_it_changes(trainer, unit, cohort, at):
    meeting = plan(unit, cohort)
    found = people(unit, cohort, 3)
    with unit():
        make_mark(db.session.get(Meeting, meeting.id), queries.enrolments_of(cohort.id)[found[0][0]])
    path = f"/attendance/meetings/{meeting.id}/projection"
    moment = TODAY + timedelta(seconds=12)
    with at(moment):
        page = trainer.get(path)
    code = codes.code_at(meeting.secret, meeting.id, moment)
    assert refresh_of(page) == "18"
    # The page itself stays, or it would leave the full screen: only without scripts is it asked for again.
    assert page.select("main[hx-get$=projection]")[0]["hx-trigger"] == "load delay:18s, every 28s"
    assert page.select(".join-code b")[0].get_text() == code
    assert page.select(".rotation")[0]["data-remaining"] == "60"
    assert "18 s" in page.text
    assert page.select(".big-number")[0].get_text() == "1"
    assert "de 3 personas" in page.text
    assert page.select("svg.qr")
    with at(moment + timedelta(seconds=18)):
        later = trainer.get(path)
    assert later.select(".join-code b")[0].get_text() != code


def test_the_secret_never_reaches_the_browser(trainer, unit, cohort):
    meeting = plan(unit, cohort)
    for page in ("projection", "edit", "roll-call"):
        body = trainer.raw.get(f"/attendance/meetings/{meeting.id}/{page}").get_data(as_text=True)
        assert meeting.secret not in body


def test_the_hall_reads_who_came_last_without_whole_surnames(trainer, unit, cohort):
    meeting = plan(unit, cohort)
    with unit():
        for name, surname in (("Rosa", "Ek"), ("Luis", "Pech"), ("Inés", "Canul"), ("Abril", "Dzul")):
            person = make_person(given_names=name)
            person.first_surname = surname
            make_mark(db.session.get(Meeting, meeting.id), make_enrolment(cohort, person))
    page = trainer.get(f"/attendance/meetings/{meeting.id}/projection")
    assert len(page.select(".projection__latest li")) == 3
    assert not {"Ek", "Pech", "Canul", "Dzul"} & set(page.text.split())


def test_the_count_comes_as_a_fragment_in_few_queries(trainer, unit, cohort, count_queries):
    meeting = plan(unit, cohort)
    people(unit, cohort, 5)
    screen = trainer.get(f"/attendance/meetings/{meeting.id}/projection")
    address = screen.select(".projection__count[hx-get]")[0]["hx-get"]
    with count_queries() as statements:
        page = trainer.get(address, headers={"HX-Request": "true"})
    assert len(statements) <= 5, statements
    assert page.select("html") == []
    assert page.select("svg.serpentine")
    assert page.select("#rotation[hx-swap-oob]")


@pytest.mark.parametrize(
    ("hours", "sentence", "refresh"),
    [(24, "El registro abre a las", "60"), (-6, "El registro cerró a las", None)],
)
def test_a_screen_that_is_early_or_late_shows_no_code(trainer, unit, cohort, hours, sentence, refresh):
    meeting = plan(unit, cohort, starts_at=TODAY + timedelta(hours=hours))
    page = trainer.get(f"/attendance/meetings/{meeting.id}/projection")
    assert sentence in page.title
    assert page.select(".join-code, svg.qr") == []
    assert refresh_of(page) == refresh


# ── the table and its files ──


@pytest.fixture
def filled(unit, cohort):
    """Return the cohort with two people and meetings that were, are and will be."""
    with unit():
        past = [make_meeting(cohort, starts_at=TODAY - timedelta(days=days)) for days in (9, 8)]
        make_meeting(cohort, title="Hoy")
        make_meeting(cohort, title="=Mañana", starts_at=TODAY + timedelta(days=1))
        first, second = make_enrolment(cohort), make_enrolment(cohort)
        for meeting in past:
            make_mark(meeting, first)
        make_mark(past[0], second, Mark.LATE)
        make_mark(past[1], second, Mark.ABSENT)
        return cohort


def screen_of(page):
    """Return the words of the table as people read them."""
    rows = []
    for row in page.select(".matrix tbody tr, .matrix tfoot tr"):
        cells = [cell.get_text(" ", strip=True).replace("— ", "") for cell in row.select("td")]
        rows.append(cells)
    return rows


def test_the_register_shows_every_person_and_meeting(trainer, filled):
    page = trainer.get(f"/attendance/cohorts/{filled.id}/register")
    first, second, totals = screen_of(page)
    assert first == [
        "Presente",
        "Presente",
        "Por venir",
        "Por venir",
        "2 de 4",
        "50\xa0%",
        "8\xa0h",
        "Todavía no",
        "Faltan 2; puede asistir a 2.",
    ]
    assert second == [
        "Llegó tarde",
        "Ausente",
        "Por venir",
        "Por venir",
        "1 de 4",
        "25\xa0%",
        "3\xa0h\xa045\xa0min",
        "Ya no alcanza",
        "Llegaría a 75\xa0%.",
    ]
    assert totals == ["2", "1", "0", "—", "3 de 8", "38\xa0%", "", "", ""]
    shapes = [seat["data-a"] for seat in page.select(".matrix tbody .seat")]
    assert shapes == [
        "present",
        "present",
        "upcoming",
        "upcoming",
        "partial",
        "absent",
        "upcoming",
        "upcoming",
    ]


def test_the_csv_says_what_the_screen_says(trainer, filled):
    page = trainer.get(f"/attendance/cohorts/{filled.id}/register")
    response = trainer.raw.get(f"/attendance/cohorts/{filled.id}/register.csv")
    assert "attachment" in response.headers["Content-Disposition"]
    header, *rows = csv.reader(StringIO(response.get_data().decode("utf-8-sig")))
    assert len(header) == 3 + 4 + 6
    assert "=Mañana" in header[6]
    assert len(rows) == 3
    for shown, row in zip(screen_of(page), rows, strict=True):
        marks, (fraction, percent, hours, standing, lacking) = shown[:4], shown[4:]
        attended, planned = fraction.split(" de ")
        assert [cell or "—" for cell in row[3:7]] == marks
        assert row[7:9] == [attended, planned]
        assert f"{float(row[9]):.0%}" == percent.replace("\xa0", "")
        assert (duration(int(row[10])) if row[10] else "") == hours
        assert row[11:] == [standing, lacking]


def test_the_workbook_opens_and_holds_the_same_people(trainer, filled):
    response = trainer.raw.get(f"/attendance/cohorts/{filled.id}/register.xlsx")
    with ZipFile(BytesIO(response.get_data())) as book:
        strings = book.read("xl/sharedStrings.xml").decode()
    page = trainer.get(f"/attendance/cohorts/{filled.id}/register")
    for name in page.select(".matrix tbody th"):
        assert next(name.stripped_strings) in strings
    assert "Ya no alcanza" in strings


def test_a_past_meeting_without_marks_is_said_to_have_none(trainer, unit, cohort):
    plan(unit, cohort, starts_at=TODAY - timedelta(days=3))
    people(unit, cohort, 1)
    row, _totals = screen_of(trainer.get(f"/attendance/cohorts/{cohort.id}/register"))
    assert row[0] == "Sin registro"


def test_lists_cost_the_same_however_many_there_are(trainer, unit, cohort, count_queries):
    for days in range(6):
        plan(unit, cohort, starts_at=now() - timedelta(days=days))
    people(unit, cohort, 15)
    for path, most in (
        (f"/attendance/cohorts/{cohort.id}", 6),
        (f"/attendance/cohorts/{cohort.id}/register", 9),
    ):
        with count_queries() as statements:
            trainer.get(path)
        assert len(statements) <= most, (path, statements)

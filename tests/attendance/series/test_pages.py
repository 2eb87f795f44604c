"""Series through the pages: seen before they are planned, changed and called off together."""

from io import BytesIO
from zoneinfo import ZoneInfo

import pytest

from lms.attendance.models import Mark
from lms.attendance.queries import list_meetings
from lms.attendance.series.queries import list_holidays
from lms.core.actors import Role, ScopeKind
from lms.core.db import db
from lms.institutions.programmes.models import Programme
from lms.testing.factories.accounts import give_role, make_person
from lms.testing.factories.attendance import make_mark
from lms.testing.factories.learning import make_cohort, make_enrolment

FORM = {
    "title": "Sesión #", "rhythm": "weekly", "day": "2026-11-30", "weekdays": ["0"], "count": "3",
    "skips_holidays": "y", "starts": "09:00", "ends": "11:00", "timezone": "America/Cancun", "place": "on-site",
    "venue": "Edificio B", "room": "Sala 1", "facilitator": "Participante 014", "opens_minutes_before": "30",
    "late_after_minutes": "15", "minimum_share": "80 %",
}  # fmt: skip
CANCUN = ZoneInfo("America/Cancun")


@pytest.fixture
def world(unit, client_for):
    with unit():
        cohort = make_cohort(name="Grupo 2")
        enrolment = make_enrolment(cohort, person=make_person(email="p014@example.org"))
        trainer, administrator = make_person(), make_person()
        give_role(trainer, Role.TRAINER, ScopeKind.COHORT, cohort.id)
        give_role(administrator, Role.ADMINISTRATOR, ScopeKind.PROGRAMME, cohort.programme_id)
    return {
        "cohort": cohort, "enrolment": enrolment, "trainer": client_for(trainer),
        "administrator": client_for(administrator),
        "page": f"/attendance/cohorts/{cohort.id}/series/new",
        "holidays": f"/attendance/programmes/{cohort.programme_id}/holidays",
    }  # fmt: skip


def confirm(client, address, data, button):
    """See the list and confirm it."""
    page = client.post(address, data, status=200)
    seen = page.select("input[name=seen]")[0]["value"]
    return client.post(address, {**data, "seen": seen, button: "y"})


def meetings_of(unit, world):
    with unit():
        return [
            (local.meeting.title, f"{local.meeting.starts_at.astimezone(CANCUN):%m-%d %H:%M}")
            for local in list_meetings(world["cohort"].id, is_planned=True)
        ]


def first_of(unit, world):
    with unit():
        return list_meetings(world["cohort"].id)[0].meeting


def test_a_series_is_seen_then_planned_around_holidays(unit, world):
    world["administrator"].post(world["holidays"], {"day": "2026-12-07", "name": "Día de prueba"})
    page = world["trainer"].post(world["page"], FORM, status=200)
    assert "Día de prueba" in page.text
    assert meetings_of(unit, world) == []
    confirm(world["trainer"], world["page"], FORM, "plan")
    assert meetings_of(unit, world) == [
        ("Sesión 1", "11-30 09:00"), ("Sesión 2", "12-14 09:00"), ("Sesión 3", "12-21 09:00"),
    ]  # fmt: skip
    assert str(first_of(unit, world).minimum_share) == "4/5"


def test_nobody_confirms_days_that_they_have_not_seen(unit, world):
    page = world["trainer"].post(world["page"], {**FORM, "plan": "y", "seen": "202611301400"}, status=200)
    assert "3 sesiones por programar" in page.text
    assert meetings_of(unit, world) == []


def test_the_same_room_or_trainer_at_the_same_time_is_said_and_not_forbidden(unit, world):
    confirm(world["trainer"], world["page"], FORM, "plan")
    page = world["trainer"].post(
        world["page"], {**FORM, "room": "Sala 2", "starts": "10:00", "ends": "12:00"}, status=200
    )
    assert "misma persona que facilita" in page.text
    page = world["trainer"].post(world["page"], {**FORM, "starts": "11:00", "ends": "12:00"}, status=200)
    assert "Coincide" not in page.text


def test_this_and_the_following_move_together_and_people_are_told(unit, world, mailbox, run_jobs):
    confirm(world["trainer"], world["page"], FORM, "plan")
    with unit():
        second = list_meetings(world["cohort"].id)[1].meeting
    run_jobs()
    mailbox.sent.clear()
    change = {
        **FORM,
        "title": "Sesión 2",
        "reach": "following",
        "day": "2026-12-08",
        "starts": "10:00",
        "ends": "12:00",
    }
    confirm(world["trainer"], f"/attendance/meetings/{second.id}/series/change", change, "save")
    assert meetings_of(unit, world) == [
        ("Sesión 1", "11-30 09:00"), ("Sesión 2", "12-08 10:00"), ("Sesión 3", "12-15 10:00"),
    ]  # fmt: skip
    run_jobs()
    assert len([each for each in mailbox.sent if "Cambió una sesión" in each.subject]) == 2


def test_all_are_called_off_but_those_with_marks(unit, world):
    confirm(world["trainer"], world["page"], FORM, "plan")
    first = first_of(unit, world)
    with unit():
        from_here = db.session.merge(first)
        make_mark(from_here, db.session.merge(world["enrolment"]), Mark.EXCUSED)
    confirm(world["trainer"], f"/attendance/meetings/{first.id}/series/cancel", {"reach": "all"}, "save")
    assert meetings_of(unit, world) == [("Sesión 1", "11-30 09:00")]


def test_holidays_come_from_a_file_whole_or_not_at_all(unit, world):
    client, address = world["administrator"], f"{world['holidays']}/file"
    wrong = b"fecha,motivo\n2026-12-25,Navidad\nayer,Nada\n"
    page = client.post(address, {"file": (BytesIO(wrong), "dias.csv")}, status=422)
    assert "Línea 3" in page.text
    client.post(address, {"file": (BytesIO(b"fecha;motivo\n25/12/2026;Navidad\n"), "dias.csv")})
    with unit():
        programme = db.session.get_one(Programme, world["cohort"].programme_id)
        assert [each.name for each in list_holidays(programme.id)] == ["Navidad"]


def test_a_first_day_without_a_way_to_end_is_refused(world):
    page = world["trainer"].post(world["page"], {**FORM, "count": "", "weekdays": []}, status=422)
    assert "Escriba cuántas sesiones son o hasta qué día." in page.text
    assert "Elija al menos un día de la semana." in page.text

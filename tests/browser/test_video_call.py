"""A video call: the reports of Zoom, Teams and Meet, each of one morning, give the marks and the share they should."""

from datetime import timedelta
from fractions import Fraction
from types import SimpleNamespace

import pytest

from lms.attendance.models import Mark
from lms.attendance.queries import attendances_at
from lms.attendance.register import shares_of
from lms.core.actors import Role, ScopeKind
from lms.core.clock import now
from lms.learning.queries import get_enrolment
from lms.testing.factories.accounts import PASSWORD, give_role, make_person
from lms.testing.factories.attendance import make_meeting
from lms.testing.factories.learning import make_cohort, make_enrolment
from lms.testing.pytest_plugin import TODAY

ZONE_HOURS = 5
"""Cancún is five hours behind UTC all the year."""
NAMES = (("Ana", "Pérez", "Núñez"), ("Luis", "Quispe", ""), ("Rosa", "Chuquimia", "Mamani"))


def local(moment, minutes):
    return moment - timedelta(hours=ZONE_HOURS) + timedelta(minutes=minutes)


def zoom(starts):
    """Return Zoom's report: Ana twice, Luis with the name of his phone, and Rosa for half an hour."""

    def row(name, email, since, until):
        joined, left = (f"{local(starts, each):%m/%d/%Y %I:%M:%S %p}" for each in (since, until))
        return f"{name},{email},{joined},{left},{until - since},Yes,No\n"

    return (
        "Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants\n"
        "987 6543 2100,Módulo 1,,,sala@example.org,135,3\n\n"
        "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,In Waiting Room\n"
        + row("Ana Pérez Núñez", "ana@example.org", -5, 50)
        + row("Ana Pérez Núñez", "ana@example.org", 55, 121)
        + row("Huawei P30", "", 0, 120)
        + row("Rosa Chuquimia Mamani", "", 0, 30)
    ).encode()


def teams(starts):
    """Return Teams' report in Spanish, in UTF-16 with tabs: Ana and Luis to the end, Rosa not at all."""

    def row(name, email, since, until):
        joined, left = (f"{local(starts, each):%d/%m/%y, %H:%M:%S}" for each in (since, until))
        return f"{name}\t{joined}\t{left}\t{until - since} min\t{email}\tAsistente\n"

    return (
        "1. Resumen\nTítulo de la reunión\tMódulo 2\n\n3. Actividades en la reunión\n"
        "Nombre\tHora de entrada\tHora de salida\tDuración\tCorreo electrónico\tRol\n"
        + row("Ana Pérez Núñez", "ana@example.org", -2, 120)
        + row("Luis Quispe", "luis@example.org", 1, 120)
    ).encode("utf-16")


def meet(starts):
    """Return Meet's report: Luis and Rosa."""

    def row(first, last, since, until):
        joined, left = (f"{local(starts, each):%I:%M %p}" for each in (since, until))
        return f"{first},{last},,{until - since} min,{joined},{left}\n"

    return (
        "First name,Last name,Email,Duration,Time joined,Time exited\n"
        + row("Luis", "Quispe", 0, 120)
        + row("Rosa", "Chuquimia Mamani", 0, 118)
    ).encode()


@pytest.fixture
def call(unit):
    """Return three calls of two hours that are over, a fourth to come, the people and who keeps the register."""
    with unit():
        cohort, people = make_cohort(), []
        for names in NAMES:
            person = make_person(email=f"{names[0].lower()}@example.org")
            person.given_names, person.first_surname, person.second_surname = names
            people.append(make_enrolment(cohort, person).id)
        starts = [TODAY - timedelta(days=days) for days in (3, 2, 1)]
        meetings = [
            make_meeting(cohort, title=f"Módulo {at}", starts_at=each, hours=2).id
            for at, each in enumerate(starts, start=1)
        ]
        make_meeting(cohort, title="Módulo 4", starts_at=TODAY + timedelta(days=1))
        trainer = make_person(password=PASSWORD)
        give_role(trainer, Role.TRAINER, ScopeKind.COHORT, cohort.id)
        return SimpleNamespace(people=people, starts=starts, meetings=meetings, trainer=trainer)


def test_three_reports_give_each_person_the_share_that_they_were_there(visit, unit, call):
    desk = visit(width=390)
    for at, (meeting, write) in enumerate(zip(call.meetings, (zoom, teams, meet), strict=True)):
        desk.open(f"/attendance/meetings/{meeting}/call-reports", name="send" if at else "sign-in")
        if not at:
            desk.fill(email=call.trainer.email, password=PASSWORD)
            desk.press("Entrar", name="send")
        file = {"name": "reporte.csv", "mimeType": "text/csv", "buffer": write(call.starts[at])}
        desk.page.set_input_files("main input[type=file]", file)
        desk.press("Subir y revisar", name=f"report-{at}")
        assert desk.says(("Zoom", "Microsoft Teams", "Google Meet")[at])
        if not at:
            assert desk.says("Falta saber quién es una persona")
            desk.press("Decir quiénes son", name="people")
            desk.press("Buscar a otra persona o inscribirla", name="who")
            desk.fill(q="quispe")
            desk.press("Buscar", name="found")
            desk.press("Luis Quispe", name="settled")
            assert desk.says("por decisión de quien lleva la lista")
        desk.press("Registrar estas asistencias", name="applied")
        assert desk.says("Aplicado el")
    desk.check()
    ana, luis, rosa = call.people
    with unit():
        marks = [{key: mark.mark for key, mark in attendances_at(each).items()} for each in call.meetings]
        seconds = attendances_at(call.meetings[0])[ana].seconds
        shares = shares_of(call.people, now())
        assert get_enrolment(ana).cohort_id == get_enrolment(rosa).cohort_id
    assert marks == [
        {ana: Mark.PRESENT, luis: Mark.PRESENT, rosa: Mark.LEFT_EARLY},
        {ana: Mark.PRESENT, luis: Mark.PRESENT},
        {luis: Mark.PRESENT, rosa: Mark.PRESENT},
    ]
    assert seconds == 115 * 60
    assert [(shares[each].attended, shares[each].planned) for each in call.people] == [
        (2, 4),
        (3, 4),
        (Fraction(3, 2), 4),
    ]

"""Story S2: a commission of thirteen members trains its people, from its first seat to the minutes of its session.

Point by point, all of it on pages: 1 the members, the group and the guest · 2 focal points, each limited to its own
people · 3 the call, its deadline and an exception · 4 two days in Chetumal and three weeks online · 5 a list without
a line and a code scanned twice · 6 the first test at 360 px on a slow line · 7 the case of tourism and that of child
protection · 8 the exam, its second attempt and what to read again · 9 70 % of attendance, why there is no constancia,
and a justified absence · 10 the constancia, for its holder and for a stranger · 11 the table of coverage · 12 the
minutes with it · 13 the group as its towns.

By factory: the first administrator, the course as ``lms course release`` leaves it, and the five people of each of
eleven members who finished in an earlier cohort. Three of the thirteen focal points have an errand in the story.
"""

import re
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from lms.core.actors import SYSTEM, Role
from lms.core.clock import now
from lms.core.db import db
from lms.core.mail import MemoryMailer
from lms.courses import service as courses
from lms.institutions.directory.models import Institution
from lms.institutions.programmes.models import Programme
from lms.testing.factories.accounts import PASSWORD, give_role, make_person
from lms.testing.factories.certificates import make_completion
from lms.testing.factories.files import PDF
from lms.testing.factories.learning import make_cohort, make_enrolment
from tests.browser.commission_members import (
    BODIES,
    DIF,
    GAPS,
    GUEST,
    LABOUR,
    PROGRAMME,
    TOURISM,
    attach_and_approve,
    convene,
    hold,
    name_focal_points,
    open_programme,
    read_minutes,
    register_members,
    seat_members,
    see_coverage,
    see_own_people_only,
    see_the_group,
)
from tests.browser.commission_pages import (
    COURSE,
    COURSE_TITLE,
    DESK,
    RIGHT,
    WRONG,
    accept_invitation,
    answer,
    ask_whether_true,
    enter,
    fill,
    follow,
    measure,
    path_of,
    play_case,
    printed,
    read_common,
    take_away,
    upload,
)

SECRETARY = "secretaria.tecnica@example.org"
COHORT = {
    "name": "Ruta de detección, Chetumal", "venue": "Chetumal", "starts_on": "2026-11-20", "ends_on": "2026-12-18",
}  # fmt: skip
CALL = {
    "opens_day": "2026-11-20", "opens_hour": "08:00", "closes_day": "2026-11-21", "closes_hour": "18:00",
    "substitutes_day": "2026-11-22", "substitutes_hour": "18:00",
}  # fmt: skip
HALL = {
    "title": "Día #", "day": "2026-11-23", "count": "2", "starts": "09:00", "ends": "15:00",
    "venue": "Auditorio de Chetumal",
}  # fmt: skip
ONLINE = {
    "title": "Semana # en línea", "day": "2026-11-30", "count": "3", "starts": "17:00", "ends": "19:00", "venue": "",
}  # fmt: skip
AFTER_THE_DEADLINE = datetime(2026, 11, 22, 15, tzinfo=UTC)
FIRST_DAY, SECOND_DAY = datetime(2026, 11, 23, 14, 5, tzinfo=UTC), datetime(2026, 11, 24, 14, 5, tzinfo=UTC)
AFTER_THE_COURSE = datetime(2026, 12, 15, 15, tzinfo=UTC)
SESSION_DAY, NEXT_DAY = datetime(2026, 12, 17, 18, tzinfo=UTC), datetime(2026, 12, 18, 15, tzinfo=UTC)
ON_TIME, LATE, PROTECTOR = "Ángeles Tun", "Beatriz Poot", "Carmen Canul"
PHONE = 390
SLOW_LINE = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 90_000}
"""Fast 3G, in milliseconds and bytes a second."""


@pytest.fixture
def desk(unit, live_server, visit):
    """Return the technical secretary at a desk of an empty product, signed in; one course is there to be taught."""
    with unit():
        courses.release(COURSE, actor=SYSTEM, now=now())
        give_role(make_person(email=SECRETARY, password=PASSWORD), Role.ADMINISTRATOR)
    visitor = visit(width=1440)
    enter(visitor, SECRETARY, stay=True)
    return visitor


@pytest.fixture
def travel(at):
    """Return ``travel(moment)``: from then on that is the time, until the story ends."""
    with ExitStack() as days:
        yield lambda moment: days.enter_context(at(moment))


def address_of(name):
    """Return where somebody of the story gets letters."""
    return f"{name.split()[0].lower().replace('á', 'a')}@example.org"


def open_cohort(desk):
    """Open the cohort with its two days in the hall and three weeks online; return its address."""
    desk.open("/learning/cohorts/new", DESK)
    fill(desk, COHORT, programme=PROGRAMME["name"], release=COURSE_TITLE)
    desk.press("Crear cohorte", "cohort")
    cohort = path_of(desk)
    for meetings, rhythm, place in ((HALL, "daily", "Presencial"), (ONLINE, "weekly", "En línea")):
        desk.open(f"{meetings_of(cohort)}/series/new", DESK)
        desk.page.check(f"main [name=rhythm][value={rhythm}]")
        if rhythm == "weekly":
            desk.page.check("main [name=weekdays][value='0']")
        fill(desk, meetings, place=place)
        desk.press("Ver las fechas", DESK)
        desk.press("Programar", "meetings")
    assert desk.page.locator("main .meeting-row").count() == 5
    return cohort


def meetings_of(cohort):
    """Return where the meetings of a cohort are."""
    return cohort.replace("/learning/", "/attendance/")


def open_call(desk, cohort):
    """Open the call: two places for each member, which the guest does not get, until tomorrow."""
    desk.open(f"{cohort}/nominations", DESK)
    desk.press("Abrir convocatoria", DESK)
    desk.fill(**CALL)
    desk.press("Guardar", "call of a cohort")
    desk.open(f"{cohort}/quotas", DESK)
    desk.fill(each="2")
    desk.press("Repartir", "places given")
    assert desk.says("13 instituciones con lugares")


def nominate(enlace, name, **reason):
    """Nominate somebody who is not in the directory yet, with a reason once the call closed."""
    enlace.open("/nominations/", "calls")
    enlace.press(COURSE_TITLE, "call")
    if reason:
        assert enlace.says("Ya no recibe propuestas")
    enlace.press("Pedir una excepción" if reason else "Proponer personas", "people to nominate")
    enlace.press("Proponer a alguien que no está", "new nominee")
    given, surname = name.split()
    enlace.fill(given_names=given, first_surname=surname, email=address_of(name), **reason)
    enlace.press("Pedir la excepción" if reason else "Proponer", "nominated")
    assert enlace.says(name)


def admit(desk, cohort):
    """Accept who came in time, and admit who came late, with the reason read and another given."""
    desk.open(f"{cohort}/nominations", DESK)
    desk.press(LATE, DESK)
    assert desk.says("La convocatoria llegó a otra área.")
    fill(desk, {"reason": "Turismo cubre la zona de hoteles."}, verdict="Admitir por excepción (con motivo)")
    desk.press("Guardar decisión", DESK)
    assert desk.says("Se admitió por excepción")
    desk.open(f"{cohort}/nominations", DESK)
    for box in desk.page.locator("main [name=nomination]").all():
        box.check()
    desk.press("Aceptar las marcadas", DESK)
    desk.open(cohort, "cohort")
    assert all(desk.says(name) for name in (ON_TIME, LATE, PROTECTOR))


def take_list_along(secretary):
    """Open the list of the day on a phone that has a line, until the phone keeps it."""
    secretary.open("/attendance/offline/", "list without a line")
    secretary.page.get_by_role("button", name="Guardar en este teléfono : Día 1").click()
    expect(row_of(secretary, LATE)).to_be_visible(timeout=15_000)
    secretary.page.wait_for_function("navigator.serviceWorker.controller")


def row_of(secretary, name):
    """Return the line of somebody in the list."""
    return secretary.page.locator(".roll > li").filter(has_text=name)


def call_roll_without_a_line(secretary):
    """Mark all three without a line, and send the marks twice when there is one again."""
    page = secretary.page
    page.context.set_offline(True)
    page.reload()
    for name in (ON_TIME, LATE, PROTECTOR):
        row_of(secretary, name).get_by_text("Presente", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("esperan en este teléfono: 3.", timeout=15_000)
    page.context.set_offline(False)
    for _time in range(2):
        page.get_by_role("button", name="Enviar ahora").click()
        expect(page.get_by_role("status")).to_have_text("Todo está enviado.", timeout=15_000)
    secretary.faults = [each for each in secretary.faults if "ERR_INTERNET_DISCONNECTED" not in each]


def scan_twice(learner, desk, cohort):
    """Scan the code that the hall shows, twice: there is one entry."""
    desk.open(meetings_of(cohort), "meetings")
    desk.press("Proyectar el código : Día 1", "projection")
    code = desk.page.locator(".join-code b").inner_text()
    learner.open(f"/a/{code}", "confirm")
    learner.press("Registrar mi entrada", "entered")
    for _time in range(2):
        assert learner.title == "Entrada registrada"
        learner.open(f"/a/{code}", "entered")
    expect(desk.page.locator(".projection__count .big-number")).to_have_text("1", timeout=15_000)


def begin_on_a_slow_line(learner):
    """Take the first test at 360 px on the line of a village."""
    line = learner.page.context.new_cdp_session(learner.page)
    line.send("Network.emulateNetworkConditions", SLOW_LINE)
    learner.open("/learning/", "home")
    follow(learner, "first test")
    measure(learner, "before")
    line.send("Network.emulateNetworkConditions", {**SLOW_LINE, "latency": 0, "downloadThroughput": -1})
    follow(learner, "lesson")
    read_common(learner)
    assert learner.says("La recepción mira el registro y avisa a su gerencia.")
    learner.press("Terminar", "case")


def play_as_protector(learner):
    """Open the case from the page of the course as somebody of child protection."""
    learner.open("/learning/", "home")
    learner.press("Ver el curso completo", "course")
    learner.press("Una llegada de noche", "case")
    play_case(learner, "La adolescente dice que el acompañante es su tío.")
    learner.check()


def pass_the_exam(learner):
    """Fail the exam, read again what the page advises, and pass with the second attempt, the last."""
    follow(learner, "lesson")
    learner.press("Terminar", "last test")
    measure(learner, "after")
    follow(learner, "exam")
    answer(learner, WRONG, questions=2, end="failed")
    assert learner.title == "Todavía no"
    exam = path_of(learner)
    learner.press("Releer: Repaso de la ruta", "read again")
    assert learner.title == "Repaso de la ruta"
    learner.open(exam, "failed")
    learner.press("Intentar de nuevo", "exam again")
    assert learner.says("Usó 1 de 2")
    learner.press("Intentar de nuevo", "question")
    for _number in range(2):
        learner.choose(RIGHT)
        learner.press("Guardar y", "question")
    learner.press("Enviar", "passed")
    assert learner.title == "Módulo aprobado"


def call_roll(desk, cohort, title, marks):
    """Call the roll of a meeting on its page."""
    desk.open(meetings_of(cohort), "meetings")
    desk.press(f"Pasar lista : {title}", DESK)
    for name, mark in marks.items():
        line = desk.page.locator(".roll > li").filter(has_text=name)
        line.locator(".roll__mark").get_by_text(mark, exact=True).click()
    desk.press("Guardar la lista", DESK)


def call_the_rest(desk, cohort):
    """Of five meetings, two and a half more for who came in time: 70 % with the first day; all for who came late."""
    for title, mark in (("Semana 1 en línea", "Presente"), ("Semana 2 en línea", "Presente")):
        call_roll(desk, cohort, title, {ON_TIME: mark, LATE: "Presente", PROTECTOR: "Presente"})
    call_roll(
        desk, cohort, "Semana 3 en línea", {ON_TIME: "Ausente", LATE: "Presente", PROTECTOR: "Presente"}
    )


def ask_why_not(learner):
    """Ask why there is no constancia yet: the page says what was attended and what is missing."""
    learner.open("/certificates/", "documents")
    learner.press("¿Por qué todavía no?", "why not yet")
    assert learner.says("Hay un requisito que ya no se alcanza")
    assert learner.says("Asistió a 70 % de las sesiones")


def excuse(learner, desk):
    """Justify the missed meeting with a paper; the secretary accepts it."""
    learner.open("/attendance/", "own meetings")
    learner.press("Justificar una falta : Semana 3 en línea", "excuse")
    learner.page.locator("main [name=grounds]").first.check()
    learner.fill(text="Comisión de trabajo.")
    upload(learner, "paper", PDF, "oficio.pdf")
    learner.press("Enviar", "excuse sent")
    desk.open("/attendance/excuses/", DESK)
    desk.press("Ángeles Tun", DESK)
    desk.press("Aceptar la justificación", DESK)


def issue(desk, cohort, run_jobs):
    """Issue the constancias of whoever reached the share."""
    desk.open(f"{cohort.replace('/learning/', '/certificates/')}/issue?kind=constancia", DESK)
    desk.press("Emitir las elegidas", DESK)
    run_jobs()


def verify(learner, stranger):
    """Read the constancia on paper, and as a stranger by its code."""
    learner.open("/certificates/", "documents")
    learner.page.locator("main a[href^='/certificates/']", has_text=COURSE_TITLE).first.click()
    learner.review("constancia")
    paper = printed(take_away(learner, "link", "Descargar PDF"))
    hours = re.search(r"\d+ h \d+ min acreditadas", paper)[0]
    assert learner.says(hours)
    for said in ("QROO-2026-000001", ON_TIME, "Secretaría de Gobierno", "Jefatura de misión, OIM", GUEST):
        assert said in paper
    ask_whether_true(stranger, paper)
    assert stranger.title == "Constancia auténtica"
    assert stranger.says("Vigente")
    assert not any(stranger.says(each) for each in ("Calificación", address_of(ON_TIME), "acreditó"))


def train_others(unit, names):
    """Write that five people of each of eleven members finished in an earlier cohort, as their own hands would."""
    with unit():
        cohort = make_cohort(programme=db.session.scalars(select(Programme)).one(), name="Primer grupo")
        for body in db.session.scalars(select(Institution).where(Institution.name.in_(names))):
            for _person in range(5):
                make_completion(make_enrolment(cohort, institution=body))


@dataclass(kw_only=True)
class Story:
    """Who takes part, and where what they made is."""

    visit: Callable
    desk: object
    travel: Callable
    run_jobs: Callable
    mailbox: MemoryMailer
    people: dict[str, object] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)
    reviewed: set[str] = field(default_factory=set)
    """Pages that one of the phones of the usual width has shown: on another they look the same."""
    programme: str = ""
    cohort: str = ""

    def invite(self, name, address, *, width=PHONE):
        """Let somebody follow their letter on a phone of their own."""
        phone = self.people[name] = self.visit(width=width)
        if width == PHONE:
            phone.reviewed = self.reviewed
        accept_invitation(phone, self.mailbox, address)
        return phone


@pytest.fixture
def story(visit, desk, travel, run_jobs, mailbox):
    """Return the story before its first page."""
    return Story(visit=visit, desk=desk, travel=travel, run_jobs=run_jobs, mailbox=mailbox)


def found_the_commission(story):
    """Points 1 and 2: members, seats, and focal points who see their own people."""
    desk = story.desk
    register_members(desk)
    story.programme = open_programme(desk)
    seat_members(desk, story.programme)
    story.addresses = name_focal_points(desk)
    story.run_jobs()
    for name in (TOURISM, DIF, LABOUR):
        story.invite(name, story.addresses[name])
    see_own_people_only(story.people[TOURISM], desk)


def call_for_people(story):
    """Points 3 and 4: the cohort with its meetings, the call, and one nomination after its end."""
    desk, enlace = story.desk, story.people[TOURISM]
    story.cohort = open_cohort(desk)
    open_call(desk, story.cohort)
    nominate(enlace, ON_TIME)
    nominate(story.people[DIF], PROTECTOR)
    story.travel(AFTER_THE_DEADLINE)
    enter(enlace, story.addresses[TOURISM])
    nominate(enlace, LATE, late_reason="La convocatoria llegó a otra área.")
    admit(desk, story.cohort)
    story.run_jobs()


def hold_two_days(story):
    """Points 5 to 7: the list and the code of the first day, the first test and the case; the roll of the second."""
    desk, cohort = story.desk, story.cohort
    story.travel(FIRST_DAY)
    secretary = story.people[SECRETARY] = story.visit(width=390)
    enter(secretary, SECRETARY)
    learner = story.invite(ON_TIME, address_of(ON_TIME), width=360)
    helper = story.invite(PROTECTOR, address_of(PROTECTOR))
    take_list_along(secretary)
    scan_twice(learner, desk, cohort)
    call_roll_without_a_line(secretary)
    begin_on_a_slow_line(learner)
    play_case(learner, "El registro lo firma el acompañante.")
    play_as_protector(helper)
    story.travel(SECOND_DAY)
    call_roll(desk, cohort, "Día 2", {ON_TIME: "Se retiró", LATE: "Presente", PROTECTOR: "Presente"})


def finish_the_course(story):
    """Points 8 to 10: the exam, what is missing for the constancia, the justified absence, and the constancia."""
    desk, learner = story.desk, story.people[ON_TIME]
    story.travel(AFTER_THE_COURSE)
    enter(learner, address_of(ON_TIME))
    call_the_rest(desk, story.cohort)
    pass_the_exam(learner)
    ask_why_not(learner)
    excuse(learner, desk)
    issue(desk, story.cohort, story.run_jobs)
    stranger = story.people["stranger"] = story.visit(width=390)
    verify(learner, stranger)


def report_to_the_commission(story):
    """Points 11 to 13: coverage, the session that keeps it, and the group as its towns."""
    desk, enlace = story.desk, story.people[LABOUR]
    see_coverage(desk, (ON_TIME, LATE, PROTECTOR))
    convene(desk)
    hold(desk)
    attach_and_approve(desk)
    story.run_jobs()
    enter(enlace, story.addresses[LABOUR])
    read_minutes(enlace)
    story.travel(NEXT_DAY)
    see_the_group(desk, story.programme)


def test_a_commission_from_its_seats_to_its_minutes(story, unit):
    found_the_commission(story)
    call_for_people(story)
    hold_two_days(story)
    finish_the_course(story)
    story.travel(SESSION_DAY)
    train_others(unit, set(BODIES) - GAPS)
    report_to_the_commission(story)
    for visitor in (story.desk, *story.people.values()):
        visitor.check()

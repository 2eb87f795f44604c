"""The meetings of every cohort, for staff: how they are grouped, narrowed, counted, and who sees which."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from lms.attendance.agenda import Calendar, months_of
from lms.attendance.models import Mark, Meeting
from lms.attendance.service import cancel_meeting
from lms.core.actors import SYSTEM, Role, ScopeKind
from lms.core.clock import now
from lms.core.db import db
from lms.institutions.programmes.models import Programme
from lms.testing.factories.accounts import give_role, make_administrator, make_person
from lms.testing.factories.attendance import make_mark, make_meeting
from lms.testing.factories.institutions import make_focal_point, make_institution
from lms.testing.factories.learning import make_cohort, make_enrolment
from lms.testing.pytest_plugin import TODAY

PATH = "/attendance/meetings/"
DAY = timedelta(days=1)


@pytest.fixture
def trainer(unit, client_for, cohort):
    """Return the browser of the cohort's trainer."""
    return client_for(holder(unit, Role.TRAINER, ScopeKind.COHORT, cohort.id))


def holder(unit, role, kind, scope_id):
    with unit():
        person = make_person()
        give_role(person, role, kind, scope_id)
        return person


def plan(unit, cohort, title, starts_at, **values):
    with unit():
        return make_meeting(cohort, title=title, starts_at=starts_at, **values)


def groups(page):
    """Return the titles of the meetings under each heading."""
    return {
        section.h2.get_text(strip=True): [title.get_text(strip=True) for title in section.select("h3")]
        for section in page.select("main section")
    }


def links(page):
    """Return what each link of the meetings says, without the words for screen readers."""
    for hidden in page.select("main section .visually-hidden"):
        hidden.extract()
    return [link.get_text(strip=True) for link in page.select("main section p.row .button:not(details *)")]


# ── groups ──


def test_meetings_stand_under_today_to_come_and_earlier(trainer, unit, cohort):
    plan(unit, cohort, "Mañana", TODAY + DAY)
    plan(unit, cohort, "Después", TODAY + 90 * DAY)
    plan(unit, cohort, "Ahora", TODAY)
    plan(unit, cohort, "Temprano", TODAY - timedelta(hours=4), hours=1)
    plan(unit, cohort, "Ayer", TODAY - DAY)
    plan(unit, cohort, "Hace un mes", TODAY - 30 * DAY)
    plan(unit, cohort, "Hace mucho", TODAY - 31 * DAY)
    page = trainer.get(PATH)
    assert groups(page) == {
        "Hoy": ["Temprano", "Ahora"],
        "Próximas": ["Mañana", "Después"],
        "Anteriores": ["Ayer", "Hace un mes"],
    }
    assert "De los últimos 30 días" in page.text


def test_the_day_is_that_of_the_programme(client_for, unit):
    with unit():
        west, east = make_cohort(name="Oeste"), make_cohort(name="Este")
        db.session.get(Programme, west.programme_id).timezone = "America/Tijuana"
        make_meeting(west, title="Noche", starts_at=datetime(2026, 11, 21, 6, 0, tzinfo=UTC))
        make_meeting(east, title="Madrugada", starts_at=datetime(2026, 11, 21, 5, 30, tzinfo=UTC))
        administrator = make_administrator()
    page = client_for(administrator).get(PATH)
    assert groups(page) == {"Hoy": ["Noche"], "Próximas": ["Madrugada"]}
    assert "22:00 a 2:00 (hora de Tijuana)" in page.text


def test_a_meeting_that_is_still_on_after_midnight_is_one_of_today(client_for, unit, cohort, at):
    plan(unit, cohort, "Guardia", datetime(2026, 11, 21, 3, 0, tzinfo=UTC))
    person = holder(unit, Role.TRAINER, ScopeKind.COHORT, cohort.id)
    with at(datetime(2026, 11, 21, 6, 0, tzinfo=UTC)):
        assert groups(client_for(person).get(PATH)) == {"Hoy": ["Guardia"]}
    with at(datetime(2026, 11, 21, 8, 0, tzinfo=UTC)):
        assert groups(client_for(person).get(PATH)) == {"Anteriores": ["Guardia"]}


def test_a_day_without_meetings_is_said(trainer, unit, cohort):
    plan(unit, cohort, "Mañana", TODAY + DAY)
    assert "Hoy no hay sesiones." in trainer.get(PATH).text


def test_each_meeting_says_its_cohort_programme_time_and_place(trainer, unit, cohort):
    plan(unit, cohort, "Mapa de la ruta", TODAY, venue="Auditorio", is_mandatory=True)
    with unit():
        programme = db.session.get(Programme, cohort.programme_id).name
    text = trainer.get(PATH).text
    for words in ("Mapa de la ruta", "Grupo 2", programme, "10:00 a 14:00", "Auditorio", "Obligatoria"):
        assert words in text


def test_a_cancelled_meeting_says_so_and_offers_only_the_register(trainer, unit, cohort):
    meeting = plan(unit, cohort, "Cierre", TODAY + DAY)
    with unit():
        cancel_meeting(db.session.get(Meeting, meeting.id), actor=SYSTEM, now=now())
    page = trainer.get(PATH)
    assert "Cancelada" in page.text
    assert links(page) == ["Asistencia"]


def test_nothing_planned_says_where_to_plan(trainer):
    page = trainer.get(PATH)
    assert "Todavía no hay sesiones" in page.text
    assert page.select("main a[href='/learning/cohorts/']")
    assert page.select("main form") == []


# ── filters and pages ──


def test_the_list_is_narrowed_to_a_cohort(client_for, unit, cohort):
    with unit():
        other = make_cohort(name="Grupo 3")
        administrator = make_administrator()
    plan(unit, cohort, "Nuestra", TODAY)
    plan(unit, other, "Suya", TODAY + timedelta(hours=1))
    client = client_for(administrator)
    assert groups(client.get(PATH)) == {"Hoy": ["Nuestra", "Suya"]}
    assert groups(client.get(f"{PATH}?cohort={other.id}")) == {"Hoy": ["Suya"]}


def test_a_month_shows_all_of_it_and_nothing_else(trainer, unit, cohort):
    plan(unit, cohort, "Agosto", datetime(2026, 9, 1, 4, 30, tzinfo=UTC))
    plan(unit, cohort, "Primera", datetime(2026, 9, 1, 5, 0, tzinfo=UTC))
    plan(unit, cohort, "Última", datetime(2026, 10, 1, 4, 59, tzinfo=UTC))
    plan(unit, cohort, "Octubre", datetime(2026, 10, 1, 5, 0, tzinfo=UTC))
    page = trainer.get(f"{PATH}?month=2026-09")
    assert groups(page) == {"Anteriores": ["Última", "Primera"]}
    assert "últimos 30 días" not in page.text
    months = [option.get_text(strip=True) for option in page.select("#month option")]
    assert months == ["Recientes y próximas", "Octubre de 2026", "Septiembre de 2026", "Agosto de 2026"]


@pytest.mark.parametrize(
    "query", ["month=2026-13", "month=x", "cohort=x", "month=1999-01", "page=0&earlier=x"]
)
def test_what_is_not_offered_is_left_out(trainer, unit, cohort, query):
    plan(unit, cohort, "Hoy mismo", TODAY)
    assert groups(trainer.get(f"{PATH}?{query}")) == {"Hoy": ["Hoy mismo"]}


def test_when_nothing_is_near_another_month_is_offered(trainer, unit, cohort):
    plan(unit, cohort, "Hace mucho", TODAY - 200 * DAY)
    assert "Ninguna sesión en estas fechas" in trainer.get(PATH).text


def test_what_comes_and_what_was_have_pages_of_their_own(trainer, unit, cohort):
    with unit():
        for number in range(30):
            make_meeting(cohort, title=f"Futura {number:02}", starts_at=TODAY + (number + 1) * DAY)
        for number in range(27):
            make_meeting(cohort, title=f"Pasada {number:02}", starts_at=TODAY - (number + 1) * DAY)
    first = groups(trainer.get(PATH))
    assert len(first["Próximas"]) == len(first["Anteriores"]) == 25
    page = trainer.get(f"{PATH}?earlier=2")
    assert groups(page)["Anteriores"] == ["Pasada 25", "Pasada 26"]
    assert groups(page)["Próximas"] == first["Próximas"]
    assert len({nav["aria-label"] for nav in page.select("nav.pagination")}) == 2
    ahead = page.select("nav.pagination a[rel=next]")[0]["href"]
    both = groups(trainer.get(ahead))
    assert both["Próximas"] == [f"Futura {number}" for number in range(25, 30)]
    assert both["Anteriores"] == ["Pasada 25", "Pasada 26"]


def test_the_list_costs_the_same_however_long_it_is(client_for, unit, cohort, count_queries):
    with unit():
        for days in range(-4, 5):
            for where in (cohort, make_cohort()):
                make_meeting(where, starts_at=TODAY - days * DAY)
                make_enrolment(where)
        administrator = make_administrator()
    client = client_for(administrator)
    with count_queries() as statements:
        page = client.get(PATH)
    assert len(page.select("main li.meeting-row")) == 18
    assert len(statements) <= 10, statements


# ── who sees what ──


@pytest.fixture
def world(unit):
    """Return a cohort with two institutions in it, and people by what they are to it."""
    with unit():
        cohort, neighbour = make_cohort(name="Grupo nuestro"), make_cohort(name="Grupo ajeno")
        meeting = make_meeting(cohort, title="Sesión nuestra")
        make_meeting(neighbour, title="Sesión ajena", starts_at=TODAY)
        inside, outside = make_institution("Salud"), make_institution("Turismo")
        for institution, mark in ((inside, Mark.LATE), (outside, Mark.PRESENT), (outside, Mark.ABSENT)):
            make_mark(meeting, make_enrolment(cohort, institution=institution), mark)
        make_enrolment(cohort, institution=inside)
        return SimpleNamespace(
            cohort=cohort,
            neighbour=neighbour,
            inside=inside,
            focal_point=make_focal_point(inside),
            other_focal_point=make_focal_point(make_institution("Otra")),
            administrator=make_administrator(),
            stranger=make_person(),
        )


KEEPER = ["Proyectar el código", "Pasar lista", "Asistencia"]


@pytest.mark.parametrize(
    ("role", "place", "offered"),
    [
        (Role.TRAINER, "cohort", KEEPER),
        (Role.TRAINER, "programme", KEEPER),
        (Role.ADMINISTRATOR, "programme", KEEPER),
        (Role.REVIEWER, "programme", ["Asistencia"]),
    ],
)
def test_staff_of_the_cohort_see_its_meetings_with_what_they_may_do(
    client_for, unit, world, role, place, offered
):
    scope = (
        (ScopeKind.COHORT, world.cohort.id)
        if place == "cohort"
        else (ScopeKind.PROGRAMME, world.cohort.programme_id)
    )
    page = client_for(holder(unit, role, *scope)).get(PATH)
    assert groups(page) == {"Hoy": ["Sesión nuestra"]}
    assert "3 de 4 con registro" in page.text
    assert "Grupo ajeno" not in page.text
    assert links(page) == offered


def test_a_focal_point_sees_the_meetings_of_their_people_and_counts_only_them(client_for, world):
    page = client_for(world.focal_point).get(PATH)
    assert groups(page) == {"Hoy": ["Sesión nuestra"]}
    assert "1 de 2 con registro" in page.text
    assert "por su institución" in page.text
    assert links(page) == ["Asistencia"]


def test_a_cohort_kept_and_one_only_read_offer_different_things(client_for, unit, world):
    with unit():
        give_role(world.focal_point, Role.TRAINER, ScopeKind.COHORT, world.neighbour.id)
    page = client_for(world.focal_point).get(PATH)
    rows = {row.h3.get_text(strip=True): row.get_text(" ", strip=True) for row in page.select(".meeting-row")}
    assert "Pasar lista" in rows["Sesión ajena"]
    assert "Pasar lista" not in rows["Sesión nuestra"]


def test_neighbours_see_nothing(client_for, unit, world):
    for person in (
        world.other_focal_point,
        holder(unit, Role.TRAINER, ScopeKind.COHORT, world.neighbour.id),
        holder(unit, Role.REVIEWER, ScopeKind.PROGRAMME, world.neighbour.programme_id),
        holder(unit, Role.ADMINISTRATOR, ScopeKind.PROGRAMME, world.neighbour.programme_id),
    ):
        client = client_for(person)
        for query in ("", f"?cohort={world.cohort.id}", "?month=2026-11"):
            text = client.get(PATH + query).text
            assert "nuestr" not in text, query


def test_an_administrator_of_everything_sees_every_programme(client_for, world):
    assert groups(client_for(world.administrator).get(PATH)) == {"Hoy": ["Sesión nuestra", "Sesión ajena"]}


def test_whoever_is_no_staff_gets_none(client, client_for, world):
    client_for(world.stranger).get(PATH, status=403)
    assert "sign-in" in client.get(PATH, status=303).location


# ── months, without a database ──


def test_months_go_from_the_last_meeting_back_to_the_first():
    def calendar(first, last):
        return Calendar(cohort_id=None, name="", zones=(), first=first, last=last)

    day = datetime(2026, 1, 31, tzinfo=UTC).date()
    found = months_of([calendar(day, day), calendar(day - 45 * DAY, day - 40 * DAY)])
    assert [f"{month:%Y-%m}" for month in found] == ["2026-01", "2025-12"]
    assert months_of([]) == []

"""Hours through the pages: what each person sees, what staff takes away, what a policy changes and what it leaves."""

import csv
import re
from datetime import timedelta
from io import StringIO

import pytest

from lms.attendance.hours import queries, service
from lms.attendance.hours.rules import Policy, Written
from lms.attendance.models import Mark
from lms.core.actors import SYSTEM, Role, ScopeKind
from lms.core.clock import now
from lms.core.db import db
from lms.learning.models import Cohort, Enrolment
from lms.learning.queries import find_completion
from lms.testing.factories.accounts import give_role, make_person
from lms.testing.factories.attendance import make_mark, make_meeting
from lms.testing.factories.institutions import make_institution
from lms.testing.factories.learning import finish_units, make_cohort, make_enrolment

HOUR = 3600
FORM = {
    "minimum_stay": "1/2", "credits_online": "y", "online_share": "1", "online_hours": "", "day_hours": "",
    "asked_hours": "6:30", "note": "Acuerdo 4 de la comisión.",
}  # fmt: skip


@pytest.fixture
def world(unit, client_for):
    """Return a cohort with two people of two institutions, who were at one meeting, and one more to come."""
    with unit():
        cohort = make_cohort(name="Grupo 2")
        places = [make_institution(), make_institution()]
        people = [make_person(), make_person()]
        enrolled = [
            make_enrolment(cohort, person, institution=place)
            for person, place in zip(people, places, strict=True)
        ]
        held = make_meeting(cohort, title="Mapa", starts_at=now() - timedelta(days=2), hours=4)
        make_meeting(cohort, title="Práctica", starts_at=now() + timedelta(days=2), hours=3)
        make_mark(held, enrolled[0])
        make_mark(held, enrolled[1], Mark.LEFT_EARLY)
        roles = {}
        for role, kind, scope in (
            (Role.TRAINER, ScopeKind.COHORT, cohort.id),
            (Role.FOCAL_POINT, ScopeKind.INSTITUTION, places[0].id),
            (Role.ADMINISTRATOR, ScopeKind.PROGRAMME, cohort.programme_id),
        ):
            roles[role] = make_person()
            give_role(roles[role], role, kind, scope)
    return {
        "cohort": cohort.id, "programme": cohort.programme_id, "enrolled": [each.id for each in enrolled],
        "names": [each.name for each in people], "own": client_for(people[0]),
        "list": f"/attendance/cohorts/{cohort.id}/hours",
        **{role.value: client_for(person) for role, person in roles.items()},
    }  # fmt: skip


def minutes_of(unit, world, at=0):
    with unit():
        return queries.hours_of(world["enrolled"], now())[world["enrolled"][at]].minutes


def write(unit, world, **values):
    with unit():
        service.set_policy(world["programme"], Written(policy=Policy(**values)), actor=SYSTEM, now=now())


def complete(unit, world):
    with unit():
        enrolment = db.session.get_one(Enrolment, world["enrolled"][0])
        finish_units(enrolment)
        return service.close(enrolment.id, actor=SYSTEM, now=now()).minutes


def rows_of(response):
    return list(csv.reader(StringIO(response.response.data.decode("utf-8-sig"))))


def test_a_person_sees_each_credit_what_is_missing_and_that_it_can_be_reached(unit, world):
    write(unit, world, credits_online=False, asked_seconds=int(6.5 * HOUR))
    text = world["own"].get("/attendance/hours/").text
    assert "Mapa" in text
    assert "Lleva 4 h de 6 h 30 min. Le faltan 2 h 30 min; quedan 3 h programadas." in text
    write(unit, world, credits_online=False, asked_seconds=8 * HOUR)
    assert "llegaría a 7 h" in world["own"].get("/attendance/hours/").text
    with unit():
        verdicts = queries.hours_of(world["enrolled"], now())[world["enrolled"][0]].outlook
    assert verdicts.state == "cannot"


def test_the_list_the_files_and_the_lines_say_the_same_minutes(unit, world):
    listed = rows_of(world["trainer"].get(f"{world['list']}.csv?sort=-total"))
    assert [row[0] for row in listed[1:]] == world["names"]
    assert int(listed[1][4]) == minutes_of(unit, world) == int(listed[1][2]) + int(listed[1][3])
    lines = rows_of(world["trainer"].get(f"{world['list']}/{world['enrolled'][1]}/lines.csv"))
    assert sum(int(row[6]) for row in lines[1:-1]) == int(lines[-1][6])
    assert int(lines[-1][6]) // 60 == int(listed[2][4])


def test_a_focal_point_sees_their_own_people_only(world):
    page = world["focal-point"].get(world["list"]).text
    assert world["names"][0] in page
    assert world["names"][1] not in page
    assert len(rows_of(world["focal-point"].get(f"{world['list']}.csv"))) == 2
    world["focal-point"].get(f"{world['list']}/{world['enrolled'][1]}", status=404)


def test_a_policy_is_saved_only_once_its_effect_was_seen(unit, world):
    page = f"/attendance/programmes/{world['programme']}/hours"
    admin = world["administrator"]
    shown = admin.post(page, {**FORM, "minimum_stay": "4/5", "save": "Guardar"}, status=200)
    assert "Lo que cambiaría" in shown.text
    assert "Tendrían las horas que se piden" in shown.text
    with unit():
        assert queries.find_policy(world["programme"]) is None
    seen = re.search(r'name="seen" type="hidden" value="(\w+)"', str(shown.soup))[1]
    admin.post(page, {**FORM, "minimum_stay": "3/5", "seen": seen, "save": "Guardar"}, status=200)
    with unit():
        assert queries.find_policy(world["programme"]) is None, "other rules than those that were shown"
    admin.post(page, {**FORM, "minimum_stay": "4/5", "seen": seen, "save": "Guardar"}, status=303)
    text = admin.get(page).text
    assert "Versión 1" in text
    assert "Acuerdo 4 de la comisión." in text
    assert minutes_of(unit, world, 1) == 0, "three quarters of the session are less than four fifths"


def test_closed_hours_stay_as_they_are_whatever_is_written_or_marked_later(unit, world):
    before = complete(unit, world)
    write(unit, world, credits_online=False, minimum_stay=1)
    assert minutes_of(unit, world) == before
    assert "Horas cerradas" in world["own"].get("/attendance/hours/").text


def test_hours_that_are_asked_for_hold_a_completion_until_they_are_there(unit, run_jobs):
    with unit():
        cohort = make_cohort()
        enrolment = make_enrolment(cohort)
        make_mark(make_meeting(cohort, starts_at=now() - timedelta(hours=5), hours=4), enrolment)
        world = {"programme": cohort.programme_id}
    write(unit, world, asked_seconds=9 * HOUR)
    with unit():
        finish_units(db.session.get_one(Enrolment, enrolment.id))
        assert find_completion(enrolment.id) is None
    write(unit, world, asked_seconds=4 * HOUR)
    run_jobs()
    with unit():
        assert find_completion(enrolment.id) is not None
        assert queries.ledgers_of([enrolment.id])[enrolment.id].version == 2


def test_another_worth_of_a_state_is_a_version_of_its_own(unit, world):
    page = f"/attendance/programmes/{world['programme']}/states"
    data = {f"credit_{n}": credit for n, credit in enumerate(("1", "1", "0", "1", "0"))}
    data |= {f"label_{n}": "" for n in range(5)} | {"minimum_share": "3/4", "attendance_share": "0.8"}
    world["administrator"].post(page, data, status=303)
    with unit():
        written = queries.find_policy(world["programme"])
    assert (written.version, written.states["left-early"]["credit"]) == (1, "0")
    assert minutes_of(unit, world, 1) == 0


def test_one_person_or_many_cost_the_same_queries(unit, world, count_queries):
    with unit():
        cohort = db.session.get_one(Cohort, world["cohort"])
        more = [make_enrolment(cohort).id for _ in range(12)]
    with unit(), count_queries() as few:
        queries.hours_of(world["enrolled"][:1], now())
    with unit(), count_queries() as many:
        queries.hours_of([*world["enrolled"], *more], now())
    assert len(few) == len(many) <= 8

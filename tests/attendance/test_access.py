"""Who reaches which meeting and whose marks: every role near and far, the stranger and the neighbours."""

import pytest

from lms.accounts.models import Person
from lms.attendance.models import Mark
from lms.attendance.queries import attendances_at
from lms.core.actors import Role, ScopeKind
from lms.core.db import db
from lms.testing.factories.accounts import give_role, make_administrator, make_person
from lms.testing.factories.attendance import make_mark, make_meeting
from lms.testing.factories.institutions import make_focal_point, make_institution
from lms.testing.factories.learning import make_cohort, make_enrolment

READS = ("/attendance/cohorts/{cohort}", "/attendance/cohorts/{cohort}/register",
         "/attendance/cohorts/{cohort}/register.csv", "/attendance/cohorts/{cohort}/register.xlsx")  # fmt: skip
KEEPS = ("/attendance/cohorts/{cohort}/meetings/new", "/attendance/meetings/{meeting}/edit",
         "/attendance/meetings/{meeting}/cancel", "/attendance/meetings/{meeting}/roll-call",
         "/attendance/meetings/{meeting}/projection", "/attendance/meetings/{meeting}/projection/arrivals")  # fmt: skip
POSTS = ("/attendance/cohorts/{cohort}/meetings/new", "/attendance/meetings/{meeting}/edit",
         "/attendance/meetings/{meeting}/cancel", "/attendance/meetings/{meeting}/roll-call")  # fmt: skip


@pytest.fixture
def world(unit):
    """Return the ids of a meeting and its cohort, and people by what they are to it."""
    with unit():
        cohort, neighbour = make_cohort(), make_cohort()
        meeting = make_meeting(cohort)
        inside, outside = make_institution("Salud"), make_institution("Turismo")
        people = {
            "administrator": make_administrator(),
            "trainer of the cohort": holder(Role.TRAINER, ScopeKind.COHORT, cohort.id),
            "trainer of the programme": holder(Role.TRAINER, ScopeKind.PROGRAMME, cohort.programme_id),
            "reviewer": holder(Role.REVIEWER, ScopeKind.PROGRAMME, cohort.programme_id),
            "focal point": make_focal_point(inside),
            "trainer of a neighbour cohort": holder(Role.TRAINER, ScopeKind.COHORT, neighbour.id),
            "trainer of a neighbour programme": holder(
                Role.TRAINER, ScopeKind.PROGRAMME, neighbour.programme_id
            ),
            "reviewer of a neighbour programme": holder(
                Role.REVIEWER, ScopeKind.PROGRAMME, neighbour.programme_id
            ),
            "focal point of another institution": make_focal_point(make_institution("Otra")),
            "administrator of an institution": holder(Role.ADMINISTRATOR, ScopeKind.INSTITUTION, inside.id),
            "stranger": make_person(),
        }
        seen, hidden = make_enrolment(cohort, institution=inside), make_enrolment(cohort, institution=outside)
        make_mark(meeting, seen, Mark.LATE)
        make_mark(meeting, hidden, Mark.EXCUSED, note="Comisión")
        people["trainee"] = db.session.get(Person, seen.person_id)
        names = [db.session.get(Person, each.person_id).name for each in (seen, hidden)]
        return {"cohort": cohort.id, "meeting": meeting.id}, people, names


def holder(role, kind, scope_id):
    person = make_person()
    give_role(person, role, kind, scope_id)
    return person


FULL, READ, AWAY, NONE = (200, 200), (200, 403), (404, 404), (403, 403)


@pytest.mark.parametrize(
    ("who", "statuses"),
    [
        ("administrator", FULL),
        ("trainer of the cohort", FULL),
        ("trainer of the programme", FULL),
        ("reviewer", READ),
        ("focal point", READ),
        ("trainer of a neighbour cohort", AWAY),
        ("trainer of a neighbour programme", AWAY),
        ("reviewer of a neighbour programme", (404, 403)),
        ("focal point of another institution", (404, 403)),
        # A register is kept for a whole cohort: a role in one institution reads its own people and no more.
        ("administrator of an institution", (200, 404)),
        ("trainee", NONE),
        ("stranger", NONE),
    ],
)
def test_who_reads_and_who_keeps(client_for, world, who, statuses):
    ids, people, _names = world
    client = client_for(people[who])
    reads, keeps = statuses
    for path in READS:
        assert client.raw.get(path.format(**ids)).status_code == reads, path
    for path in KEEPS:
        assert client.raw.get(path.format(**ids)).status_code == keeps, path
    if keeps != 200:
        for path in POSTS:
            client.post(path.format(**ids), status=keeps)


def test_nobody_signed_in_is_asked_to(client, world):
    ids, *_ = world
    for path in (*READS, *KEEPS, "/attendance/", "/a", "/a/ABCDEF", "/attendance/meetings/{meeting}/entry"):
        assert "sign-in" in client.get(path.format(**ids), status=303).location, path


def test_a_focal_point_sees_only_their_own_people(client_for, world):
    ids, people, (seen, hidden) = world
    client = client_for(people["focal point"])
    page = client.get(f"/attendance/cohorts/{ids['cohort']}/register")
    assert seen in page.text
    assert hidden not in page.text
    assert "Presentes, de 1" in page.text
    text = client.raw.get(f"/attendance/cohorts/{ids['cohort']}/register.csv").get_data(as_text=True)
    assert seen in text
    assert hidden not in text
    counts = client.get(f"/attendance/cohorts/{ids['cohort']}").text
    assert "Llegó tarde: 1" in counts
    assert "Falta justificada" not in counts


def test_readers_are_offered_nothing_they_may_not_do(client_for, world):
    ids, people, _names = world
    page = client_for(people["reviewer"]).get(f"/attendance/cohorts/{ids['cohort']}")
    links = {str(link["href"]) for link in page.select("main a")}
    assert not any(str(ids["meeting"]) in link or "new" in link for link in links)


def test_a_meeting_that_does_not_exist_looks_like_one_out_of_reach(client_for, world):
    ids, people, _names = world
    client = client_for(people["trainer of a neighbour cohort"])
    unknown = str(ids["cohort"])
    there = client.get(f"/attendance/meetings/{ids['meeting']}/edit", status=404)
    nowhere = client.get(f"/attendance/meetings/{unknown}/edit", status=404)
    assert there.title == nowhere.title


def test_the_roll_takes_nobody_of_another_cohort(client_for, unit, world):
    ids, people, _names = world
    with unit():
        stranger = make_enrolment()
    client_for(people["trainer of the cohort"]).post(
        f"/attendance/meetings/{ids['meeting']}/roll-call", {f"mark-{stranger.id}": "present"}
    )
    with unit():
        assert stranger.id not in attendances_at(ids["meeting"])

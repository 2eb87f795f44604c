"""Staff moves one person to another cohort: what becomes of what they did is shown first, and moving back undoes it."""

import pytest

from lms.accounts.queries import get_person
from lms.core.audit import AuditEntry
from lms.core.db import db
from lms.learning import queries
from lms.testing.factories.accounts import make_administrator, make_person
from lms.testing.factories.attendance import make_mark, make_meeting
from lms.testing.factories.courses import make_release
from lms.testing.factories.learning import finish_units, make_cohort, make_enrolment


@pytest.fixture
def world(unit, client_for):
    with unit():
        release = make_release()
        here, there = (
            make_cohort(release=release, name="Mañana"),
            make_cohort(release=release, name="Tarde", capacity=1),
        )
        ana = make_enrolment(here, make_person(given_names="Ana"))
        finish_units(ana, count=1)
        make_mark(make_meeting(here), ana)
        keeper = make_administrator()
    return client_for(keeper), ana, here, there


def page_of(enrolment):
    return f"/learning/enrolments/{enrolment.id}/move"


def test_the_person_goes_with_their_progress_and_comes_back(unit, world, mailbox, run_jobs):
    client, ana, here, there = world
    assert client.get(f"/learning/enrolments/{ana.id}").select(f'a[href="{page_of(ana)}"]')
    shown = client.get(f"{page_of(ana)}?cohort={there.id}")
    assert "todo su avance se conserva" in shown.text
    with unit():
        before = queries.progress_of([ana.id])[ana.id]
    refused = client.post(page_of(ana), {"cohort": str(there.id), "reason": " "}, status=422)
    assert "Escriba el motivo" in refused.text
    for target, reason in ((there, "Cambio de turno"), (here, "Regresa")):
        done = client.post(page_of(ana), {"cohort": str(target.id), "reason": reason})
        assert f"Ahora estudia con la cohorte «{target.name}»" in client.follow(done).text
        with unit():
            assert queries.get_enrolment(ana.id).cohort_id == target.id
            assert queries.progress_of([ana.id])[ana.id] == before
    run_jobs()
    assert "Cambió su cohorte: Mañana" in {each.subject for each in mailbox.sent}
    with unit():
        told = [each for each in db.session.query(AuditEntry) if each.code == "learning.enrolment-moved"]
        assert len(told) == 2
        assert {each.data["reason"] for each in told} == {"Cambio de turno", "Regresa"}


def test_a_full_cohort_is_refused_and_another_course_is_not_offered(unit, world):
    client, ana, here, there = world
    with unit():
        make_enrolment(queries.get_cohort(there.id), make_person())
    full = client.follow(client.post(page_of(ana), {"cohort": str(there.id), "reason": "Cambio"}))
    assert "ya no tiene lugares" in full.text
    client.get(f"{page_of(ana)}?cohort={here.id}", status=404)


def test_who_takes_part_there_already_stays(unit, world):
    client, ana, here, there = world
    with unit():
        make_enrolment(queries.get_cohort(there.id), get_person(ana.person_id))
    page = client.get(f"{page_of(ana)}?cohort={there.id}")
    assert "ya tiene una inscripción" in page.text
    assert not page.select("form[method=post] #confirm")
    client.follow(client.post(page_of(ana), {"cohort": str(there.id), "reason": "Cambio"}))
    with unit():
        assert queries.get_enrolment(ana.id).cohort_id == here.id

"""Asking for another sector, the answer, and the history that stays."""

import pytest
from sqlalchemy import select

from lms.core.actors import SYSTEM, Role, ScopeKind
from lms.core.clock import now
from lms.core.db import db
from lms.core.tabular import read_csv
from lms.learning import service as learning
from lms.learning.models import Cohort, Enrolment
from lms.learning.tracks.models import TrackRequest
from lms.learning.tracks.rules import TrackState
from lms.testing.factories.accounts import give_role, make_person
from lms.testing.factories.institutions import make_focal_point, make_institution, make_member
from lms.testing.factories.learning import make_enrolment


@pytest.fixture
def place(unit):
    """Return an enrolment in health, its person, their focal point, a neighbour and who decides."""
    with unit():
        health = make_institution("Secretaría de Salud")
        learner = make_member(health)
        enrolment = make_enrolment(person=learner, sector="health")
        secretary = make_person()
        programme = db.session.get(Cohort, enrolment.cohort_id).programme_id
        give_role(secretary, Role.ADMINISTRATOR, ScopeKind.PROGRAMME, programme)
        return {
            "enrolment": enrolment.id,
            "url": f"/learning/enrolments/{enrolment.id}/sector",
            "learner": learner,
            "focal point": make_focal_point(health),
            "neighbour": make_focal_point(make_institution()),
            "secretary": secretary,
        }


def requests(unit):
    with unit():
        return list(db.session.scalars(select(TrackRequest).order_by(TrackRequest.asked_at)))


@pytest.mark.parametrize("who", ["learner", "focal point"])
def test_a_change_is_asked_for_approved_and_kept(client_for, place, unit, run_jobs, mailbox, who):
    browser = client_for(place[who])
    for _ in range(2):
        browser.post(place["url"], {"sector": "justice", "reason": "Cambié de área."})
    (request,) = requests(unit)
    assert "espera respuesta" in browser.get(place["url"]).text
    staff, url = client_for(place["secretary"]), f"/learning/track-requests/{request.id}"
    assert place["learner"].name in staff.get("/learning/track-requests?sort=-name&state=waiting").text
    sheet = read_csv(staff.get("/learning/track-requests.csv?state=waiting").response.data)
    assert [row.cells[0] for row in sheet.rows] == [place["learner"].name]
    for _ in range(2):
        staff.post(url, {"answer": "approved", "note": ""})
    run_jobs()
    with unit():
        assert db.session.get(Enrolment, place["enrolment"]).sector == "justice"
    assert [each.state for each in requests(unit)] == [TrackState.APPROVED]
    assert [each.to for each in mailbox.sent if "sector" in each.subject] == [place["learner"].email]
    page = browser.get(place["url"])
    assert "Cambié de área." in page.text
    assert place["secretary"].name in page.text


def test_a_no_needs_a_word_and_changes_nothing(client_for, place, unit):
    client_for(place["learner"]).post(place["url"], {"sector": "justice", "reason": "Quiero."})
    url = f"/learning/track-requests/{requests(unit)[0].id}"
    staff = client_for(place["secretary"])
    staff.post(url, {"answer": "declined", "note": ""}, status=422)
    staff.post(url, {"answer": "declined", "note": "Su puesto es de salud."})
    staff.post(url, {"answer": "approved", "note": ""}, status=409)
    with unit():
        assert db.session.get(Enrolment, place["enrolment"]).sector == "health"


def test_the_same_sector_is_refused_and_a_neighbour_finds_nothing(client_for, place, unit):
    client_for(place["learner"]).post(place["url"], {"sector": "health", "reason": "Sí."}, status=422)
    assert client_for(place["neighbour"]).raw.get(place["url"]).status_code == 404
    assert requests(unit) == []


def test_what_the_staff_changes_by_hand_is_in_the_history_too(client_for, place, unit):
    with unit():
        learning.change_track(
            db.session.get(Enrolment, place["enrolment"]), "tourism", actor=SYSTEM, now=now()
        )
    (change,) = requests(unit)
    assert (change.before, change.after, change.state) == ("health", "tourism", TrackState.APPROVED)

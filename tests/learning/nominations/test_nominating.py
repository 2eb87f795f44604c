"""What an institution can do with its places, over HTTP: in time, late, twice, and as a neighbour."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from lms.accounts.models import Person
from lms.core.db import db
from lms.core.tabular import read_csv
from lms.institutions.directory.queries import find_affiliation
from lms.learning.models import Cohort, Enrolment, EnrolmentState
from lms.learning.nominations.models import Nomination, NominationCall
from lms.learning.nominations.rules import NominationState
from lms.testing.factories.institutions import make_focal_point, make_member
from lms.testing.factories.nominations import make_nomination
from lms.testing.pytest_plugin import TODAY


def propose(browser, place, person, status=303):
    return browser.post(place.url + "/people", {"person_id": str(person.id), "q": ""}, status=status)


def states(unit):
    with unit():
        rows = db.session.scalars(select(Nomination).order_by(Nomination.queued_at, Nomination.id))
        return {row.person_id: row.state for row in rows}


def new_person(**changes):
    return {
        "given_names": "Itzel",
        "first_surname": "Participante",
        "second_surname": "",
        "email": "itzel@example.org",
        "post": "Enfermera",
        "late_reason": "",
        **changes,
    }


def test_a_focal_point_nominates_until_the_quota_and_then_the_list_of_those_who_wait(client_for, place, unit):
    with unit():
        people = [make_member(place.hospital), make_member(place.health), make_member(place.health)]
    browser = client_for(place.focal_point)
    for person in people:
        propose(browser, place, person)
    assert list(states(unit).values()).count(NominationState.PROPOSED) == 2
    assert states(unit)[people[2].id] is NominationState.WAITING
    page = browser.get(place.url)
    assert "2 de 2 ocupados" in page.text
    assert "lugar 1" in page.text
    propose(browser, place, people[2])
    assert len(states(unit)) == 3, "asked twice, nominated once"


def test_a_late_nomination_is_refused_with_a_sentence_and_admitted_by_exception(
    client_for, place, unit, at, run_jobs, mailbox
):
    with unit():
        person = make_member(place.health)
    late = TODAY + timedelta(days=7)
    with at(late):
        browser = client_for(place.focal_point)
        propose(browser, place, person)
        assert "ya cerró y no recibe más propuestas" in browser.get(place.url).text
        assert states(unit) == {}
        browser.post(place.url + f"/late/{person.id}", {"late_reason": "La circular llegó ayer."})
        assert states(unit) == {person.id: NominationState.LATE}
        with unit():
            nomination = db.session.scalars(select(Nomination)).one()
        staff, url = client_for(place.secretary), f"/learning/nominations/{nomination.id}"
        assert "La circular llegó ayer." in staff.get(url).text
        staff.post(url, {"verdict": "admit", "reason": ""}, status=422)
        staff.post(url, {"verdict": "admit", "reason": "El correo rebotó."})
        assert states(unit) == {person.id: NominationState.PROPOSED}
        staff.post(url, {"verdict": "accept", "reason": ""})
        run_jobs()
    assert states(unit) == {person.id: NominationState.ACCEPTED}
    assert "por excepción" in client_for(place.secretary).get(place.staff_url).text
    assert place.focal_point.email in [message.to for message in mailbox.sent]
    assert person.email in [message.to for message in mailbox.sent]


def test_before_the_opening_nobody_nominates(client_for, place, unit, at):
    with unit():
        person = make_member(place.health)
    with at(TODAY - timedelta(days=2)):
        browser = client_for(place.focal_point)
        propose(browser, place, person)
        assert "todavía no abre" in browser.get(place.url).text
    assert states(unit) == {}


def test_somebody_new_becomes_a_person_whose_invitation_is_theirs_whatever_the_address(
    client_for, client, place, unit, run_jobs, mailbox
):
    browser = client_for(place.focal_point)
    form = new_person(institution=str(place.hospital.id))
    browser.post(place.url + "/new", form)
    browser.post(place.url + "/new", form)
    with unit():
        person = db.session.scalars(select(Person).where(Person.email == "itzel@example.org")).one()
        assert find_affiliation(person.id, TODAY.date()).institution_id == place.hospital.id
        nomination = db.session.scalars(select(Nomination)).one()
    client_for(place.secretary).post(
        f"/learning/nominations/{nomination.id}", {"verdict": "accept", "reason": ""}
    )
    run_jobs()
    letter = next(each for each in mailbox.sent if each.to == "itzel@example.org")
    link = next(line for line in letter.text.splitlines() if "/account/" in line).removeprefix(
        "http://localhost"
    )
    words = "una frase larga y tranquila"
    client.post(link, {"email": "itzel.personal@example.org", "password": words, "again": words})
    with unit():
        known = db.session.scalars(select(Person).where(Person.email == "itzel.personal@example.org")).one()
        assert known.id == person.id
        enrolment = db.session.scalars(select(Enrolment)).one()
        assert (enrolment.person_id, enrolment.state) == (person.id, EnrolmentState.ACTIVE)


def test_a_known_address_of_another_name_is_refused_beside_the_field(client_for, place, unit):
    with unit():
        known = make_member(place.health)
    form = new_person(email=known.email, institution=str(place.health.id))
    answer = client_for(place.focal_point).post(place.url + "/new", form, status=422)
    assert "otro nombre" in answer.text
    assert states(unit) == {}


def test_a_neighbour_sees_and_touches_nothing(client_for, place, unit):
    with unit():
        call = db.session.get(NominationCall, place.call)
        person = make_member(place.health)
        nomination = make_nomination(call, place.health, person)
        other = make_member(place.health)
        below = make_focal_point(place.hospital)
    page = client_for(below).get(place.url)
    assert "1 de 2 ocupados" in page.text, "an area sees the places that it shares"
    assert person.name not in page.text
    browser = client_for(place.neighbour)
    page = browser.get(place.url)
    assert person.name not in page.text
    assert "Secretaría de Salud" not in page.text
    for path in (f"/nominations/{nomination.id}/replace", f"/nominations/{nomination.id}/withdraw"):
        assert browser.raw.get(path).status_code == 404
    propose(browser, place, other, status=404)
    table = browser.raw.get(place.url + "/nominations.csv").get_data(as_text=True)
    assert person.name not in table


def test_a_place_passes_to_another_person_with_its_history(client_for, place, unit, run_jobs):
    with unit():
        call = db.session.get(NominationCall, place.call)
        first, second = make_member(place.health), make_member(place.hospital)
        nomination = make_nomination(call, place.health, first)
    client_for(place.secretary).post(
        f"/learning/nominations/{nomination.id}", {"verdict": "accept", "reason": ""}
    )
    browser = client_for(place.focal_point)
    for _ in range(2):
        browser.post(f"/nominations/{nomination.id}/replace", {"person_id": str(second.id), "q": ""})
    run_jobs()
    assert states(unit) == {first.id: NominationState.REPLACED, second.id: NominationState.ACCEPTED}
    with unit():
        by_person = {each.person_id: each.state for each in db.session.scalars(select(Enrolment))}
        assert by_person == {first.id: EnrolmentState.WITHDRAWN, second.id: EnrolmentState.ACTIVE}
        successor = db.session.scalars(select(Nomination).where(Nomination.person_id == second.id)).one()
    page = client_for(place.secretary).get(f"/learning/nominations/{successor.id}")
    assert first.name in page.text


def test_after_the_cut_off_only_the_staff_changes_an_accepted_person(client_for, place, unit, at):
    with unit():
        call = db.session.get(NominationCall, place.call)
        nomination = make_nomination(call, place.health)
    url = f"/learning/nominations/{nomination.id}"
    client_for(place.secretary).post(url, {"verdict": "accept", "reason": ""})
    with at(TODAY + timedelta(days=21)):
        client_for(place.focal_point).post(f"/nominations/{nomination.id}/withdraw")
        assert set(states(unit).values()) == {NominationState.ACCEPTED}
        client_for(place.secretary).post(url, {"verdict": "withdraw", "reason": "Cambió de adscripción."})
    assert set(states(unit).values()) == {NominationState.WITHDRAWN}


@pytest.mark.parametrize("people", [3, 23])
def test_the_page_of_a_call_costs_the_same_for_many_people(client_for, place, unit, count_queries, people):
    with unit():
        db.session.get(Cohort, place.cohort).capacity = None
        call = db.session.get(NominationCall, place.call)
        for _ in range(people):
            make_nomination(call, place.health)
    browser = client_for(place.focal_point)
    browser.get(place.url)
    with count_queries() as statements:
        page = browser.get(place.url + "?sort=-name")
    assert len(page.select("tbody tr")) == people
    assert len(statements) == 10


def test_the_file_says_what_the_page_says(client_for, place, unit):
    with unit():
        call = db.session.get(NominationCall, place.call)
        people = [make_member(place.health) for _ in range(3)]
        for person in people:
            make_nomination(call, place.health, person)
    browser = client_for(place.focal_point)
    query = "?state=waiting&sort=-name"
    page = browser.get(place.url + query)
    sheet = read_csv(browser.raw.get(place.url + "/nominations.csv" + query).data)
    assert [row.cells[0] for row in sheet.rows] == [people[2].name]
    assert [head.get_text(" ").strip().startswith(people[2].name) for head in page.select("tbody th")] == [
        True
    ]
    assert browser.raw.get(place.url + "/nominations.xlsx" + query).data.startswith(b"PK")


def test_the_list_of_calls_sorts_and_its_file_says_what_it_says(client_for, place):
    browser = client_for(place.focal_point)
    assert "Abierta" in browser.get("/nominations/?sort=-course&phase=open").text
    sheet = read_csv(browser.get("/nominations/calls.csv?phase=open").response.data)
    assert [row.cells[1:3] + row.cells[5:] for row in sheet.rows] == [("Grupo 2", "Abierta", "2", "0")]
    assert "Ninguna convocatoria coincide" in browser.get("/nominations/?phase=closed").text

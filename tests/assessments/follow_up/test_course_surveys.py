"""What a course itself asks months later: its own surveys instead of ours, and a quiz, each asked once."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from lms.assessments.follow_up import rules, service
from lms.assessments.follow_up.models import FollowUpAnswer, FollowUpReply, MeasureInvitation
from lms.assessments.follow_up.privacy import FOLLOW_UPS
from lms.core.actors import SYSTEM, Role, ScopeKind
from lms.core.calendar import today
from lms.core.clock import now
from lms.core.db import db
from lms.courses.queries import list_outline
from lms.institutions.programmes.queries import get_programme
from lms.testing.factories.accounts import give_role, make_person
from lms.testing.factories.certificates import make_completion
from lms.testing.factories.courses import make_release
from lms.testing.factories.follow_ups import make_survey_link
from lms.testing.factories.learning import make_cohort, make_enrolment
from lms.testing.factories.surveys import FILES, LATER_QUIZ
from lms.testing.pytest_plugin import TODAY

ANSWERS = {
    "q-aplica-ruta.1": "c",
    "q-aplica-ruta.2": "d",
    "q-aplica-coordinaciones": "2",
    "q-aplica-barrera": "a",
    "q-aplica-ayuda": "La hoja de la ruta.",
}
NAMED = {"superior_name": "Jefatura de prueba", "superior_email": "jefatura@example.org"}


@pytest.fixture
def completed(unit):
    """Somebody who completed today a course with questions of its own, and the link of their survey."""
    with unit():
        cohort = make_cohort(release=make_release(files=FILES))
        person = make_person(given_names="Persona", email="p@example.org")
        enrolment = make_enrolment(cohort, person)
        token = make_survey_link(make_completion(enrolment))
    return SimpleNamespace(person=person, cohort=cohort, enrolment=enrolment, link=f"/follow-up/{token}")


def test_a_course_asks_its_own_questions_of_the_person_and_of_the_superior(
    completed, client, unit, run_jobs, mailbox
):
    page = client.get(completed.link)
    assert "¿Cuántas coordinaciones hizo" in page.text
    assert str(rules.SELF_ITEMS["used"]) not in page.text
    assert page.text.count("No escriba aquí datos de casos") == 1  # the only text to write
    assert "al menos una pregunta" in client.post(completed.link, NAMED, status=422).text
    refused = client.post(completed.link, {**ANSWERS, "q-aplica-coordinaciones": "dos"}, status=422)
    assert "Escriba solo un número en «¿Cuántas coordinaciones hizo con otra institución?»" in refused.text
    assert refused.select('input[value="La hoja de la ruta."]')  # nothing that was written is lost
    assert "Gracias" in client.post(completed.link, {**ANSWERS, **NAMED}, status=200).text
    run_jobs()
    (letter,) = [each for each in mailbox.sent if each.to == "jefatura@example.org"]
    assert "una pregunta, un minuto" in letter.text
    address = "/follow-up/" + letter.text.split("/follow-up/")[1].split()[0]
    assert "¿Cambió algo en la atención" in client.get(address).text
    client.post(address, {"q-equipo-cambio": "a"}, status=200)
    with unit():
        assert db.session.query(FollowUpReply).count() == 5
        assert db.session.query(FollowUpAnswer).count() == 0
        (mine,) = FOLLOW_UPS.export(completed.person.id)
        assert mine["own_questions"]["aplica-ruta"] == ["1:c", "2:d"]
        assert "equipo-cambio" not in mine["own_questions"]
        FOLLOW_UPS.erase(completed.person.id)
        assert db.session.query(FollowUpReply).count() == 0


def test_the_usual_survey_names_what_is_missing(client, unit):
    with unit():
        token = make_survey_link(make_completion(make_enrolment()))
    errors = client.post(f"/follow-up/{token}", {"used": "4"}, status=422).errors()
    assert f"Elija una respuesta en «{rules.SELF_ITEMS['signs']}»" in errors
    assert str(rules.SELF_ITEMS["used"]) not in errors


@pytest.fixture
def on_day(unit, run_jobs, at):
    """Return ``on_day(n)``: what the daily job and its letters do n days after everybody finished."""

    def live(days):
        with at(TODAY + timedelta(days=days)):
            with unit():
                service.look_after(now=now(), day=today())
            run_jobs()

    return live


def test_the_quiz_is_announced_and_reminded_once_and_waits_on_the_home(unit, on_day, mailbox, client_for, at):
    with unit():
        cohort = make_cohort(release=make_release(files={"02-ruta/09-despues.md": LATER_QUIZ}))
        people = [make_person(email=f"p{n}@example.org") for n in range(2)]
        enrolments = [make_enrolment(cohort, person) for person in people]
        for enrolment in enrolments:
            make_completion(enrolment)
        outline = list_outline(cohort.release_id, is_whole=True)
        (later,) = [each for module in outline for each in module.units if each.is_follow_up]
    address = f"/assessments/enrolments/{enrolments[0].id}/quizzes/{later.id}"

    def letters(n):
        return [
            each for each in mailbox.sent if each.to == f"p{n}@example.org" and str(later.id) in each.text
        ]

    on_day(59)
    assert not letters(0)
    for days in (60, 61, 70):
        on_day(days)
    assert [len(letters(n)) for n in range(2)] == [1, 1]
    assert address in letters(0)[0].text
    with at(TODAY + timedelta(days=71)):
        browser = client_for(people[0])
        assert browser.get("/learning/").select(f'a[href="{address}"]')
        base = browser.post(f"{address}/attempts").location.partition("/questions")[0]
        browser.post(f"{base}/questions/1", {"answer": "a", "go": "review"})
        browser.post(f"{base}/submit")
        assert not browser.get("/learning/").select(f'a[href="{address}"]')
    for days in (75, 76, 91):
        on_day(days)
    assert [len(letters(n)) for n in range(2)] == [1, 2]
    assert "Recordatorio" in letters(1)[1].subject
    with unit():
        assert db.session.query(MeasureInvitation).count() == 2


def test_the_survey_of_a_course_waits_on_the_home_of_whoever_was_asked(completed, client_for, unit):
    with unit():
        service.set_follow_up(get_programme(completed.cohort.programme_id), 60, actor=SYSTEM, now=now())
        reviewer = make_person()
        give_role(reviewer, Role.REVIEWER, ScopeKind.PROGRAMME, completed.cohort.programme_id)
    page = client_for(completed.person).get("/learning/")
    assert page.select('a[href^="/follow-up/"]')
    page = client_for(reviewer).get("/follow-ups/")
    links = page.select(f'a[href^="/surveys/cohorts/{completed.cohort.id}?survey="]')
    assert [each.get_text().partition(" ·")[0] for each in links] == [
        "Qué ha aplicado",
        "Qué ve en su equipo",
    ]
    assert "Frase" not in page.text  # our own statements were asked of nobody

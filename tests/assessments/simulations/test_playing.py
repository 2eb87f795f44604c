"""What a person can do with a simulation, and what is refused."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from lms.assessments.simulations import queries, service
from lms.assessments.simulations.errors import AlreadyDecided
from lms.assessments.simulations.models import Decision, Run
from lms.assessments.simulations.privacy import RUNS
from lms.core.actors import SYSTEM
from lms.core.audit import AuditEntry
from lms.core.clock import now
from lms.core.db import db
from lms.core.errors import NotFound
from lms.learning.queries import find_completion, find_progress, get_enrolment, outcome_of
from lms.learning.service import finish_unit
from lms.plugins.criteria import State
from lms.testing.factories.accounts import make_person
from lms.testing.factories.assessments import pass_quizzes
from lms.testing.factories.courses import make_release
from lms.testing.factories.learning import make_cohort, make_enrolment, units_of
from lms.testing.factories.simulations import make_run, simulations_of
from lms.testing.pytest_plugin import TODAY


def start(study):
    return study.browser.post(f"{study.address}/runs").location


def decide(study, run, choices, first=1):
    for position, option in enumerate(choices, first):
        page = study.browser.post(f"{run}/decisions", {"position": position, "option": option})
    return study.browser.follow(page)


def test_the_lesson_address_of_a_case_leads_to_its_own_page(study):
    answer = study.browser.raw.get(f"/learning/{study.enrolment.id}/ruta/caso")
    assert answer.status_code == 302
    assert answer.location == study.address


def test_the_first_page_says_what_the_case_is_about(study):
    page = study.browser.get(study.address)
    assert page.title == "Caso de prueba"
    assert "Caso ficticio con fines de formación" in page.text
    assert "Llegar a un final, sea cual sea" in page.text
    assert page.select("main form button")[-1].get_text(strip=True) == "Empezar el caso"


def test_a_link_to_another_page_of_the_course_leads_there_from_every_scene(study):
    lesson = f"/learning/{study.enrolment.id}/ruta/leccion"
    for address in (study.address, start(study)):
        assert study.browser.get(address).select(f'main a[href="{lesson}"]')


def test_opening_the_first_page_starts_nothing(study, unit):
    study.browser.get(study.address)
    with unit():
        assert queries.list_runs(study.enrolment.id, study.case.id) == []


def test_a_scene_offers_its_choices_and_nothing_of_what_they_are_worth(study):
    page = study.browser.get(start(study))
    assert [each["value"] for each in page.select("input[name=option]")] == ["a", "b"]
    assert not page.select("#consequence")
    for secret in ("La acompañante contesta por ella", "La puso en riesgo", "seguridad", "Cuida:"):
        assert secret not in str(page.soup)


def test_the_consequence_comes_first_and_takes_the_focus(study):
    page = decide(study, start(study), "a")
    told = page.select("#consequence")[0]
    assert told.has_attr("autofocus")
    assert told["tabindex"] == "-1"
    text = told.get_text(" ", strip=True)
    assert "La acompañante contesta por ella." in text
    assert "Nadie habla con libertad delante de quien la controla." in text
    assert "Esto es un error crítico La puso en riesgo." in text
    assert "Descuida: Seguridad" in text
    assert str(page.soup).index("consequence-title") < str(page.soup).index("scene-title")


def test_every_decision_is_kept_in_order(study, unit):
    run = start(study)
    decide(study, run, "aab")
    with unit():
        kept = db.session.execute(
            select(Decision.position, Decision.scene, Decision.option).order_by(Decision.position)
        ).all()
    assert [tuple(row) for row in kept] == [
        (1, "ventanilla", "a"),
        (2, "silencio", "a"),
        (3, "a-solas", "b"),
    ]


def test_somebody_who_leaves_goes_on_where_they_were(study):
    run = start(study)
    decide(study, run, "b")
    assert "Continuar el caso" in study.browser.get(study.address).text
    assert start(study) == run
    assert "Ya puede hablar" in study.browser.get(run).text


def test_a_double_click_counts_once(study, unit):
    run = start(study)
    decide(study, run, "b")
    page = decide(study, run, "b")
    assert "Ya puede hablar" in page.text
    assert "Eso ya lo decidió" not in page.text
    with unit():
        assert db.session.scalar(select(func.count()).select_from(Decision)) == 1


def test_a_page_left_open_changes_nothing_and_says_so(study, unit):
    run = start(study)
    decide(study, run, "b")
    page = decide(study, run, "a")
    assert "Eso ya lo decidió antes. Aquí está donde se quedó." in page.text
    assert "Ya puede hablar" in page.text
    with unit():
        assert db.session.scalars(select(Decision.option)).all() == ["b"]


def test_deciding_nothing_is_said_beside_the_choices(study):
    run = start(study)
    page = study.browser.post(f"{run}/decisions", {"position": 1}, status=422)
    assert page.select("#empty")[0].get_text(strip=True) == "Elija qué hace para seguir."
    assert page.select("fieldset[aria-describedby=empty]")


@pytest.mark.parametrize(
    "values",
    [
        {"position": 1, "option": "z"},
        {"position": 2, "option": "a"},
        {"position": 0, "option": "a"},
        {"position": "x", "option": "a"},
        {"option": "a"},
    ],
)
def test_what_no_scene_offers_is_not_found(study, values):
    study.browser.post(f"{start(study)}/decisions", values, status=404)


def test_an_ending_finishes_the_unit_and_leads_to_the_balance(study, unit):
    page = decide(study, start(study), "bb")
    assert "Se canalizó con su acuerdo" in page.text
    assert page.select('a[href$="/debrief"]')
    with unit():
        run = queries.list_runs(study.enrolment.id, study.case.id)[0]
        assert (run.ending, run.is_passed) == ("acuerdo", True)
        assert run.score == {"safety": 2, "care": 3, "route": 2, "confidentiality": 1}
        assert find_progress(study.enrolment.id, study.case.id).finished_at == now()


def test_the_balance_tells_axes_errors_path_and_what_else_could_be_done(study):
    run = start(study)
    decide(study, run, "ab")
    page = study.browser.get(f"{run}/debrief")
    rows = {row.th.get_text(strip=True): row.td.get_text(strip=True) for row in page.select("tbody tr")}
    assert rows["Seguridad"] == "Conviene reforzarla"
    assert rows["Confidencialidad"] == "No se puso a prueba en su camino"
    assert "Una decisión fue un error crítico La puso en riesgo." in page.text
    steps = [each.get_text(" ", strip=True) for each in page.select("ol.ruled-list > li")]
    assert len(steps) == 2
    assert "Pedir que la acompañante espere afuera" in steps[0]
    assert "Primero la seguridad, después las preguntas." in page.text
    assert "Protocolo de Palermo" in page.text


def test_a_run_that_goes_on_has_no_balance(study):
    run = start(study)
    answer = study.browser.raw.get(f"{run}/debrief")
    assert answer.location == run


def test_beginning_again_keeps_what_was_decided(study, unit):
    run = start(study)
    decide(study, run, "a")
    again = study.browser.post(f"{run}/restart").location
    assert again != run
    assert study.browser.post(f"{run}/restart").location == again
    assert study.browser.raw.get(run).location == study.address
    decide(study, again, "bb")
    with unit():
        first, second = queries.list_runs(study.enrolment.id, study.case.id)
        assert (first.ended_at, first.ending, first.is_passed) == (now(), None, None)
        assert second.ending == "acuerdo"
        assert [each.option for each in queries.list_decisions(first.id)] == ["a"]


def test_a_run_that_is_over_takes_no_decisions(study, unit):
    with unit():
        run = make_run(study.enrolment, "bb")
        with pytest.raises(AlreadyDecided):
            service.decide(run, position=3, option="a", actor=SYSTEM, now=now())


def test_after_the_last_day_nothing_is_decided(study, at, client_for):
    run = start(study)
    with at(TODAY + timedelta(days=3)):
        browser = client_for(study.person)
        page = browser.get(study.address)
        assert "El caso cerró" in page.text
        assert not page.select("main form")
        browser.post(f"{study.address}/runs", status=409)
        browser.get(run, status=409)
        browser.post(f"{run}/decisions", {"position": 1, "option": "a"}, status=409)


def test_the_case_is_asked_for_to_complete_the_course(study, unit):
    with unit():
        for each in units_of(study.enrolment):
            if each.kind.value == "lesson":
                finish_unit(study.enrolment, each, actor=SYSTEM, now=now())
        pass_quizzes(study.enrolment)
        said = {each.criterion: each for each in outcome_of(study.enrolment.id).verdicts}
        assert said["simulations-done"].state is State.NOT_YET
        assert str(said["simulations-done"].detail) == "Terminó 0 de 1. Falta: «Caso de prueba»."
        assert said["simulations-done"].action == study.address
        assert find_completion(study.enrolment.id) is None
        make_run(study.enrolment, "ab")
        assert find_completion(study.enrolment.id) is not None


def test_a_course_without_cases_does_not_ask_for_one(unit):
    with unit():
        enrolment = make_enrolment()
        assert "simulations-done" not in {each.criterion for each in outcome_of(enrolment.id).verdicts}


def test_after_the_last_day_what_is_missing_stays_missing(study, unit, at):
    with at(TODAY + timedelta(days=3)), unit():
        said = {each.criterion: each for each in outcome_of(study.enrolment.id).verdicts}
        assert said["simulations-done"].state is State.CANNOT


def test_the_route_calls_it_a_case(study, unit):
    with unit():
        enrolment = get_enrolment(study.enrolment.id)
        for each in units_of(enrolment):
            if each.kind.value != "simulation":
                finish_unit(enrolment, each, actor=SYSTEM, now=now())
    page = study.browser.get("/learning/")
    assert "caso práctico · unos 2 minutos" in page.text
    assert "Ir al caso práctico" in page.text


def test_what_happens_is_on_the_audit_trail_without_the_decisions(study, unit):
    decide(study, start(study), "bb")
    with unit():
        codes = db.session.scalars(select(AuditEntry.code).order_by(AuditEntry.id)).all()
    assert [code for code in codes if code.startswith("simulations.")] == [
        "simulations.started",
        "simulations.ended",
    ]


def test_nobody_reaches_the_run_of_another(study, client_for, unit):
    run = start(study)
    with unit():
        fellow = make_person()
        make_enrolment(study.cohort, fellow)
    browser = client_for(fellow)
    browser.get(run, status=404)
    browser.get(study.address, status=404)
    browser.post(f"{run}/decisions", {"position": 1, "option": "a"}, status=404)


def test_a_quiz_is_no_case(study, unit):
    with unit():
        quiz = next(each for each in units_of(study.enrolment) if each.kind.value == "quiz")
    study.browser.get(f"/simulations/enrolments/{study.enrolment.id}/units/{quiz.id}", status=404)


def test_a_case_with_a_mark_is_passed_by_care(unit):
    with unit():
        enrolment = make_enrolment(make_cohort(release=marked_release()))
        case = simulations_of(enrolment)[0]
        make_run(enrolment, "ab")
        assert find_progress(enrolment.id, case.id).finished_at is None
        make_run(enrolment, "bb")
        assert find_progress(enrolment.id, case.id).finished_at is not None


def test_a_case_that_asks_for_points_on_one_axis_says_so(unit, client_for):
    with unit():
        person = make_person()
        release = make_release(has_simulation=True, case_mark="0.7\naprobar-en: seguridad")
        enrolment = make_enrolment(make_cohort(release=release), person)
        case = simulations_of(enrolment)[0]
        run = make_run(enrolment, "ba")
        assert run.is_passed
    browser = client_for(person)
    intro = browser.get(f"/simulations/enrolments/{enrolment.id}/units/{case.id}")
    assert "70 % de los puntos de «Seguridad»" in intro.text.replace("\xa0", " ")
    told = browser.get(f"/simulations/runs/{run.id}/debrief")
    assert "100 % de los puntos posibles de «Seguridad»" in told.text.replace("\xa0", " ")


def marked_release():
    return make_release(slug="con-marca", has_simulation=True, case_mark="0.8")


def test_personal_data_is_shown_and_erased(study, unit):
    with unit():
        make_run(study.enrolment, "bb")
    with unit():
        (row,) = RUNS.export(study.person.id)
        assert [each["option"] for each in row["decisions"]] == ["b", "b"]
        assert RUNS.erase(study.person.id) == 1
        assert RUNS.export(study.person.id) == []
        assert db.session.scalar(select(func.count()).select_from(Run)) == 0
        assert db.session.scalar(select(func.count()).select_from(Decision)) == 0


def test_a_decision_that_no_scene_offers_is_refused_by_the_service(study, unit):
    with unit():
        run = make_run(study.enrolment)
        with pytest.raises(NotFound):
            service.decide(run, position=1, option="q", actor=SYSTEM, now=now())

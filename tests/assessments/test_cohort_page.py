"""What whoever runs a cohort sees of its quizzes, and who may give one more attempt."""

from types import SimpleNamespace

import pytest

from lms.core.actors import Role, ScopeKind
from lms.testing.factories.accounts import give_role, make_administrator, make_person
from lms.testing.factories.assessments import make_result, quizzes_of
from lms.testing.factories.institutions import make_focal_point, make_institution
from lms.testing.factories.learning import make_cohort, make_enrolment


@pytest.fixture
def cohort(unit):
    """A cohort of two: one passed the first quiz, the other used up three attempts."""
    with unit():
        cohort = make_cohort()
        institution = make_institution()
        passed = make_enrolment(cohort, make_person(given_names="Ana"), institution=institution)
        stuck = make_enrolment(cohort, make_person(given_names="Beto"), institution=make_institution())
        quiz = quizzes_of(passed)[0]
        make_result(passed, quiz)
        for _ in range(3):
            make_result(stuck, quiz, wrong=3)
    return SimpleNamespace(
        id=cohort.id, programme_id=cohort.programme_id, institution=institution, stuck=stuck, quiz=quiz,
        address=f"/assessments/cohorts/{cohort.id}",
        give=f"/assessments/enrolments/{stuck.id}/quizzes/{quiz.id}/extra",
    )  # fmt: skip


def trainer_of(unit, kind, scope_id):
    with unit():
        person = make_person(given_names="Formadora")
        give_role(person, Role.TRAINER, kind, scope_id)
    return person


def test_the_page_counts_who_passed_and_names_who_is_stuck(cohort, unit, client_for, count_queries):
    browser = client_for(trainer_of(unit, ScopeKind.COHORT, cohort.id))
    browser.get(cohort.address)
    with count_queries() as statements:
        page = browser.get(cohort.address)
    assert len(statements) <= 10, statements
    assert "Comprobación de Señales 2 1 50 %" in page.text.replace("\xa0", " ")
    (row,) = page.select("main .ruled-list li")
    assert "Beto" in row.get_text()


def test_one_more_attempt_is_given_once(cohort, unit, client_for):
    browser = client_for(trainer_of(unit, ScopeKind.COHORT, cohort.id))
    page = browser.follow(browser.post(cohort.give))
    assert "Le dio un intento más" in page.text
    assert not page.select("main .ruled-list")
    browser.post(cohort.give, status=409)
    with unit():
        assert make_result(cohort.stuck, cohort.quiz).number == 4


def test_the_cohort_page_leads_there(cohort, unit, client_for):
    page = client_for(trainer_of(unit, ScopeKind.COHORT, cohort.id)).get(f"/learning/cohorts/{cohort.id}")
    assert page.select(f"a[href='{cohort.address}']")


def test_an_administrator_and_a_trainer_of_the_programme_may_too(cohort, unit, client_for):
    with unit():
        administrator = make_administrator()
    client_for(administrator).get(cohort.address)
    client_for(trainer_of(unit, ScopeKind.PROGRAMME, cohort.programme_id)).post(cohort.give)


def test_a_focal_point_sees_only_their_own_people_and_gives_nothing(cohort, unit, client_for):
    with unit():
        focal_point = make_focal_point(cohort.institution)
    browser = client_for(focal_point)
    page = browser.get(cohort.address)
    assert "Beto" not in page.text
    assert "Comprobación de Señales 1 1 100 %" in page.text.replace("\xa0", " ")
    browser.post(cohort.give, status=403)


def test_strangers_and_neighbours_see_nothing(cohort, unit, client_for):
    with unit():
        other = make_cohort(name="Vecina")
        focal_point = make_focal_point(make_institution())
        trainee = make_person()
    neighbour = client_for(trainer_of(unit, ScopeKind.COHORT, other.id))
    neighbour.get(cohort.address, status=404)
    neighbour.post(cohort.give, status=404)
    client_for(focal_point).get(cohort.address, status=404)
    client_for(trainee).get(cohort.address, status=403)


def test_a_quiz_of_another_course_is_not_found(cohort, unit, client_for):
    browser = client_for(trainer_of(unit, ScopeKind.COHORT, cohort.id))
    browser.post(f"/assessments/enrolments/{cohort.stuck.id}/quizzes/{cohort.id}/extra", status=404)


def test_a_cohort_without_people_says_so(unit, client_for):
    with unit():
        empty = make_cohort()
        administrator = make_administrator()
    page = client_for(administrator).get(f"/assessments/cohorts/{empty.id}")
    assert "Todavía no hay personas inscritas" in page.text

"""What whoever runs a cohort reads about its questions: figures of groups, of the same revision, in their reach."""

import pytest

from lms.core.actors import Role, ScopeKind
from lms.testing.factories.accounts import give_role, make_person
from lms.testing.factories.assessments import make_result, quizzes_of
from lms.testing.factories.institutions import make_institution
from lms.testing.factories.learning import make_cohort, make_enrolment


@pytest.fixture
def cohort(unit):
    """A cohort of twelve people: four of them missed the first question."""
    with unit():
        cohort, institution = make_cohort(), make_institution()
        for number in range(12):
            make_result(make_enrolment(cohort, institution=institution), wrong=int(number < 4))
    return cohort


def first_quiz(unit, cohort):
    with unit():
        return quizzes_of(make_enrolment(cohort))[0]


def trainer_of(unit, cohort):
    with unit():
        person = make_person(given_names="Formadora")
        give_role(person, Role.TRAINER, ScopeKind.COHORT, cohort.id)
    return person


def test_each_question_says_how_it_does_and_what_to_do(cohort, unit, client_for, count_queries):
    quiz = first_quiz(unit, cohort)
    browser = client_for(trainer_of(unit, cohort))
    listing = browser.get(f"/assessments/analysis/cohorts/{cohort.id}")
    assert "12" in listing.select("main tbody td")[0].get_text()
    address = f"/assessments/analysis/cohorts/{cohort.id}/quizzes/{quiz.id}"
    browser.get(address)
    with count_queries() as statements:
        page = browser.get(address)
    assert len(statements) <= 12, statements
    card = page.select("main article")[0]
    text = " ".join(card.get_text(" ").split()).replace("\xa0", " ")
    assert "67 % (39 % a 86 %)" in text
    assert card.select(".badge")


def test_few_people_show_no_figure_on_the_page_nor_in_the_file(unit, client_for):
    with unit():
        cohort, institution = make_cohort(), make_institution()
        for _ in range(9):
            make_result(make_enrolment(cohort, institution=institution))
    quiz = first_quiz(unit, cohort)
    browser = client_for(trainer_of(unit, cohort))
    address = f"/assessments/analysis/cohorts/{cohort.id}/quizzes/{quiz.id}"
    page = browser.get(address)
    assert "Datos insuficientes" in page.text
    assert "%" not in page.select("main article")[0].get_text()
    lines = browser.get(f"{address}.csv").response.get_data().decode("utf-8-sig").splitlines()
    assert all(",9,,,,,,,," in line for line in lines[1:])


def test_people_out_of_reach_do_not_count(cohort, unit, client_for):
    with unit():
        other = make_cohort()
        for _ in range(11):
            make_result(make_enrolment(other))
    quiz = first_quiz(unit, cohort)
    page = client_for(trainer_of(unit, cohort)).get(
        f"/assessments/analysis/cohorts/{cohort.id}/quizzes/{quiz.id}"
    )
    assert page.select("main article dd")[0].get_text(strip=True) == "12"

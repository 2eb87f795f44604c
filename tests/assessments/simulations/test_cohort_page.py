"""What whoever teaches sees of a cohort's decisions."""

from lms.core.actors import Role, ScopeKind
from lms.testing.factories.accounts import give_role, make_person
from lms.testing.factories.courses import make_release
from lms.testing.factories.institutions import make_focal_point, make_institution, make_member
from lms.testing.factories.learning import make_cohort, make_enrolment
from lms.testing.factories.simulations import make_run


def trainer_of(cohort):
    trainer = make_person()
    give_role(trainer, Role.TRAINER, ScopeKind.COHORT, cohort.id)
    return trainer


def figures(page):
    return [cell.get_text(strip=True) for cell in page.select("td[data-label=Personas]")]


def test_it_says_how_many_took_each_way_the_first_time(unit, client_for):
    with unit():
        cohort = make_cohort(release=make_release(has_simulation=True))
        for choices in ("bb", "bb", "bb", "bb", "bb", "ab", "ab", "ab", "ab", "aab"):
            enrolment = make_enrolment(cohort)
            make_run(enrolment, choices)
            make_run(enrolment, "bb")  # the second time they know
        trainer = trainer_of(cohort)
    page = client_for(trainer).get(f"/simulations/cohorts/{cohort.id}")
    assert figures(page)[:2] == ["5", "5"]
    assert figures(page)[2:] == ["No se muestra"] * 4
    assert "La que más cuida" in page.text
    assert [tab.get_text(strip=True) for tab in page.select("[aria-current=page]")][-1] == "Decisiones"


def test_a_small_group_shows_no_figures(unit, client_for):
    with unit():
        cohort = make_cohort(release=make_release(has_simulation=True))
        make_run(make_enrolment(cohort), "bb")
        trainer = trainer_of(cohort)
    page = client_for(trainer).get(f"/simulations/cohorts/{cohort.id}")
    assert set(figures(page)) == {"No se muestra"}


def test_a_focal_point_counts_only_the_people_of_their_institution(unit, client_for):
    with unit():
        institution = make_institution()
        cohort = make_cohort(release=make_release(has_simulation=True))
        for _person in range(5):
            make_run(make_enrolment(cohort, make_member(institution)), "bb")
            make_run(make_enrolment(cohort), "ab")
        focal_point = make_focal_point(institution)
    page = client_for(focal_point).get(f"/simulations/cohorts/{cohort.id}")
    assert figures(page)[:2] == ["No se muestra", "No se muestra"]


def test_a_course_without_cases_says_so(unit, client_for):
    with unit():
        cohort = make_cohort()
        trainer = trainer_of(cohort)
    assert "no tiene casos prácticos" in client_for(trainer).get(f"/simulations/cohorts/{cohort.id}").text


def test_the_page_asks_as_little_for_many_as_for_few(unit, client_for, count_queries):
    with unit():
        cohort = make_cohort(release=make_release(has_simulation=True))
        make_run(make_enrolment(cohort), "bb")
        trainer = trainer_of(cohort)
    browser = client_for(trainer)
    browser.get(f"/simulations/cohorts/{cohort.id}")
    with count_queries() as few:
        browser.get(f"/simulations/cohorts/{cohort.id}")
    with unit():
        for _person in range(4):
            make_run(make_enrolment(cohort), "ab")
    with count_queries() as many:
        browser.get(f"/simulations/cohorts/{cohort.id}")
    assert len(many) == len(few)

"""What commissions and trainers read of a gain, what is hidden from them, and the file that says the same."""

import csv
import io
from datetime import timedelta
from types import SimpleNamespace

import pytest

from lms.core.actors import Role, ScopeKind
from lms.courses.compiler.quiz_terms import Moment
from lms.institutions.programmes.queries import get_programme
from lms.testing.factories.accounts import give_role, make_person
from lms.testing.factories.certificates import make_completion
from lms.testing.factories.institutions import make_focal_point, make_institution
from lms.testing.factories.learning import make_cohort
from lms.testing.factories.measures import make_measured, make_measured_release, measure
from lms.testing.pytest_plugin import TODAY

IMPROVED = [(1, 3), (2, 3), (1, 4), (2, 4), (0, 2), (2, 2)]


@pytest.fixture
def measured(unit):
    """A clinic of 14 people of whom 12 answered both, a school of 6, and an office of 3."""
    with unit():
        cohort = make_cohort(release=make_measured_release())
        clinic, school, office = (make_institution(name=name) for name in ("Clínica", "Escuela", "Oficina"))
        make_measured(cohort, clinic, [*IMPROVED, *IMPROVED, (1, None), (None, None)], "health")
        make_measured(cohort, school, IMPROVED, "education")
        make_measured(cohort, office, IMPROVED[:3], "health")
        reviewer, trainer = make_person(), make_person()
        give_role(reviewer, Role.REVIEWER, ScopeKind.PROGRAMME, cohort.programme_id)
        give_role(trainer, Role.TRAINER, ScopeKind.COHORT, cohort.id)
        code = get_programme(cohort.programme_id).code
    return SimpleNamespace(
        cohort=cohort, clinic=clinic, office=office, reviewer=reviewer, trainer=trainer, code=code
    )


def row_of(page, name):
    return next(
        row.get_text(" ", strip=True) for row in page.select("tbody tr, tfoot tr") if name in row.get_text()
    ).replace("\xa0", " ")


def test_the_finding_is_read_with_who_is_missing_and_its_interval(measured, client_for):
    text = client_for(measured.reviewer).get("/gain/").text.replace("\xa0", " ")
    assert "De 23 personas inscritas, 21 respondieron las dos pruebas." in text
    assert "la mejora media es de" in text
    assert "Nada se sabe de quienes no respondieron" in text
    assert "no su causa" in text


def test_small_groups_are_hidden_and_few_pairs_give_no_gain(measured, client_for):
    page = client_for(measured.reviewer).get("/gain/")
    assert "<5" in row_of(page, "Oficina")
    assert "datos insuficientes" in row_of(page, "Escuela")
    # The clinic is alone with the office in its sector: its figures would tell the office's.
    assert "protegido" in row_of(page, "Clínica")


def test_the_file_says_what_the_screen_says_in_its_order_and_with_its_filter(measured, client_for):
    browser = client_for(measured.reviewer)
    address = "/gain/table.csv?sector=education&order=-enrolled"
    text = browser.get(address).response.get_data().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert [row[:5] for row in rows[1:]] == [
        ["Escuela", "Educación", "6", "6", "6"], ["Todas", "Educación", "6", "6", "6"], ["Total", "", "6", "6", "6"],
    ]  # fmt: skip
    assert rows[1][5] == "datos insuficientes"
    page = browser.get("/gain/?sector=education")
    assert not [row for row in page.select("tbody tr") if "Clínica" in row.get_text()]


def test_a_trainer_reads_their_cohort_with_a_drawing_and_both_forms(measured, client_for, count_queries):
    browser = client_for(measured.trainer)
    address = f"/gain/cohorts/{measured.cohort.id}"
    browser.get(address)
    with count_queries() as statements:
        page = browser.get(address)
    assert len(statements) <= 10, statements
    assert page.select("svg[role=img] circle.chart__before")
    assert "Todas las personas · n = 21" in page.select("figure")[0].get_text()
    browser.get("/gain/", status=403)


def test_a_focal_point_sees_their_own_people_only(measured, unit, client_for):
    with unit():
        person = make_focal_point(measured.clinic)
    page = client_for(person).get(f"/gain/cohorts/{measured.cohort.id}")
    assert "De 14 personas inscritas, 12 respondieron" in page.text
    assert "Oficina" not in page.text


def test_a_course_without_a_first_measure_says_what_to_do(unit, client_for):
    with unit():
        cohort, reviewer = make_cohort(), make_person()
        give_role(reviewer, Role.REVIEWER, ScopeKind.PROGRAMME, cohort.programme_id)
    browser = client_for(reviewer)
    assert "momento: inicial" in browser.get("/gain/").text
    assert "momento: inicial" in browser.get(f"/gain/cohorts/{cohort.id}").text


def test_the_follow_up_is_a_third_point_beside_how_many_answered_it(unit, client_for, at):
    with unit():
        cohort = make_cohort(release=make_measured_release(has_follow_up=True))
        clinic, office = make_institution(name="Clínica"), make_institution(name="Oficina")
        people = make_measured(cohort, clinic, [*IMPROVED, *IMPROVED], "health")
        few = make_measured(cohort, office, IMPROVED, "education")
        for enrolment in (*people, *few):
            make_completion(enrolment)
        trainer = make_person()
        give_role(trainer, Role.TRAINER, ScopeKind.COHORT, cohort.id)
    with at(TODAY + timedelta(days=70)):
        with unit():
            for enrolment in (*people[:10], *few[:5]):
                measure(enrolment, Moment.FOLLOW_UP, 2)
        browser = client_for(trainer)
        page = browser.get(f"/gain/cohorts/{cohort.id}")
    text = page.text.replace("\xa0", " ")
    assert "Meses después respondieron 15 de 18." in text
    assert "en el seguimiento tienen 50 %" in text
    assert "n = 10" in row_of(page, "Clínica")
    assert "datos insuficientes" in row_of(page, "Oficina")  # five answered: counted, not described
    assert page.select("svg rect.chart__end")

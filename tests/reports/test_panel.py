"""An institution's own figures on its page."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from lms.core.actors import SYSTEM, Role, ScopeKind
from lms.core.small_cells import Hidden, protect_parts
from lms.institutions.programmes.models import MembershipKind
from lms.institutions.programmes.queries import get_programme
from lms.institutions.programmes.service import add_member
from lms.testing.factories.accounts import give_role, make_person
from lms.testing.factories.certificates import make_completion
from lms.testing.factories.institutions import make_focal_point, make_institution
from lms.testing.factories.learning import make_cohort, make_enrolment
from lms.testing.pytest_plugin import TODAY


def test_a_focal_point_sees_how_far_their_people_have_come(client_for, unit):
    with unit():
        cohort = make_cohort()
        place = make_institution("Secretaría de Salud")
        join(cohort, place)
        for _ in range(6):
            make_enrolment(cohort, institution=place)
        enlace = make_focal_point(place)
    page = client_for(enlace).get(f"/institutions/{place.id}")
    assert "6 personas inscritas" in page.text
    assert "Sin empezar 6" in page.text
    row = page.select('section[aria-labelledby="cohorts-of-institution"] tbody tr')[0]
    assert [cell.get_text(strip=True) for cell in row.select("td.num")] == ["6", "0", "0"]
    links = [link["href"] for link in row.select("a")]
    assert all(str(cohort.id) in link for link in links)
    for link in links:
        assert client_for(enlace).get(link)


def test_all_time_stands_beside_the_year_and_tells_no_few_of_the_years_before(client_for, unit, at):
    with unit():
        place, other = make_institution("Secretaría de Salud"), make_institution("Fiscalía General")
        people = [make_focal_point(place), make_focal_point(other)]
        cohort = make_cohort()
        for each in (place, other):
            join(cohort, each)
            for _ in range(7):
                make_enrolment(cohort, institution=each)
    with at(TODAY - timedelta(days=365)), unit():
        before = make_cohort(programme=get_programme(cohort.programme_id))
        for each, count in ((place, 6), (other, 2)):
            for _ in range(count):
                make_completion(make_enrolment(before, institution=each))
    said = [
        client_for(person).get(f"/institutions/{each.id}").select("section[aria-labelledby=progress-1]")[0]
        for person, each in zip(people, (place, other), strict=True)
    ]
    texts = [" ".join(section.get_text(" ").split()) for section in said]
    assert all("7 personas inscritas" in text for text in texts)
    assert "Desde el comienzo: inscritas 13 · completaron 6" in texts[0]
    assert "inscritas protegido · completaron <5" in texts[1]


def test_fewer_than_five_are_not_counted_out(client_for, unit):
    with unit():
        cohort = make_cohort()
        place = make_institution("Secretaría de Turismo")
        join(cohort, place)
        for _ in range(3):
            make_enrolment(cohort, institution=place)
        enlace = make_focal_point(place)
    page = client_for(enlace).get(f"/institutions/{place.id}")
    assert "<5 personas inscritas" in page.text
    assert "Sin empezar" not in page.text


def test_a_commission_finds_these_figures_only_in_its_table(client_for, unit):
    with unit():
        cohort = make_cohort()
        place = make_institution("Secretaría de Salud")
        join(cohort, place)
        for _ in range(6):
            make_enrolment(cohort, institution=place)
        reviewer = make_person()
        give_role(reviewer, Role.REVIEWER, ScopeKind.PROGRAMME, cohort.programme_id)
    page = client_for(reviewer).get(f"/institutions/{place.id}")
    assert "personas inscritas" not in page.text
    assert "Cohortes con su personal" not in page.text


def join(cohort, place):
    add_member(
        get_programme(cohort.programme_id),
        place,
        kind=MembershipKind.MEMBER,
        starts_on=TODAY.date(),
        actor=SYSTEM,
        now=TODAY,
    )


@given(st.tuples(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30)))
def test_no_part_follows_from_the_whole(parts):
    shown = protect_parts(parts)
    inside = [part for part, cell in zip(parts, shown, strict=True) if isinstance(cell, Hidden)]
    assert all(isinstance(cell, Hidden) for part, cell in zip(parts, shown, strict=True) if 0 < part < 5)
    if any(0 < part < 5 for part in parts) and sum(part > 0 for part in parts) > 1:
        assert len(inside) > 1

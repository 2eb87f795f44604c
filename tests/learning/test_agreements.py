"""Under which agreement a cohort runs: chosen among those in force, refused once it is over, shown on its page."""

from datetime import date

import pytest
from sqlalchemy import select

from lms.core.actors import Role, ScopeKind
from lms.core.db import db
from lms.core.ids import new_id
from lms.institutions.agreements.models import Agreement
from lms.institutions.agreements.rules import AgreementKind
from lms.institutions.programmes.models import Programme
from lms.learning.errors import AgreementNeeded
from lms.learning.models import Cohort
from lms.testing.factories.accounts import give_role, make_person
from lms.testing.factories.learning import make_cohort


def make_agreement(programme_id, code, starts_on, ends_on, **more):
    agreement = Agreement(
        id=new_id(), programme_id=programme_id, code=code, title="Formación contra la trata",
        kind=AgreementKind.SPECIFIC, starts_on=starts_on, months=24, ends_on=ends_on, **more,
    )  # fmt: skip
    db.session.add(agreement)
    db.session.flush()
    return agreement.id


@pytest.fixture
def cohort(unit):
    with unit():
        return make_cohort(name="Grupo 1")


def test_a_cohort_names_its_agreement_and_none_begins_under_one_that_is_over(unit, client_for, cohort):
    with unit():
        secretary = make_person()
        give_role(secretary, Role.ADMINISTRATOR, ScopeKind.PROGRAMME, cohort.programme_id)
        good = make_agreement(cohort.programme_id, "CONV-1", date(2026, 3, 15), date(2028, 3, 14))
        make_agreement(cohort.programme_id, "CONV-0", date(2023, 1, 1), date(2024, 12, 31))
        make_agreement(make_cohort().programme_id, "CONV-9", date(2026, 1, 1), None)
    browser = client_for(secretary)
    offered = browser.get("/learning/cohorts/new").select("select[name=agreement] option")
    assert [each["value"] for each in offered] == ["", str(good)]
    data = {
        "programme": str(cohort.programme_id), "release": str(cohort.release_id), "name": "Grupo 5",
        "modality": "online", "venue": "", "starts_on": "2028-03-15", "ends_on": "2028-05-15", "capacity": "",
        "agreement": str(good),
    }  # fmt: skip
    assert "El convenio venció" in browser.post("/learning/cohorts/new", data, status=422).text
    browser.post("/learning/cohorts/new", data | {"starts_on": "2028-03-14"})
    with unit():
        created = db.session.scalars(select(Cohort).where(Cohort.name == "Grupo 5")).one()
    url = f"/learning/cohorts/{created.id}"
    link = browser.get(url).select(f"a[href$='/agreements/{good}']")
    assert [each.text for each in link] == ["CONV-1 · Formación contra la trata"]
    browser.post(f"{url}/edit", data | {"starts_on": "2028-03-16"}, status=422)
    browser.post(f"{url}/edit", data | {"starts_on": "2028-03-16", "agreement": ""})


def test_agreements_that_hold_the_cohorts_of_a_programme_must_be_in_force(unit, cohort):
    with unit():
        programme = db.session.get_one(Programme, cohort.programme_id)
        make_agreement(programme.id, "CONV-2", date(2026, 1, 1), date(2026, 6, 30), holds_cohorts=True)
        with pytest.raises(AgreementNeeded):
            make_cohort(programme=programme)
        make_cohort(programme=programme, starts_on=date(2026, 6, 30))

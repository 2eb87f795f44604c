"""A group such as the town councils stands for its members: on each day those that hung from it then."""

from datetime import date, timedelta

import pytest

from lms.core.actors import SYSTEM
from lms.core.db import db
from lms.core.tabular import read_csv
from lms.institutions.directory import service
from lms.institutions.directory.errors import GroupHasPeople, InstitutionIsGroup
from lms.institutions.directory.models import Institution
from lms.institutions.directory.rules import Details
from lms.institutions.programmes.queries import get_programme
from lms.testing.factories.accounts import make_administrator, make_person
from lms.testing.factories.commission import make_seat
from lms.testing.factories.institutions import affiliate_person, make_institution, make_member
from lms.testing.factories.learning import make_cohort, make_enrolment
from lms.testing.factories.targets import make_training_target
from lms.testing.pytest_plugin import TODAY

WHO = {"actor": SYSTEM, "now": TODAY}
CHANGE = date(2026, 11, 10)


@pytest.fixture
def admin(client_for, unit):
    with unit():
        person = make_administrator()
    return client_for(person)


@pytest.fixture
def councils(unit):
    """Return a programme in which a group takes part; one of its members came lately."""
    with unit():
        group = service.create_institution(
            name="Ayuntamientos", sector=None, parent=None, details=Details(is_group=True), **WHO
        )
        first = make_institution("Ayuntamiento de Benito Juárez", parent=group)
        second = make_institution("Ayuntamiento de Othón P. Blanco")
        service.move_institution(second, group, since=CHANGE, **WHO)
        cohort = make_cohort()
        programme = get_programme(cohort.programme_id)
        make_seat(programme, group, starts_on=date(2026, 1, 1))
        make_training_target(programme, group)
        for body in (first, second):
            for _ in range(6):
                make_enrolment(cohort, make_member(body))
        return {"group": group.id, "programme": programme.id}


def test_its_members_appear_separately_in_seats_targets_and_reports(admin, councils):
    page = f"/programmes/{councils['programme']}"
    seats = admin.get(f"{page}/commission").select("tbody th li")
    both = ["Ayuntamiento de Benito Juárez", "Ayuntamiento de Othón P. Blanco"]
    assert [each.get_text() for each in seats] == both
    before = admin.get(f"{page}/commission?on={CHANGE - timedelta(days=1)}").select("tbody th li")
    assert [each.get_text() for each in before] == both[:1]
    sheet = read_csv(admin.raw.get(f"{page}/commission.csv").get_data())
    assert sheet.rows[0].at(sheet.find(["Integrantes del grupo"])) == "; ".join(both)
    assert "; ".join(both) in admin.get(f"{page}/targets").text
    report = admin.get(f"/reports/?programme={councils['programme']}")
    rows = [row.get_text(" ", strip=True) for row in report.select("tbody th")]
    assert [any(name in row for row in rows) for name in (*both, "Ayuntamientos")] == [True, True, False]


def test_nobody_works_at_a_group_and_one_with_people_becomes_none(admin, councils, unit):
    with unit():
        group = db.session.get_one(Institution, councils["group"])
        with pytest.raises(InstitutionIsGroup):
            affiliate_person(make_person(), group)
        busy = make_institution("Con personas")
        make_member(busy)
        with pytest.raises(GroupHasPeople):
            service.change_institution(
                busy,
                name=busy.name,
                short_name="",
                sector=None,
                territory="",
                details=Details(is_group=True),
                **WHO,
            )
    page = admin.get(f"/institutions/{councils['group']}")
    assert "Integrantes del grupo" in page.text
    sent = {"name": "Con personas", "is_group": "y"}
    refused = admin.post(f"/institutions/{busy.id}/edit", sent, status=422)
    assert "Tiene personas adscritas" in refused.errors()

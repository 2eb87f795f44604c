"""A commission with a plan, three members and a quarter, for the tests of progress."""

from datetime import date

import pytest

from lms.core.actors import Role, ScopeKind
from lms.core.db import db
from lms.institutions.programmes.models import Programme
from lms.reports.progress import queries
from lms.testing.factories.accounts import give_role
from lms.testing.factories.commission import make_seat
from lms.testing.factories.institutions import make_focal_point, make_institution, make_member
from lms.testing.factories.learning import make_cohort
from lms.testing.factories.progress import make_indicator, make_period

SINCE = date(2024, 1, 1)
NAMES = ("Sector Educación", "Sector Salud", "Sector Trabajo")


class Commission:
    """A plan of two indicators, three members, and the quarter of now open for them."""

    def __init__(self):
        self.cohort = make_cohort()
        self.programme = db.session.get_one(Programme, self.cohort.programme_id)
        self.members = [make_institution(name, sector="health") for name in NAMES]
        for each in self.members:
            make_seat(self.programme, each, starts_on=SINCE)
        self.people = [make_focal_point(each) for each in self.members]
        self.secretary = make_member(make_institution("Secretaría técnica"))
        give_role(self.secretary, Role.ADMINISTRATOR, ScopeKind.PROGRAMME, self.programme.id)
        self.services = make_indicator(self.programme, number="I-01", targets={"2026-T4": 10})
        self.trained = make_indicator(
            self.programme, number="I-02", objective="OP2", is_automatic=True, responsible=self.members[1:]
        )
        self.period = make_period(self.programme)
        self.submissions = [queries.find_submission(self.period.id, each.id) for each in self.members]
        self.page = f"/progress/periods/{self.period.id}"

    def path(self, position):
        return f"/progress/submissions/{self.submissions[position].id}"

    def written(self, position, *, revision=1, act="save", **values):
        """Return what a browser sends for the first indicator, and that the second goes well."""
        sent = {f"{name}_{self.services.id.hex}": value for name, value in values.items()}
        if position:
            sent[f"status_{self.trained.id.hex}"] = "under-way"
        return {"revision": str(revision), "act": act, **sent}


@pytest.fixture
def commission(unit):
    with unit():
        return Commission()


@pytest.fixture
def secretary(client_for, commission):
    return client_for(commission.secretary)

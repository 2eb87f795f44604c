"""What a country's commission promised: an agreement of each body, a target of each institution; and its own span."""

import random
from collections.abc import Sequence

from sqlalchemy import select

from bench.pouring import pour
from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.core.db import db
from lms.institutions.agreements import parts
from lms.institutions.agreements.rules import DutyKind, PartyRole
from lms.institutions.directory.models import Institution
from lms.institutions.programmes.models import Programme
from lms.institutions.targets.rules import TargetSource
from lms.learning.commitments import CoursesGiven, PeopleTrained
from lms.learning.models import Cohort
from lms.reports.tallies.models import Span, SpanState
from lms.testing.factories.agreements import make_agreement

SPAN = "2026-02_2026-08"
COHORTS_EACH = 2
"""Cohorts under each agreement."""
TARGET = ("id", "programme_id", "institution_id", "sector", "period", "people", "source", "reference")


def make_promises(programme: Programme, chance: random.Random) -> None:
    """Write them for a country that has its people; figures of the span are counted with the others."""
    _keep_span(programme)
    cohorts = db.session.scalars(select(Cohort).order_by(Cohort.starts_on.desc())).all()
    bodies = select(Institution).where(Institution.parent_id.is_(None)).order_by(Institution.name)
    for number, body in enumerate(db.session.scalars(bodies).all()):
        _agree(programme, body, cohorts[number * COHORTS_EACH :][:COHORTS_EACH])
    places = db.session.scalars(select(Institution.id).order_by(Institution.name)).all()
    common = ("", f"{now().year}")
    rows = [
        (f"{chance.getrandbits(128):032x}", programme.id.hex, place.hex, *common, chance.randrange(20, 400),
         TargetSource.SESSION.value, "Segunda sesión ordinaria")
        for place in places
    ]  # fmt: skip
    db.session.flush()
    pour(db.session.connection(), "training_target", TARGET, rows)


def _keep_span(programme: Programme) -> None:
    label = "Informe a la dirección"
    db.session.add(Span(programme_id=programme.id, name=SPAN, label=label, state=SpanState.KEPT))


def _agree(programme: Programme, body: Institution, cohorts: Sequence[Cohort]) -> None:
    agreement = make_agreement(programme, title=f"Convenio con {body.name}")
    party = parts.add_party(agreement, body, PartyRole.SIGNATORY, actor=SYSTEM, now=now())
    parts.add_duty(agreement, DutyKind.PRODUCT, "Plan local", party=party, actor=SYSTEM, now=now())
    for counter, wanted in ((PeopleTrained(), 400), (CoursesGiven(), 12)):
        parts.add_commitment(agreement, counter, wanted, party=party, actor=SYSTEM, now=now())
    for cohort in cohorts:
        cohort.agreement_id = agreement.id

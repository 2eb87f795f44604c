"""Targets of people, for tests."""

from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.institutions.directory.models import Institution
from lms.institutions.programmes.models import Programme
from lms.institutions.targets.models import TrainingTarget
from lms.institutions.targets.rules import TargetSource, TargetValues
from lms.institutions.targets.service import set_target


def make_training_target(
    programme: Programme, institution: Institution, *, people: int = 45, period: str = "2026"
) -> TrainingTarget:
    """Set a target that a session of the commission agreed."""
    values = TargetValues(
        sector="",
        period=period,
        people=people,
        source=TargetSource.SESSION,
        reference="Segunda sesión ordinaria",
    )
    return set_target(programme, institution, values, actor=SYSTEM, now=now())

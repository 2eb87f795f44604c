"""What can be done with targets of people; the only writer of their table."""

from datetime import datetime

from lms.core.actors import Actor
from lms.core.db import db
from lms.core.events import publish
from lms.core.ids import new_id
from lms.institutions.agreements.models import Agreement
from lms.institutions.directory.models import Institution
from lms.institutions.programmes.models import Programme
from lms.institutions.targets import queries
from lms.institutions.targets.messages import TrainingTargetRemoved, TrainingTargetSet
from lms.institutions.targets.models import TrainingTarget
from lms.institutions.targets.rules import TargetSource, TargetValues, check_values


def set_target(
    programme: Programme,
    institution: Institution,
    values: TargetValues,
    *,
    agreement: Agreement | None = None,
    actor: Actor,
    now: datetime,
) -> TrainingTarget:
    """Set how many people an institution should see trained; what was set for the same is replaced.

    Raises what ``check_values`` does.
    """
    checked = check_values(values, has_agreement=agreement is not None)
    target = queries.find_same(programme.id, institution.id, checked.sector, checked.period)
    if target is None:
        target = TrainingTarget(
            id=new_id(), programme_id=programme.id, institution_id=institution.id, sector=checked.sector,
            period=checked.period,
        )  # fmt: skip
    is_promised = checked.source is TargetSource.AGREEMENT
    target.people, target.source, target.reference = checked.people, checked.source, checked.reference
    target.workforce = checked.workforce
    target.agreement_id = agreement.id if agreement and is_promised else None
    db.session.add(target)
    db.session.flush()
    publish(
        TrainingTargetSet(
            at=now,
            actor=actor,
            subject_id=programme.id,
            institution_id=institution.id,
            people=target.people,
            period=target.period,
        )
    )
    return target


def remove_target(target: TrainingTarget, *, actor: Actor, now: datetime) -> None:
    """Take a target back."""
    db.session.delete(target)
    publish(
        TrainingTargetRemoved(
            at=now,
            actor=actor,
            subject_id=target.programme_id,
            institution_id=target.institution_id,
            people=target.people,
            period=target.period,
        )
    )

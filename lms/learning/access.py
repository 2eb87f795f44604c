"""From an id and an actor to a cohort or an enrolment, or nothing."""

from uuid import UUID

from sqlalchemy import or_

from lms.core.actors import Actor, Permission
from lms.core.db import db
from lms.core.errors import NotFound
from lms.courses.access import access_unit
from lms.courses.models import Unit, UnitKind
from lms.learning.models import Cohort, Enrolment, EnrolmentState
from lms.learning.permissions import LearningPermission
from lms.learning.queries import (
    Study,
    enrolment_condition,
    read_study,
    studies,
    visible_cohorts,
    visible_enrolments,
)


def access_cohort(actor: Actor, permission: Permission, cohort_id: UUID) -> Cohort:
    """Return the cohort if the permission reaches it; a stranger cannot tell that it exists."""
    cohort = db.session.scalar(visible_cohorts(actor, permission).where(Cohort.id == cohort_id))
    if cohort is None:
        raise NotFound
    return cohort


def access_enrolment(actor: Actor, permission: Permission, enrolment_id: UUID) -> Enrolment:
    """Return the enrolment if the permission reaches it, withdrawn or not."""
    enrolment = db.session.scalar(visible_enrolments(actor, permission).where(Enrolment.id == enrolment_id))
    if enrolment is None:
        raise NotFound
    return enrolment


def access_enrolment_as_learner(actor: Actor, enrolment_id: UUID) -> Enrolment:
    """Return the actor's own enrolment while it counts."""
    enrolment = access_enrolment(actor, LearningPermission.STUDY, enrolment_id)
    if enrolment.state is not EnrolmentState.ACTIVE:
        raise NotFound
    return enrolment


def access_study(
    actor: Actor,
    enrolment_id: UUID,
    permission: Permission = LearningPermission.STUDY,
    *,
    with_merged: bool = False,
) -> Study:
    """Return an enrolment that counts with its cohort, release and programme, in one query.

    It is the actor's own unless another permission is named. ``with_merged`` also opens one that is kept since
    two records of a person became one, to read what stayed in it.
    """
    counts = Enrolment.state == EnrolmentState.ACTIVE
    row = db.session.execute(
        studies().where(
            Enrolment.id == enrolment_id,
            or_(counts, Enrolment.merged_into_id.is_not(None)) if with_merged else counts,
            enrolment_condition(actor, permission),
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    return read_study(row)


def access_lesson(study: Study, module_slug: str, unit_slug: str) -> Unit:
    """Return a lesson of a course that the actor already holds; no other kind of unit is found here."""
    unit = access_unit(study.release, module_slug, unit_slug)
    if unit.kind is not UnitKind.LESSON:
        raise NotFound
    return unit

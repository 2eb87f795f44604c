"""How enrolments, progress and completions follow when two records of one person become one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from lms.core.actors import Actor
from lms.core.db import db
from lms.core.i18n import _l
from lms.core.jobs.orders import enqueue
from lms.institutions.merging.messages import PeopleMerged
from lms.learning.messages import ReviewPerson
from lms.learning.models import Cohort, EnrolmentState
from lms.learning.permissions import LearningPermission
from lms.learning.queries import visible_cohorts
from lms.plugins.people import PersonRows, Row


def _counts_more(row: Row, other: Row) -> bool:
    return row["state"] is EnrolmentState.ACTIVE and other["state"] is not EnrolmentState.ACTIVE


def _withdraw(_row: Row, other: Row, _now: datetime) -> Row:
    """Keep the enrolment as merged: it counts no more, and what could not follow stays in it."""
    return {"state": EnrolmentState.WITHDRAWN, "merged_into_id": other["id"]}


def _cohort_names(rows: Sequence[Row], actor: Actor) -> Mapping[Any, str]:
    """Name the cohorts in which both are enrolled, those that the actor may see."""
    wanted = {row["cohort_id"] for row in rows}
    seen = visible_cohorts(actor, LearningPermission.READ_COHORTS).where(Cohort.id.in_(wanted))
    names = {row.id: row.name for row in db.session.execute(seen.with_only_columns(Cohort.id, Cohort.name))}
    return {row["id"]: names[row["cohort_id"]] for row in rows if row["cohort_id"] in names}


def _always(_row: Row, _other: Row) -> bool:
    return True


PERSON_ROWS = [
    PersonRows(
        name="learning.enrolment",
        label=_l("Inscripciones"),
        table="enrolment",
        column="person_id",
        same=("cohort_id",),
        wins=_counts_more,
        fills=("started_at", "last_unit_id"),
        leaves=_withdraw,
        describe=_cohort_names,
    ),
    PersonRows(
        name="learning.progress",
        label=_l("Unidades abiertas"),
        table="unit_progress",
        column="enrolment_id",
        owner="enrolment",
        same=("unit_id",),
        fills=("finished_at",),
    ),
    PersonRows(
        name="learning.completion",
        label=_l("Cursos completados"),
        table="completion",
        column="person_id",
    ),
    PersonRows(
        name="learning.completion-of",
        label=_l("Cursos completados de la misma cohorte"),
        table="completion",
        column="enrolment_id",
        owner="enrolment",
        is_same=_always,
        seals=True,
    ),
]


def review_after_merge(event: PeopleMerged) -> None:
    """Look, once both records are one, whether a course is complete with what each of them had."""
    enqueue(ReviewPerson(person_id=str(event.subject_id)), now=event.at, key=f"merged:{event.merge_id}")

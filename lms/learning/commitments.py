"""What agreements and targets may count of learning: people trained, courses given."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Select, distinct, func, select

from lms.accounts.queries import is_real_person
from lms.core.db import db
from lms.core.i18n import _l
from lms.institutions.directory.models import Institution
from lms.institutions.directory.queries import subtree_condition
from lms.learning.models import Cohort, Completion, Enrolment, EnrolmentState
from lms.plugins.commitments import CommitmentCounter, CommitmentWindow


class PeopleTrained(CommitmentCounter):
    """People who completed a course, each once, at the institution and in the sector of that day."""

    name = "learning.trained"
    label = _l("personas capacitadas")
    definition = _l(
        "Personas capacitadas: completaron al menos un curso del programa en el periodo; cada una cuenta una vez, "
        "en la institución y el sector de ese día. No cuentan las personas de prueba."
    )
    counts_people = True
    has_sectors = True

    def count(self, window: CommitmentWindow) -> int:
        """Return how many people completed something within the window, in one query."""
        found = select(func.count(distinct(Completion.person_id))).where(
            Completion.completed_on.between(window.first, window.last), is_real_person(Completion.person_id)
        )
        if window.programme_id:
            found = found.where(Completion.programme_id == window.programme_id)
        if window.institution_ids:
            found = found.where(Completion.institution_id.in_(_inside(window.institution_ids)))
        if window.sector:
            found = found.where(Completion.sector == window.sector)
        return db.session.scalar(found) or 0


class CoursesGiven(CommitmentCounter):
    """Cohorts that ended with somebody who completed the course."""

    name = "learning.courses"
    label = _l("cursos impartidos")
    definition = _l(
        "Cursos impartidos: cohortes cuyo último día cae en el periodo y que al menos una persona completó."
    )

    def count(self, window: CommitmentWindow) -> int:
        """Return how many cohorts ended within the window, in one query."""
        completed = (
            select(Enrolment.cohort_id)
            .join(Completion, Completion.enrolment_id == Enrolment.id)
            .where(Enrolment.state == EnrolmentState.ACTIVE, is_real_person(Enrolment.person_id))
        )
        if window.institution_ids:
            completed = completed.where(Completion.institution_id.in_(_inside(window.institution_ids)))
        found = select(func.count(Cohort.id)).where(
            Cohort.ends_on.between(window.first, window.last), Cohort.id.in_(completed)
        )
        if window.programme_id:
            found = found.where(Cohort.programme_id == window.programme_id)
        return db.session.scalar(found) or 0


def _inside(institution_ids: Collection[UUID]) -> Select[UUID]:
    return select(Institution.id).where(subtree_condition(institution_ids))

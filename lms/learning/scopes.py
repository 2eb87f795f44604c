"""Cohorts as places for which roles are given."""

from uuid import UUID

from lms.core.actors import Actor, ScopeKind
from lms.core.db import db
from lms.core.i18n import _l
from lms.learning.models import Cohort
from lms.learning.permissions import LearningPermission
from lms.learning.queries import visible_cohorts
from lms.plugins.scopes import ScopeProvider


class CohortScopes(ScopeProvider):
    """A cohort with the people who take part in it. A role in one opens no institution of the directory."""

    kind = ScopeKind.COHORT
    label = _l("Cohorte")

    def options(self, actor: Actor) -> list[tuple[UUID, str]]:
        """Return the cohorts that the actor manages, newest first."""
        statement = visible_cohorts(actor, LearningPermission.MANAGE_COHORTS)
        found = db.session.scalars(statement.order_by(Cohort.starts_on.desc(), Cohort.name))
        return [(each.id, each.name) for each in found]

    def name_of(self, scope_id: UUID) -> str:
        """Return the name of a cohort."""
        cohort = db.session.get(Cohort, scope_id)
        return cohort.name if cohort else ""

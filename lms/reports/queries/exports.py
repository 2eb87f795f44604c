"""Who took figures away."""

from typing import Any

from sqlalchemy import Select, select

from lms.accounts.models import Person
from lms.core.actors import Actor
from lms.core.audit import AuditEntry
from lms.institutions.programmes.models import Programme
from lms.institutions.programmes.queries import visible_to
from lms.reports.messages import FiguresExported, ReportTaken
from lms.reports.permissions import ReportPermission
from lms.reports.tallies.messages import EnrolmentsExported

TAKEN = (FiguresExported.code, EnrolmentsExported.code, ReportTaken.code)
"""Events of whoever took figures, people or reports of a programme away."""


def list_exports(actor: Actor) -> Select[*tuple[Any, ...]]:
    """Return the downloads of figures of the programmes in reach, with who made them, latest first."""
    seen = visible_to(actor, ReportPermission.READ_EXPORTS).order_by(None).with_only_columns(Programme.id)
    return (
        select(AuditEntry, Person, Programme.name)
        .join(Programme, Programme.id == AuditEntry.subject_id)
        .outerjoin(Person, Person.id == AuditEntry.actor_id)
        .where(AuditEntry.code.in_(TAKEN), AuditEntry.subject_id.in_(seen))
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
    )

"""Enrolments that depend on where somebody works."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from lms.core.db import db
from lms.core.i18n import n_
from lms.core.text import Text
from lms.learning.models import Enrolment
from lms.plugins.institutions import InstitutionTie

PART = 500
"""People whose ids travel in one statement."""


class Enrolled(InstitutionTie):
    """Enrolments keep the institution of their date: none of them stays, and those of since stand in the way back."""

    name = "learning.enrolments"

    def told(self, institution_id: UUID, now: datetime) -> list[Text]:  # noqa: ARG002  # the contract passes them
        """Return nothing: what was before keeps its institution."""
        return []

    def uses(self, people: Collection[UUID], institutions: Collection[UUID], since: datetime) -> Text:
        """Return how many enrolments of these people began since at these institutions."""
        ids = sorted(people)
        count = sum(
            db.session.scalar(
                select(func.count()).where(
                    Enrolment.person_id.in_(ids[at : at + PART]),
                    Enrolment.institution_id.in_(institutions),
                    Enrolment.enrolled_at >= since,
                )
            )
            or 0
            for at in range(0, len(ids), PART)
        )
        return str(n_("una inscripción", "%(num)s inscripciones", count)) if count else ""

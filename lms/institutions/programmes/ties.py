"""Seats that stay with an institution when it becomes part of another one."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select

from lms.core.calendar import today
from lms.core.db import db
from lms.core.i18n import _
from lms.core.text import Text
from lms.institutions.programmes.models import Membership, Programme
from lms.plugins.institutions import InstitutionTie


class Seats(InstitutionTie):
    """The programmes in which it takes part."""

    name = "programmes.seats"

    def told(
        self,
        institution_id: UUID,
        now: datetime,  # noqa: ARG002  # the contract passes it
    ) -> list[Text]:
        """Return a sentence for each programme in which it takes part today or later."""
        names = db.session.scalars(
            select(Programme.name)
            .join(Membership, Membership.programme_id == Programme.id)
            .where(
                Membership.institution_id == institution_id,
                or_(Membership.ends_on.is_(None), Membership.ends_on >= today()),
            )
            .order_by(Programme.name)
        )
        return [
            _(
                "Su asiento en «%(name)s» no pasa: se termina o se cambia en la página de la comisión.",
                name=name,
            )
            for name in names
        ]

"""Places in open calls that stay with an institution when it becomes part of another one."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from lms.core.db import db
from lms.core.i18n import _
from lms.core.text import Text
from lms.learning.models import Cohort
from lms.learning.nominations.models import NominationCall, NominationQuota
from lms.plugins.institutions import InstitutionTie


class OpenQuotas(InstitutionTie):
    """Its places in calls that are not over."""

    name = "nominations.quotas"

    def told(self, institution_id: UUID, now: datetime) -> list[Text]:
        """Return a sentence for each call in which it still may nominate or replace people."""
        rows = db.session.execute(
            select(Cohort.name, NominationQuota.places)
            .join(NominationCall, NominationCall.cohort_id == Cohort.id)
            .join(NominationQuota, NominationQuota.call_id == NominationCall.id)
            .where(
                NominationQuota.institution_id == institution_id,
                NominationQuota.places > 0,
                NominationCall.substitutes_until > now,
            )
            .order_by(Cohort.starts_on, Cohort.name)
        )
        return [
            _(
                "Sus lugares en la convocatoria de «%(name)s» (%(places)s) se quedan con ella: "
                "cámbielos en la convocatoria.",
                name=row.name,
                places=row.places,
            )
            for row in rows
        ]

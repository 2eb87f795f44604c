"""Personal data of the figures: which rows of them a person is part of."""

from uuid import UUID

from sqlalchemy import select

from lms.core.db import db
from lms.core.i18n import _l
from lms.core.privacy import PersonalData
from lms.core.types import Json
from lms.reports.tallies.models import Standing


def _export(person_id: UUID) -> list[Json]:
    rows = db.session.scalars(select(Standing).where(Standing.person_id == person_id))
    return [{"programme": str(each.programme_id), **each.counted} for each in rows]


def _keep(_person_id: UUID) -> int:
    """Change nothing: the row names nobody once the account is anonymous, and the totals stay true."""
    return 0


STANDINGS = PersonalData(
    name="tallies.standing",
    tables=("report_standing",),
    purpose=_l("Contar a cada persona una sola vez en los informes de su programa."),
    retention=_l("Mientras el programa rinda cuentas; al borrar la cuenta queda sin nombre."),
    export=_export,
    erase=_keep,
)

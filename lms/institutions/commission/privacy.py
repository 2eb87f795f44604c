"""Personal data of commissions: who holds a seat."""

from uuid import UUID

from sqlalchemy import select, update

from lms.core.db import db
from lms.core.i18n import _l
from lms.core.privacy import PersonalData
from lms.core.types import Json
from lms.institutions.commission.models import SeatHolder


def _export(person_id: UUID) -> list[Json]:
    rows = db.session.scalars(
        select(SeatHolder).where(SeatHolder.person_id == person_id).order_by(SeatHolder.starts_on)
    )
    return [
        {
            "rank": row.rank.value,
            "post": row.post,
            "starts": str(row.starts_on),
            "ends": str(row.ends_on or ""),
            "resolution": row.resolution,
        }
        for row in rows
    ]


def _erase(person_id: UUID) -> int:
    """Take the person off their seats; post, days and resolution are acts of the commission and stay."""
    rows = db.session.scalars(
        update(SeatHolder)
        .where(SeatHolder.person_id == person_id)
        .values(person_id=None, name="")
        .returning(SeatHolder.id)
    ).all()
    return len(rows)


SEATS = PersonalData(
    name="commission.seats",
    tables=("seat_holder",),
    purpose=_l("Saber quién ocupa el asiento de cada institución en la comisión, y por qué resolución."),
    retention=_l(
        "Mientras exista el programa; al borrar la cuenta, quedan el cargo, los días y la resolución."
    ),
    export=_export,
    erase=_erase,
)

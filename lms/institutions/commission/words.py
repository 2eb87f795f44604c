"""How people read the seats of a commission."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final
from uuid import UUID

from lms.core.i18n import _, _l
from lms.core.tabular import Column, Kind, Table
from lms.core.text import Text
from lms.institutions.commission.rules import HolderRank, SeatOn
from lms.institutions.programmes.models import MembershipKind

SEAT_KINDS: Final[Mapping[str, Text]] = {
    MembershipKind.MEMBER.value: _l("Integrante"),
    MembershipKind.PERMANENT_GUEST.value: _l("Invitada permanente"),
    MembershipKind.SECRETARIAT.value: _l("Secretaría técnica"),
}
RANKS: Final[Mapping[HolderRank, Text]] = {
    HolderRank.TITULAR: _l("Titular"),
    HolderRank.ALTERNATE: _l("Alterno"),
}
COLUMNS: Final = (
    Column(_l("Institución")),
    Column(_l("Participa como")),
    Column(_l("Desde"), Kind.DATE),
    Column(_l("Hasta"), Kind.DATE),
    Column(_l("Norma del asiento")),
    Column(_l("Fecha de la norma"), Kind.DATE),
    Column(_l("Titular")),
    Column(_l("Cargo del titular")),
    Column(_l("Resolución del titular")),
    Column(_l("Alterno")),
    Column(_l("Cargo del alterno")),
    Column(_l("Resolución del alterno")),
    Column(_l("Falta resolución")),
    Column(_l("Integrantes del grupo")),
)


def table_of(seats: Iterable[SeatOn], members: Mapping[UUID, Sequence[str]]) -> Table:
    """Return the seats of a day as they go into a file, in the order of the page."""
    return Table(
        columns=COLUMNS,
        rows=[
            (
                seat.institution, str(SEAT_KINDS[seat.kind]), seat.starts_on, seat.ends_on, seat.resolution,
                seat.resolution_on, seat.titular, seat.titular_post, seat.titular_resolution, seat.alternate,
                seat.alternate_post, seat.alternate_resolution, str(_("Sí") if seat.is_resolution_missing else _("No")),
                "; ".join(members.get(seat.institution_id, ())),
            )
            for seat in seats
        ],
    )  # fmt: skip

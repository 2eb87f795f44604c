"""A file of seats: what each row does, all of it or nothing. The file that the page gives can be sent back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from lms.core.actors import Actor
from lms.core.db import db, savepoint
from lms.core.errors import DomainError
from lms.core.folding import fold
from lms.core.i18n import _, _l
from lms.core.tabular import Sheet
from lms.institutions.commission import queries, service
from lms.institutions.commission.rules import HolderRank
from lms.institutions.commission.values import HolderValues, SeatValues
from lms.institutions.commission.words import SEAT_KINDS
from lms.institutions.directory.models import Institution
from lms.institutions.directory.permissions import DirectoryPermission
from lms.institutions.directory.queries import visible_to
from lms.institutions.intake.errors import RowRefused
from lms.institutions.intake.reading import PlaceFinder, check_line, read_lines
from lms.institutions.intake.rules import Field, Line, parse_day
from lms.institutions.programmes.models import Membership, MembershipKind, Programme
from lms.institutions.programmes.service import add_member

JOINS: Final = DirectoryPermission.MANAGE_INSTITUTIONS
"""A member's people come into the reach of the programme's administrators, so reading it is not enough."""
FIELDS: Final = (
    Field(name="institution", label=_l("Institución"), aliases=("institución", "nombre"), is_needed=True),
    Field(name="kind", label=_l("Participa como"), aliases=("participa como", "tipo")),
    Field(name="starts_on", label=_l("Desde"), aliases=("desde",), is_needed=True),
    Field(name="ends_on", label=_l("Hasta"), aliases=("hasta", "último día")),
    Field(
        name="resolution", label=_l("Norma del asiento"), aliases=("norma del asiento", "norma"), longest=120
    ),
    Field(name="resolution_on", label=_l("Fecha de la norma"), aliases=("fecha de la norma",)),
    Field(name="titular", label=_l("Titular"), aliases=("titular",), longest=160),
    Field(name="titular_post", label=_l("Cargo del titular"), aliases=("cargo del titular",), longest=200),
    Field(
        name="titular_resolution",
        label=_l("Resolución del titular"),
        aliases=("resolución del titular",),
        longest=120,
    ),
    Field(name="alternate", label=_l("Alterno"), aliases=("alterno", "suplente"), longest=160),
    Field(name="alternate_post", label=_l("Cargo del alterno"), aliases=("cargo del alterno",), longest=200),
    Field(
        name="alternate_resolution",
        label=_l("Resolución del alterno"),
        aliases=("resolución del alterno",),
        longest=120,
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatOutcome:
    """What a row did, or what is wrong with it."""

    line: int
    label: str
    problem: str = ""


class _Undo(Exception):
    """Everything that the rows did is taken back."""


def _undo_unless(*, is_kept: bool) -> None:
    if not is_kept:
        raise _Undo


def bring_in(
    sheet: Sheet, programme: Programme, *, saves: bool, actor: Actor, now: datetime
) -> list[SeatOutcome]:
    """Do what each row says; all of it is undone while one is wrong, or when it is only a look.

    Raises ColumnsMissing.
    """
    lines = read_lines(sheet, FIELDS)
    places = PlaceFinder.of(db.session.scalars(visible_to(actor, JOINS)).all())

    outcomes: list[SeatOutcome] = []

    def apply(line: Line) -> None:
        institution = places.find(line["institution"]).institution
        if institution:
            _apply(line, programme, institution, actor, now)

    try:
        with savepoint():
            outcomes.extend(_try(line, apply) for line in lines)
            _undo_unless(is_kept=saves and not any(each.problem for each in outcomes))
    except _Undo:
        return outcomes
    return outcomes


def _try(line: Line, apply: Callable[[Line], None]) -> SeatOutcome:
    problem = ""
    try:
        check_line(line, FIELDS)
        apply(line)
    except DomainError as refusal:
        problem = str(refusal)
    return SeatOutcome(line=line.row.line, label=line["institution"], problem=problem)


def _apply(line: Line, programme: Programme, institution: Institution, actor: Actor, now: datetime) -> None:
    first = _day(line["starts_on"]) or programme.starts_on
    kind = _kind(line["kind"])
    seat = add_member(programme, institution, kind=kind, starts_on=first, actor=actor, now=now)
    if seat.starts_on != first:
        raise RowRefused(_("Ese día ya tenía un asiento, desde el %(day)s.", day=seat.starts_on.isoformat()))
    values = SeatValues(
        kind=kind,
        starts_on=first,
        ends_on=_day(line["ends_on"]),
        resolution=line["resolution"] or seat.resolution,
        resolution_on=_day(line["resolution_on"]) or seat.resolution_on,
        resolution_text=seat.resolution_text,
    )
    service.change_seat(seat, values, actor=actor, now=now)
    for rank in HolderRank:
        _name(seat, rank, line, actor, now)


def _name(seat: Membership, rank: HolderRank, line: Line, actor: Actor, now: datetime) -> None:
    """Name who the row says, unless somebody holds the seat already: a later change is made on the page."""
    name, post = line[rank.value], line[f"{rank.value}_post"]
    if not post or queries.find_latest_holder(seat.id, rank):
        return
    act = line[f"{rank.value}_resolution"]
    values = HolderValues(rank=rank, name=name, post=post, starts_on=seat.starts_on, resolution=act)
    service.name_holder(seat, values, actor=actor, now=now)


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return parse_day(text)
    except ValueError as error:
        raise RowRefused(
            _("«%(text)s» no es una fecha. Escriba 2026-06-06 o 06/06/2026.", text=text)
        ) from error


def _kind(text: str) -> MembershipKind:
    if not text:
        return MembershipKind.MEMBER
    for value, label in SEAT_KINDS.items():
        if fold(text) in {value, fold(str(label))}:
            return MembershipKind(value)
    names = ", ".join(str(label) for label in SEAT_KINDS.values())
    raise RowRefused(_("No se conoce «%(text)s». Use: %(names)s.", text=text, names=names))

"""The sessions of the demonstration's commission: one with approved minutes, one convened; invented facts."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from lms.core.actors import SYSTEM
from lms.demo.network import Network
from lms.institutions.sessions import deciding, papers, queries, service
from lms.institutions.sessions.models import Sitting
from lms.institutions.sessions.rules import (
    AccordState,
    Modality,
    PresenceKind,
    ProposalState,
    SittingKind,
    Vote,
)
from lms.institutions.sessions.values import FollowValues, OutcomeValues, SittingValues, TaskValues
from lms.reports.coverage import CoverageTables

DAYS_AGO: Final = 35
DAYS_AHEAD: Final = 21
ABSENT: Final = 4
"""Every fourth institution sent nobody, and the one after it, its alternate."""
HELD: Final[Mapping[str, str]] = {
    "Lista de asistencia y declaración de quórum": "",
    "Avance de la capacitación por institución": "Se presentó el cuadro de cobertura del año (demostración).",
    "Actividades del 30 de julio": "Se votó el programa de actividades (demostración).",
    "Asuntos generales": "",
}
NEXT: Final = (
    "Lista de asistencia y declaración de quórum",
    "Seguimiento de acuerdos",
    "Segunda edición del curso",
)


def write_sittings(network: Network, *, now: datetime) -> None:
    """Hold one session with its quorum, votes, accords and minutes, and convene the next one."""
    then = _tuesday(now - timedelta(days=DAYS_AGO))
    sitting = _convene(network, then.date(), HELD, now=then)
    if not _attend(sitting, now=then):
        return
    _decide(sitting, network, now=then)
    service.approve(sitting, network.programme, actor=SYSTEM, now=then)
    _follow(sitting, now=now)
    coming = _tuesday(now + timedelta(days=DAYS_AHEAD)).date()
    _convene(network, coming, dict.fromkeys(NEXT, ""), now=now)


def _tuesday(moment: datetime) -> datetime:
    """Return the Tuesday on or before a moment: commissions meet on working days."""
    return moment - timedelta(days=(moment.weekday() - 1) % 7)


def _convene(network: Network, day: date, agenda: Mapping[str, str], *, now: datetime) -> Sitting:
    zone = ZoneInfo(network.programme.timezone)
    values = SittingValues(
        kind=SittingKind.ORDINARY,
        number=queries.next_number(network.programme.id, SittingKind.ORDINARY, day.year),
        day=day,
        starts_at=datetime.combine(day, time(10), tzinfo=zone),
        modality=Modality.HYBRID,
        place="Sala de juntas de la Secretaría de Gobierno (demostración)",
    )
    sitting = service.convene(network.programme, values, actor=SYSTEM, now=now)
    for title, note in agenda.items():
        service.add_item(sitting, title, note, actor=SYSTEM, now=now)
    return sitting


def _attend(sitting: Sitting, *, now: datetime) -> bool:
    """Note who came and open the session; False where the commission had no seats on that day yet."""
    came = {}
    for number, each in enumerate(queries.list_attending(sitting)):
        kinds = {0: PresenceKind.ABSENT, 1: PresenceKind.ALTERNATE}
        came[each.seat.membership_id] = kinds.get((number + 2) % ABSENT, PresenceKind.TITULAR)
    service.note_presences(sitting, came, actor=SYSTEM, now=now)
    if not queries.quorum_of(sitting, queries.list_attending(sitting)).is_met:
        return False
    service.begin(sitting, today=sitting.day, actor=SYSTEM, now=now)
    return sitting.seats_present is not None and sitting.seats_present > 1


def _decide(sitting: Sitting, network: Network, *, now: datetime) -> None:
    text = "Programa de actividades del Día Mundial contra la Trata (demostración)"
    proposal = deciding.propose(sitting, text, actor=SYSTEM, now=now)
    for task, name, days in (
        ("Preparar el material de la jornada", "Secretaría de Educación", 20),
        ("Coordinar la jornada en la terminal", "Secretaría de Salud", 60),
    ):
        body = network.bodies.get(name)
        values = TaskValues(
            text=f"{task} (demostración)",
            institution_id=body.id if body else None,
            due_on=sitting.day + timedelta(days=days),
        )
        deciding.add_task(sitting, proposal, values)
    present = sitting.seats_present or 0
    vote = Vote(in_favour=present - 1, abstained=1)
    outcome = OutcomeValues(state=ProposalState.APPROVED, vote=vote)
    deciding.note_outcome(sitting, proposal, outcome, actor=SYSTEM, now=now)
    values = TaskValues(
        text="Cerrar las brechas de cobertura (demostración)", due_on=sitting.day + timedelta(days=90)
    )
    accord = deciding.agree(sitting, values, actor=SYSTEM, now=now)
    coverage = f"{CoverageTables.name}:{sitting.year}"
    papers.attach(sitting, accord, network.programme, coverage, actor=SYSTEM, now=now)


def _follow(sitting: Sitting, *, now: datetime) -> None:
    """The first task is under way, and late; the others go on."""
    first = queries.list_accords(sitting.id)[0].row
    values = FollowValues(
        state=AccordState.UNDER_WAY,
        happened_on=sitting.day + timedelta(days=10),
        note="Material en imprenta (demostración).",
    )
    deciding.follow(sitting, first, values, actor=SYSTEM, now=now)

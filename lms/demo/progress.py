"""Quarterly progress in the demonstration: an example commission with invented figures, and the own one's quarter."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from lms.accounts import service as accounts
from lms.core.actors import SYSTEM, Assignment, Role, ScopeKind
from lms.demo.network import Network
from lms.institutions.commission.rules import HolderRank
from lms.institutions.commission.service import change_seat, name_holder
from lms.institutions.commission.values import HolderValues, SeatValues
from lms.institutions.directory import service as directory
from lms.institutions.directory.models import Institution
from lms.institutions.programmes import service as programmes
from lms.institutions.programmes.models import MembershipKind, Programme
from lms.institutions.programmes.rules import ProgrammeValues, Scale
from lms.reports.frozen.rules import Quarter
from lms.reports.progress import queries, service, terms
from lms.reports.progress.models import ReportingPeriod
from lms.reports.progress.plan import IndicatorValues, set_indicator
from lms.reports.progress.rules import Answer, Joining, Status, name_of

SECTORS: Final = (
    ("Interior", "security"), ("Justicia", "justice"), ("Salud", "health"), ("Educación", "education"),
    ("Desarrollo Social", "protection"), ("Trabajo", "labour"), ("Relaciones Exteriores", "migration"),
    ("Transportes", None), ("Turismo", "tourism"), ("Fiscalía", "justice"),
)  # fmt: skip
LATER: Final = ("Registro de Identidad", None)
"""The member that came lately: another day has another list."""
LATE, RETURNED, WITHOUT_ACT = "Transportes", "Turismo", "Trabajo"
REASON: Final = "Falta decir de qué fecha es el dato (demostración)."


MORE_TIME: Final = "Dos integrantes cierran sus registros una semana después (demostración)."


@dataclass(frozen=True, slots=True)
class Measure:
    """An indicator of the example plan, with the value from which members' invented values start."""

    number: str
    objective: str
    name: str
    unit: str
    start: float
    joining: Joining = Joining.SUM
    is_automatic: bool = False


PLAN: Final = (
    Measure("I-01", "OP1", "Campañas preventivas en zonas de frontera", "campañas", 2),
    Measure("I-02", "OP1", "Materiales difundidos en lenguas originarias", "materiales", 4),
    Measure("I-03", "OP2", "Servicios con protocolo de detección vigente", "servicios", 3),
    Measure("I-04", "OP2", "Personas capacitadas en la plataforma", "personas", 0, is_automatic=True),
    Measure(
        "I-05", "OP3", "Respuesta dentro del plazo del protocolo", "% de solicitudes", 60, Joining.AVERAGE
    ),
)
OWN: Final = (PLAN[0], PLAN[3], PLAN[4])
"""What the commission of the demonstration measures besides training."""
OWN_SENT: Final = ("Sistema DIF", "Secretaría de Educación", "Fiscalía General del Estado")


def write_quarters(network: Network, *, now: datetime) -> None:
    """Write two quarters of the example commission, one member late and one returned, and open one of the own."""
    _write_example(now)
    _plan(network.programme, OWN, now)
    quarter = Quarter.of(now.date()).previous
    period = _open(network.programme, quarter, now.date() + timedelta(days=5), now - timedelta(days=9))
    later = now.date() + timedelta(days=12)
    terms.move_deadline(period, later, MORE_TIME, actor=SYSTEM, now=now - timedelta(days=3))
    for turn, name in enumerate(OWN_SENT):
        _report(period, network.bodies[name], OWN, turn, now - timedelta(days=4))


def _write_example(now: datetime) -> None:
    programme = _programme(now)
    members = {name: _member(programme, name, sector, now, days_ago=700) for name, sector in SECTORS}
    _member(programme, *LATER, now, days_ago=20)
    _plan(programme, PLAN, now - timedelta(days=300))
    quarter = Quarter.of(now.date()).previous
    earlier = _open(programme, quarter.previous, now.date() - timedelta(days=90), now - timedelta(days=120))
    latest = _open(programme, quarter, now.date() - timedelta(days=3), now - timedelta(days=30))
    for turn, (name, place) in enumerate(members.items()):
        _report(earlier, place, PLAN, turn, now - timedelta(days=100), is_accepted=True)
        if name != LATE:
            _report(
                latest,
                place,
                PLAN,
                turn + 1,
                now - timedelta(days=8),
                is_accepted=turn % 2 == 0 and name != RETURNED,
            )
    _send_back(latest, members[RETURNED], now - timedelta(days=2))
    waiting = queries.find_submission(latest.id, members[LATE].id)
    if waiting:
        service.remind(waiting, "+1", actor=SYSTEM, now=now - timedelta(days=2))


def _programme(now: datetime) -> Programme:
    values = ProgrammeValues(
        code="EJEMPLO",
        name="Programa de seguimiento de la Comisión de ejemplo (demostración)",
        issuer_name="Comisión de ejemplo",
        issuer_unit="Secretaría técnica (demostración)",
        country="PE",
        territory="",
        timezone="America/Lima",
        scale=Scale.TEN,
        pass_mark=0.8,
        attendance_share=0.8,
        target_share=0.8,
        starts_on=now.date() - timedelta(days=700),
    )
    return programmes.create_programme(values, actor=SYSTEM, now=now)


def _member(
    programme: Programme, name: str, sector: str | None, now: datetime, *, days_ago: int
) -> Institution:
    """Add a member with who holds its seat and who answers for it; one resolution has not come."""
    first = now.date() - timedelta(days=days_ago)
    place = directory.create_institution(
        name=f"Sector {name} (ejemplo)", sector=sector, territory="", parent=None, actor=SYSTEM, now=now
    )
    seat = programmes.add_member(
        programme, place, kind=MembershipKind.MEMBER, starts_on=first, actor=SYSTEM, now=now
    )
    act = "Norma de ejemplo 1"
    given = SeatValues(kind=seat.kind, starts_on=first, resolution=act, resolution_on=first)
    change_seat(seat, given, actor=SYSTEM, now=now)
    for rank in HolderRank:
        has_act = name != WITHOUT_ACT or rank is HolderRank.TITULAR
        named = HolderValues(
            rank=rank,
            name="Participante de ejemplo",
            post="Dirección (ejemplo)",
            starts_on=first,
            resolution=act if has_act else "",
            resolution_on=first if has_act else None,
        )
        name_holder(seat, named, actor=SYSTEM, now=now)
    _focal_point(place, name, first, now)
    return place


def _focal_point(place: Institution, name: str, first: date, now: datetime) -> None:
    person = accounts.register_person(
        given_names="Participante", first_surname=f"enlace de {name}", second_surname="(ejemplo)",
        email=f"{place.id.hex[-8:]}@example.org", actor=SYSTEM, now=now,
    )  # fmt: skip
    directory.affiliate(person, place, post="Enlace", starts_on=first, actor=SYSTEM, now=now)
    accounts.give_role(
        person, Assignment(Role.FOCAL_POINT, ScopeKind.INSTITUTION, place.id), actor=SYSTEM, now=now
    )


def _plan(programme: Programme, measures: tuple[Measure, ...], now: datetime) -> None:
    quarter = Quarter.of(now.date())
    for each in measures:
        values = IndicatorValues(
            number=each.number,
            objective=each.objective,
            name=each.name,
            definition="Definición de ejemplo: lo ocurrido dentro del trimestre, cada cosa una vez.",
            unit=each.unit,
            source="Registros del integrante (demostración)",
            joining=each.joining,
            is_automatic=each.is_automatic,
            targets={}
            if each.is_automatic
            else {name_of(one): each.start + 1 for one in (quarter.previous, quarter, quarter.next)},
        )
        set_indicator(programme, values, actor=SYSTEM, now=now)


def _open(programme: Programme, quarter: Quarter, due_on: date, now: datetime) -> ReportingPeriod:
    return service.open_period(
        programme, name_of(quarter), members_on=now.date(), due_on=due_on, actor=SYSTEM, now=now
    )


def _report(
    period: ReportingPeriod,
    place: Institution,
    measures: tuple[Measure, ...],
    turn: int,
    now: datetime,
    *,
    is_accepted: bool = False,
) -> None:
    """Write and send what a member reports: invented values, and now and then none."""
    submission = queries.find_submission(period.id, place.id)
    if submission is None:
        return
    starts = {each.number: each for each in measures}
    plan = queries.list_plan(period.programme_id, ids=submission.answers)
    answers = {
        each.indicator.id: _answer(starts[each.indicator.number], turn + at) for at, each in enumerate(plan)
    }
    service.save(submission, answers, revision=submission.revision, actor=SYSTEM, now=now)
    service.submit(submission, actor=SYSTEM, now=now)
    if is_accepted:
        service.accept(submission, actor=SYSTEM, now=now + timedelta(days=1))


def _answer(measure: Measure, turn: int) -> Answer:
    if measure.is_automatic:
        return Answer(status=Status.UNDER_WAY)
    if turn % 7 == 5:
        return Answer(status=Status.DELAYED, narrative="El registro se cierra el mes próximo (demostración).")
    step = 4 if measure.joining is Joining.AVERAGE else 1
    return Answer(
        value=measure.start + step * (turn % 4),
        status=Status.DONE if turn % 3 == 0 else Status.UNDER_WAY,
        narrative="Avance según lo previsto (demostración).",
        address="https://example.org/evidencia",
    )


def _send_back(period: ReportingPeriod, place: Institution, now: datetime) -> None:
    submission = queries.find_submission(period.id, place.id)
    if submission and submission.state.value == "submitted":
        service.send_back(submission, REASON, actor=SYSTEM, now=now)
